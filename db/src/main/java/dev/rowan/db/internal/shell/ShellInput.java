package dev.rowan.db.internal.shell;

import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where a shell gets its lines from. */
interface ShellInput {

    /**
     * Returns the next line, or several lines that belong together; null at the end.
     *
     * @param isComplete tells whether lines end with a statement; where they do not, an input may ask for more
     */
    @Nullable String read(Predicate<String> isComplete) throws IOException;

    /** Returns whether somebody waits for the outcome of each statement before the next one. */
    boolean isInteractive();

    /** Runs an action when the user interrupts the work that is done with what was read. */
    void onInterrupt(Runnable action);
}
