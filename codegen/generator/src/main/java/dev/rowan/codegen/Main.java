package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.MigrationException;
import dev.rowan.db.ServerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The entry point: a build starts it in its own process, and writes {@link GeneratorOptions}, {@link AdoptionOptions},
 * {@link ComparisonOptions}, {@link CheckOptions}, {@link ReleaseOptions}, {@link DocumentationOptions} or {@link
 * EnvironmentOptions} to its standard input, as they may contain a password. The exit code is 0, or 1 after an error
 * that was reported to the build.
 */
public final class Main {

    private Main() {}

    /**
     * Generates the sources, writes the first changelog of a database, compares a database with its changelog, checks
     * migrations, describes a release, writes the page of the schema, or works on the environment of the project.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // jOOQ and Liquibase log details that are noise in a build
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        // the error that is reported contains what these log on failure, without the stack traces
        System.setProperty("org.slf4j.simpleLogger.log.org.testcontainers", "off");
        System.setProperty("org.slf4j.simpleLogger.log.com.github.dockerjava", "off");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");

        // standard output is reserved for the protocol: other output is redirected to the log
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var build = new ParentProcess(new PrintStream(System.out, true, StandardCharsets.UTF_8), input);
        System.setOut(System.err);
        try {
            var options = read(input);
            var goal = options.getProperty(OptionKeys.GOAL, "");
            if (goal.equals(OptionKeys.ADOPT)) {
                new Adoption(AdoptionOptions.of(options, build), build::info, build::warn).run();
                return;
            }
            if (goal.equals(OptionKeys.DIFF)) {
                compare(options, build);
                return;
            }
            if (goal.equals(OptionKeys.CHECK)) {
                check(options, build);
                return;
            }
            if (goal.equals(OptionKeys.RELEASE)) {
                new ReleaseGoal(ReleaseOptions.of(options, build), build::info).run();
                return;
            }
            if (goal.equals(OptionKeys.DOCS)) {
                new Documentation(DocumentationOptions.of(options, build), build::info).run();
                return;
            }
            if (goal.startsWith(OptionKeys.ENVIRONMENT)) {
                new EnvironmentGoal(EnvironmentOptions.of(options), build).run();
                return;
            }
            var generation = new Generation(GeneratorOptions.of(options, build), build::info, build::warn);
            generation.run();
            generation.read().forEach(build::read);
        } catch (ServerException | MigrationException | IllegalArgumentException e) {
            fail(build, e, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            fail(build, e, "This failed unexpectedly: " + e);
        }
    }

    private static void compare(Properties properties, ParentProcess build) throws IOException {
        var options = ComparisonOptions.of(properties, build);
        var differences = new Comparison(options, build::info, build::warn).run();
        if (differences > 0) {
            build.error("The database differs from its changelog in " + StepLog.count(differences, "place")
                    + ", listed above. If they are to stay, write them as changesets: "
                    + StepLog.relativized(options.output()) + " is one to start from.");
            System.exit(1);
        }
    }

    private static void check(Properties properties, ParentProcess build) {
        var errors = new CheckGoal(CheckOptions.of(properties, build), build::info, build::warn).run();
        if (!errors.isEmpty()) {
            errors.forEach(build::error);
            System.exit(1);
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

    private static void fail(ParentProcess build, Exception failure, String message) {
        build.error(failure, message);
        System.exit(1);
    }
}
