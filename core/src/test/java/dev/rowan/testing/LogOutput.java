package dev.rowan.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Captures the output of a logger, by default {@code dev.rowan.sql}. */
public final class LogOutput {

    /** The level DEBUG of slf4j-simple. */
    static final int DEBUG = 10;

    private static final int WARN = 30;

    private static final String SQL = "dev.rowan.sql";

    private LogOutput() {}

    /** Returns everything that the work logs. */
    public static String of(Runnable work) {
        return capture(SQL, DEBUG, work);
    }

    /** Returns everything that the work logs with a logger. */
    public static String of(String logger, Runnable work) {
        return capture(logger, DEBUG, work);
    }

    /** Returns what the work logs at WARN and above. */
    public static String warningsOf(Runnable work) {
        return capture(SQL, WARN, work);
    }

    private static String capture(String logger, int level, Runnable work) {
        var bytes = new ByteArrayOutputStream();
        var stderr = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        var previous = setLevel(logger, level);
        try {
            work.run();
        } finally {
            setLevel(logger, previous);
            System.setErr(stderr);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Sets the level of {@code dev.rowan.sql}, and returns the previous one. */
    static int setLevel(int level) {
        return setLevel(SQL, level);
    }

    /**
     * Sets the level, and returns the previous one. slf4j-simple has no method for it: it reads levels at its start.
     */
    private static int setLevel(String name, int level) {
        try {
            var logger = LoggerFactory.getLogger(name);
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
