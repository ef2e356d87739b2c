package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.MigrationException;
import dev.rowan.db.ServerException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * Runs one goal of the generator: generates the sources, writes the first changelog of a database, compares a database
 * with its changelog, checks migrations, describes a release, writes the page of the schema, or works on the
 * environment of the project. {@link OptionKeys} names the goals and their options.
 */
public final class GeneratorGoal {

    private GeneratorGoal() {}

    /** Prepares this process: what is logged is for a build, and nothing depends on where the machine is. */
    public static void prepareProcess() {
        Locale.setDefault(Locale.ENGLISH);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        // jOOQ and Liquibase log details that are noise in a build
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        // the error that is reported contains what these log on failure, without the stack traces
        System.setProperty("org.slf4j.simpleLogger.log.org.testcontainers", "off");
        System.setProperty("org.slf4j.simpleLogger.log.com.github.dockerjava", "off");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");
    }

    /**
     * Runs the goal that the options name.
     *
     * @return whether it succeeded; if not, the build was told the error
     */
    public static boolean run(Properties options, Build build) {
        try {
            var errors = errors(options, build);
            errors.forEach(build::error);
            return errors.isEmpty();
        } catch (ServerException | MigrationException | IllegalArgumentException e) {
            build.error(e, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            build.error(e, "This failed unexpectedly: " + e);
        }
        return false;
    }

    /** Runs a goal, and returns what it has found to be wrong. */
    private static List<String> errors(Properties options, Build build) throws Exception {
        var goal = options.getProperty(OptionKeys.GOAL, OptionKeys.GENERATE);
        switch (goal) {
            case OptionKeys.GENERATE -> generate(options, build);
            case OptionKeys.ADOPT -> new Adoption(AdoptionOptions.of(options, build), build::info, build::warn).run();
            case OptionKeys.DIFF -> {
                return compare(options, build);
            }
            case OptionKeys.CHECK -> {
                return new CheckGoal(CheckOptions.of(options, build), build::info, build::warn).run();
            }
            case OptionKeys.RELEASE -> new ReleaseGoal(ReleaseOptions.of(options, build), build::info).run();
            case OptionKeys.DOCS -> new Documentation(DocumentationOptions.of(options, build), build::info).run();
            default -> new EnvironmentGoal(EnvironmentOptions.of(options), build).run();
        }
        return List.of();
    }

    private static void generate(Properties options, Build build) throws Exception {
        var generation = new Generation(GeneratorOptions.of(options, build), build::info, build::warn);
        generation.run();
        generation.read().forEach(build::read);
    }

    private static List<String> compare(Properties properties, Build build) throws IOException {
        var options = ComparisonOptions.of(properties, build);
        var differences = new Comparison(options, build::info, build::warn).run();
        return differences == 0
                ? List.of()
                : List.of("The database differs from its changelog in " + StepLog.count(differences, "place")
                        + ", listed above. If they are to stay, write them as changesets: "
                        + StepLog.relativized(options.output()) + " is one to start from.");
    }
}
