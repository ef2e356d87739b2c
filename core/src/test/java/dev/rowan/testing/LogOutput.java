package dev.rowan.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Captures the output of the logger {@code dev.rowan.sql}. */
public final class LogOutput {

    /** The level DEBUG of slf4j-simple. */
    static final int DEBUG = 10;

    private static final int WARN = 30;

    private LogOutput() {}

    /** Returns everything that the work logs. */
    public static String of(Runnable work) {
        return capture(DEBUG, work);
    }

    /** Returns what the work logs at WARN and above. */
    public static String warningsOf(Runnable work) {
        return capture(WARN, work);
    }

    private static String capture(int level, Runnable work) {
        var bytes = new ByteArrayOutputStream();
        var stderr = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        var previous = setLevel(level);
        try {
            work.run();
        } finally {
            setLevel(previous);
            System.setErr(stderr);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Sets the level, and returns the previous one. slf4j-simple has no method for it: it reads levels at its start.
     */
    static int setLevel(int level) {
        try {
            var logger = LoggerFactory.getLogger("dev.rowan.sql");
            var current = logger.getClass().getDeclaredField("currentLogLevel");
            current.setAccessible(true);
            var previous = current.getInt(logger);
            current.setInt(logger, level);
            return previous;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The tests need slf4j-simple as their logging backend.", e);
        }
    }
}
