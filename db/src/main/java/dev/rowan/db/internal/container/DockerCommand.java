package dev.rowan.db.internal.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command {@code docker}. It knows the engine and the registries of its user, needs no library, and answers in some
 * ten milliseconds.
 *
 * @param variables variables of its environment, besides those of this process
 */
record DockerCommand(Map<String, String> variables) {

    /** Where Docker installs it, and where the path of a program that was started from a desktop does not lead. */
    private static final List<String> USUAL_FOLDERS = List.of("/usr/local/bin", "/opt/homebrew/bin");

    /** What the command adds to an error. */
    private static final Predicate<String> IS_ADVICE =
            Pattern.compile("^\\s*$|^(Run|See) 'docker ").asPredicate();

    private static final int SHOWN_LINES = 3;

    /**
     * Runs the command.
     *
     * @throws IOException if it fails, with what it says about it, or does not end in time
     */
    Output run(Duration timeout, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(executable().toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var output = text(process.getInputStream());
            var errors = text(process.getErrorStream());
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "`docker " + arguments.getFirst() + "` has not ended within " + timeout.toSeconds() + " s.");
            }
            var all = new Output(output.join().strip(), errors.join().strip());
            if (process.exitValue() != 0) {
                throw new IOException(all.summary());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted while it waited for Docker.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path executable() throws IOException {
        var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        return Stream.concat(Stream.of(path).filter(folder -> !folder.isEmpty()), USUAL_FOLDERS.stream())
                .flatMap(folder -> Stream.of("docker", "docker.exe").map(name -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElseThrow(() -> new IOException("There is no command `docker` on the path."));
    }

    private static CompletableFuture<String> text(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(new UncheckedIOException(e));
            }
        });
        return text;
    }

    /**
     * What a command has written.
     *
     * @param text its output
     * @param errors its messages; those of a server, if the command shows its log
     */
    record Output(String text, String errors) {

        /** Returns the errors of a server's log, otherwise the last lines that say something. */
        String summary() {
            var lines =
                    (text + "\n" + errors).lines().filter(IS_ADVICE.negate()).toList();
            var failures =
                    lines.stream().filter(line -> line.contains("[ERROR]")).toList();
            return failures.isEmpty()
                    ? joined(lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()))
                    : joined(failures.subList(0, Math.min(failures.size(), SHOWN_LINES)));
        }

        private static String joined(List<String> lines) {
            return lines.stream().map(String::strip).collect(Collectors.joining(System.lineSeparator()));
        }
    }
}
