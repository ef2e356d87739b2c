package dev.rowan.codegen;

import dev.rowan.db.BinarySource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * The build that started this process. What it is told goes to standard output, a line at a time: {@code fetch
 * <coordinates>} asks for an artifact, which the build answers on standard input with {@code path <jar>} or {@code
 * failed <reason>}; {@code info}, {@code debug} and {@code error} lines are for its log.
 */
final class ParentProcess implements BinarySource {

    private final PrintStream out;
    private final BufferedReader in;

    ParentProcess(PrintStream out, BufferedReader in) {
        this.out = out;
        this.in = in;
    }

    void info(String line) {
        tell("info", line);
    }

    void error(Throwable failure, String message) {
        message.lines().forEach(line -> tell("error", line));
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().forEach(line -> tell("debug", line));
    }

    @Override
    public Path fetch(String coordinates) throws IOException {
        tell("fetch", coordinates);
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("The build ended before it answered with " + coordinates + ".");
        }
        if (!answer.startsWith("path ")) {
            throw new IOException(answer.replaceFirst("^failed ", ""));
        }
        return Path.of(answer.substring("path ".length()));
    }

    private void tell(String kind, String line) {
        out.println(kind + " " + line);
        out.flush();
    }
}
