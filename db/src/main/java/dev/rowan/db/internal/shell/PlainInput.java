package dev.rowan.db.internal.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lines as they come: of a pipe or a file, or of a terminal without an editor of lines. */
record PlainInput(BufferedReader lines, boolean isInteractive) implements ShellInput {

    @Override
    public @Nullable String read(Predicate<String> isComplete) throws IOException {
        return lines.readLine();
    }

    /** Has no effect: an interrupt ends the process, as it does each one. */
    @Override
    public void onInterrupt(Runnable action) {}
}
