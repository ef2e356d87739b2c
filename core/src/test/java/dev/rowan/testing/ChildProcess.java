package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.DatabaseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a test's program in a JVM of its own: with a small heap, to show what fits into it, or with other options. */
public final class ChildProcess {

    private static final String PASSWORD = "ROWAN_TEST_PASSWORD";

    private ChildProcess() {}

    /**
     * Runs a program until it ends, and returns what it printed to its standard output and error.
     *
     * @param megabytes the maximum size of its heap
     * @param options the database, which the program connects to with {@link #options}
     */
    public static String run(Class<?> program, int megabytes, DatabaseOptions options)
            throws IOException, InterruptedException {
        return run(program, List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError"), options);
    }

    /** Runs a program until it ends, as {@link #run(Class, int, DatabaseOptions)} does, with options for its JVM. */
    public static String run(Class<?> program, List<String> jvmOptions, DatabaseOptions options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), program.getName(), options.url(), options.user()));
        var builder = new ProcessBuilder(command);
        // not an argument: other users of the machine see those
        builder.environment().put(PASSWORD, options.password());
        var process = builder.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "the program has closed its output and not ended");
        return output;
    }

    /** Returns the options that {@link #run} gave to this program. */
    public static DatabaseOptions options(String[] arguments) {
        return DatabaseOptions.of(arguments[0], arguments[1], System.getenv(PASSWORD));
    }
}
