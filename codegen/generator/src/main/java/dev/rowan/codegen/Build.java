package dev.rowan.codegen;

import dev.rowan.db.BinarySource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What runs a goal of the generator: it shows what the goal reports, and fetches what the goal needs. */
public interface Build extends BinarySource {

    /** Shows a line. */
    void info(String line);

    /** Shows a warning, a line. */
    void warn(String line);

    /** Shows an error, of one or more lines. The goal has failed. */
    void error(String message);

    /** Shows a line to those who ask for details. */
    void debug(String line);

    /** Takes the class-path name of something that the changelog has read. */
    void read(String name);

    /** Runs a command in the terminal after the goal. */
    void run(List<String> command);

    /** Shows an error, and its stack trace to those who ask for details. */
    default void error(Throwable failure, String message) {
        error(message);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().forEach(this::debug);
    }
}
