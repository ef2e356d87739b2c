package dev.rowan.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** What the log {@code dev.rowan.sql} says while something is done. */
public final class LogOutput {

    public static final int DEBUG = 10;
    private static final int WARN = 30;

    private LogOutput() {}

    /** Returns all that is logged while the work is done. */
    public static String of(Runnable work) {
        return at(DEBUG, work);
    }

    /** Returns what is logged where DEBUG is off. */
    public static String warningsOf(Runnable work) {
        return at(WARN, work);
    }

    private static String at(int level, Runnable work) {
        var bytes = new ByteArrayOutputStream();
        var stderr = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        var before = level(level);
        try {
            work.run();
        } finally {
            level(before);
            System.setErr(stderr);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Sets the level, and returns what it was: the simple logger reads its levels once, and has no other way. */
    public static int level(int level) {
        try {
            var logger = LoggerFactory.getLogger("dev.rowan.sql");
            var current = logger.getClass().getDeclaredField("currentLogLevel");
            current.setAccessible(true);
            var before = current.getInt(logger);
            current.setInt(logger, level);
            return before;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The tests log by slf4j-simple.", e);
        }
    }
}
