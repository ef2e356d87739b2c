package dev.rowan.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.function.Function;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/**
 * Runs the generator in its own process. The line protocol on its standard output: {@code info}, {@code debug} and
 * {@code error} lines go to the build's log; {@code fetch <coordinates>} requests an artifact, to which the plugin
 * replies on standard input with {@code path <jar>} or {@code failed <reason>}.
 */
final class GeneratorProcess {

    private static final String MAIN = "dev.rowan.codegen.Main";

    private final Path java;
    private final List<Path> classPath;
    private final File directory;
    private final Function<String, String> fetch;
    private final Log log;

    /**
     * Prepares a run.
     *
     * @param java the Java launcher
     * @param directory the working directory
     * @param fetch returns the reply to a request for an artifact
     */
    GeneratorProcess(Path java, List<Path> classPath, File directory, Function<String, String> fetch, Log log) {
        this.java = java;
        this.classPath = classPath;
        this.directory = directory;
        this.fetch = fetch;
        this.log = log;
    }

    /**
     * Runs the generator and waits for its end.
     *
     * @throws MojoExecutionException if it fails; the message is the one that it reported
     */
    void run(Properties options) throws MojoExecutionException, IOException {
        // both in files: a command line is limited in length, and other users of the machine can read it
        Path optionsFile = Files.createTempFile("rowan", ".properties");
        Path argumentsFile = Files.createTempFile("rowan", ".args");
        Path errors = Files.createTempFile("rowan", ".log");
        try {
            try (Writer writer = Files.newBufferedWriter(optionsFile)) {
                options.store(writer, null);
            }
            Files.write(argumentsFile, arguments(optionsFile));
            Process process = new ProcessBuilder(java.toString(), "@" + argumentsFile)
                    .directory(directory)
                    .redirectError(errors.toFile())
                    .start();
            try {
                String failure = converse(process);
                int exit = process.waitFor();
                new String(Files.readAllBytes(errors), UTF_8).lines().forEach(log::warn);
                if (exit != 0) {
                    throw new MojoExecutionException(failure.isEmpty() ? unreportedFailure(exit) : failure);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MojoExecutionException("Interrupted while the sources were generated.");
            } finally {
                process.destroy();
            }
        } finally {
            Files.deleteIfExists(optionsFile);
            Files.deleteIfExists(argumentsFile);
            Files.deleteIfExists(errors);
        }
    }

    private List<String> arguments(Path optionsFile) {
        var path = new StringJoiner(System.getProperty("path.separator"));
        classPath.forEach(entry -> path.add(entry.toString()));
        return List.of(
                // the fastest start, for a process that ends soon
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Dstderr.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.timezone=UTC",
                "-classpath",
                quoted(path.toString()),
                MAIN,
                quoted(optionsFile.toString()));
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Replies to the process until it closes its output, and returns its error lines. */
    private String converse(Process process) throws IOException {
        var errors = new StringJoiner(System.lineSeparator());
        try (BufferedReader lines = process.inputReader(UTF_8);
                Writer replies = process.outputWriter(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                String text = line.substring(space + 1);
                switch (space < 0 ? line : line.substring(0, space)) {
                    case "info" -> log.info(text);
                    case "debug" -> log.debug(text);
                    case "error" -> errors.add(text);
                    case "fetch" -> {
                        replies.write(fetch.apply(text) + "\n");
                        replies.flush();
                    }
                    default -> log.warn(line);
                }
            }
        }
        return errors.toString();
    }

    private String unreportedFailure(int exit) {
        return "The generator ended with exit code " + exit + "; its output is above. It ran on " + java
                + " and needs JDK 21 or later: select one with maven-toolchains-plugin, or run Maven on it.";
    }
}
