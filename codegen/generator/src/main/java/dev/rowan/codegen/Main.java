package dev.rowan.codegen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The entry point of a build that starts the generator in its own process, and writes the options of a {@link
 * GeneratorGoal} to its standard input, as they may contain a password. The exit code is 0, or 1 after an error that
 * was reported to the build.
 */
public final class Main {

    private Main() {}

    /**
     * Runs the goal.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        GeneratorGoal.prepareProcess();
        // standard output is reserved for the protocol: other output is redirected to the log
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var build = new ParentProcess(new PrintStream(System.out, true, StandardCharsets.UTF_8), input);
        System.setOut(System.err);
        if (!run(input, build)) {
            System.exit(1);
        }
    }

    private static boolean run(BufferedReader input, ParentProcess build) {
        try {
            return GeneratorGoal.run(read(input), build);
        } catch (IOException e) {
            build.error(e, "The options of the build cannot be read: " + e);
            return false;
        }
    }

    /** Reads the options, until an empty line. */
    private static Properties read(BufferedReader input) throws IOException {
        var text = new StringBuilder();
        for (var line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            text.append(line).append('\n');
        }
        var properties = new Properties();
        properties.load(new StringReader(text.toString()));
        return properties;
    }
}
