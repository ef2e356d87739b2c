package dev.rowan.codegen;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reports each step of a run in one line: its name, its result, and how long it took.
 *
 * @param lines takes the lines
 */
record StepLog(Consumer<String> lines) {

    /** Reports a step that began at this {@link System#nanoTime()}. */
    void report(String step, String result, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        lines.accept(String.format(Locale.ROOT, "%-9s %s, %.1f s", step, result, seconds));
    }

    /** Returns a number with its noun. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns the path relative to the directory that this process runs in, if it is below that. */
    static Path relativized(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }
}
