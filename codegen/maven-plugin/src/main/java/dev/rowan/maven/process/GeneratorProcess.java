package dev.rowan.maven.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowan.codegen.config.OptionKeys;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/**
 * Runs the generator in its own process. It reads its options from the standard input, until an empty line. The line
 * protocol on its standard output: {@code info}, {@code warn}, {@code debug} and {@code error} lines go to the build's
 * log; {@code read <name>} names what the changelog has read; {@code fetch <coordinates>} requests an artifact, to
 * which the plugin replies on standard input with {@code path <jar>} or {@code failed <reason>}; {@code run <argument>}
 * lines are a command for the build's terminal.
 */
public final class GeneratorProcess {

    private static final String MAIN = "dev.rowan.codegen.Main";

    /** What slf4j-simple, the generator's log, writes before a warning. */
    private static final Pattern LEVEL = Pattern.compile("^(?:WARN|ERROR) ");

    private final Path java;
    private final List<Path> classPath;
    private final List<Path> libraries;
    private final File directory;
    private final Function<String, String> fetch;
    private final Path cache;
    private final Log log;

    /**
     * Prepares a run.
     *
     * @param java the Java launcher
     * @param directory the working directory
     * @param cache the directory that the embedded server is unpacked to
     * @param fetch returns the reply to a request for an artifact
     */
    public GeneratorProcess(
            Path java, List<Path> classPath, File directory, Path cache, Function<String, String> fetch, Log log) {
        this(java, classPath, List.of(), directory, cache, fetch, log);
    }

    private GeneratorProcess(
            Path java,
            List<Path> classPath,
            List<Path> libraries,
            File directory,
            Path cache,
            Function<String, String> fetch,
            Log log) {
        this.java = java;
        this.classPath = classPath;
        this.libraries = libraries;
        this.directory = directory;
        this.cache = cache;
        this.fetch = fetch;
        this.log = log;
    }

    /** Returns this process with libraries that only some goals need. */
    public GeneratorProcess with(List<Path> others) {
        return new GeneratorProcess(java, classPath, others, directory, cache, fetch, log);
    }

    /**
     * Runs the generator and waits for its end.
     *
     * @throws MojoExecutionException if it fails; the message is the one that it reported
     */
    public Result run(Properties options) throws MojoExecutionException, IOException {
        var archive = ClassArchive.of(cache, java, classPath, log);
        boolean generates = !options.containsKey(OptionKeys.GOAL);
        return run(options, generates ? archive : archive.readOnly());
    }

    private Result run(Properties options, ClassArchive archive) throws MojoExecutionException, IOException {
        var builder = new ProcessBuilder(command(archive)).directory(directory);
        // not an argument: a command line is limited in length
        builder.environment().put("CLASSPATH", classPath());
        Process process = builder.start();
        try {
            Thread errors = logErrors(process);
            var conversation = new Conversation();
            conversation.with(process, options);
            int exit = process.waitFor();
            errors.join();
            archive.finish(exit == 0);
            if (exit != 0 && archive.isWritten() && conversation.errors.length() == 0) {
                return run(options, archive.unused());
            }
            if (exit != 0) {
                throw new MojoExecutionException(
                        conversation.errors.length() == 0 ? unreportedFailure(exit) : conversation.errors.toString());
            }
            return new Result(conversation.read, conversation.command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted while the sources were generated.");
        } finally {
            process.destroy();
        }
    }

    private String classPath() {
        // the libraries last: the archive of classes fits a class path that begins with its own
        return Stream.concat(classPath.stream(), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<String> command(ClassArchive archive) {
        var command = new ArrayList<String>(List.of(
                java.toString(),
                // the fastest start, for a process that ends soon
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Dstderr.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.timezone=UTC"));
        command.addAll(archive.options());
        command.add("-Drowan.cache=" + cache);
        command.add(MAIN);
        return command;
    }

    /** Logs what the generator and its libraries write to the standard error. */
    private Thread logErrors(Process process) {
        var thread = new Thread(
                () -> {
                    try (BufferedReader lines = process.errorReader(UTF_8)) {
                        lines.lines()
                                .forEach(line -> log.warn(LEVEL.matcher(line).replaceFirst("")));
                    } catch (IOException | UncheckedIOException e) {
                        log.debug("The generator's log cannot be read any more.", e);
                    }
                },
                "rowan-generator-log");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * What the generator has told the build.
     *
     * @param read the class-path names that the changelog has read
     * @param command the command to run in the terminal; empty for none
     */
    public record Result(Set<String> read, List<String> command) {}

    private final class Conversation {

        private final StringJoiner errors = new StringJoiner(System.lineSeparator());
        private final Set<String> read = new TreeSet<>();
        private final List<String> command = new ArrayList<>();

        /** Sends the options, and replies to the process until it closes its output. */
        void with(Process process, Properties options) throws IOException {
            try (BufferedReader lines = process.inputReader(UTF_8);
                    Writer replies = process.outputWriter(UTF_8)) {
                send(options, replies);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int space = line.indexOf(' ');
                    String text = line.substring(space + 1);
                    switch (space < 0 ? line : line.substring(0, space)) {
                        case "info" -> log.info(text);
                        case "warn" -> log.warn(text);
                        case "debug" -> log.debug(text);
                        case "error" -> errors.add(text);
                        case "read" -> read.add(text);
                        case "run" -> command.add(text);
                        case "fetch" -> {
                            replies.write(fetch.apply(text) + "\n");
                            replies.flush();
                        }
                        default -> log.warn(line);
                    }
                }
            }
        }

        /** On the standard input, and not in a file or an argument: they may contain a password. */
        private void send(Properties options, Writer replies) throws IOException {
            try {
                options.store(replies, null);
                replies.write("\n");
                replies.flush();
            } catch (IOException e) {
                log.debug("The generator has not read its options.", e); // it ended: its exit code says more
            }
        }
    }

    private String unreportedFailure(int exit) {
        return "The generator ended with exit code " + exit + "; its output is above. It ran on " + java
                + " and needs JDK 21 or later: select one with maven-toolchains-plugin, or run Maven on it.";
    }
}
