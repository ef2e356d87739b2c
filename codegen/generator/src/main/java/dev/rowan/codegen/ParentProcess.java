package dev.rowan.codegen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The build that started this process. The line protocol on standard output: {@code info}, {@code warn}, {@code debug}
 * and {@code error} lines go to the build's log; {@code read <name>} names what the changelog has read; {@code fetch
 * <coordinates>} requests an artifact, to which the build replies on standard input with {@code path <jar>} or {@code
 * failed <reason>}; {@code run <argument>} lines are a command that the build runs in its terminal after this process.
 */
final class ParentProcess implements Build {

    private final PrintStream out;
    private final BufferedReader in;

    ParentProcess(PrintStream out, BufferedReader in) {
        this.out = out;
        this.in = in;
    }

    @Override
    public void info(String line) {
        send("info", line);
    }

    @Override
    public void warn(String line) {
        send("warn", line);
    }

    @Override
    public void debug(String line) {
        send("debug", line);
    }

    @Override
    public void read(String name) {
        send("read", name);
    }

    /** Makes the build run a command after this process, in the terminal, which this process does not have. */
    @Override
    public void run(List<String> command) {
        command.forEach(argument -> send("run", argument));
    }

    @Override
    public void error(String message) {
        message.lines().forEach(line -> send("error", line));
    }

    @Override
    public Path fetch(String coordinates) throws IOException {
        send("fetch", coordinates);
        String reply = in.readLine();
        if (reply == null) {
            throw new IOException("The build ended before it replied to the request for " + coordinates + ".");
        }
        if (!reply.startsWith("path ")) {
            throw new IOException(reply.replaceFirst("^failed ", ""));
        }
        return Path.of(reply.substring("path ".length()));
    }

    private void send(String kind, String line) {
        out.println(kind + " " + line);
        out.flush();
    }
}
