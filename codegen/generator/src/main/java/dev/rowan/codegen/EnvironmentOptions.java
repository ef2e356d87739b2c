package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The options of a goal that works on the environment of the project.
 *
 * @param goal the name of the goal, such as {@code env-start}
 * @param root the directory that a new environment is created in
 * @param image the image of the container that the server of a new environment is in; empty for the embedded one
 * @param changelog the changelog that is applied to the environment
 * @param state whether to report the state of the environment
 * @param optional whether the project may have no changelog
 */
record EnvironmentOptions(
        String goal, Path root, String image, ChangelogSource changelog, boolean state, boolean optional) {

    /** Reads the options that the build has written. */
    static EnvironmentOptions of(Properties properties) {
        return new EnvironmentOptions(
                GeneratorOptions.required(properties, OptionKeys.GOAL),
                Path.of(properties.getProperty(OptionKeys.ROOT, "")),
                image(properties),
                ChangelogSource.of(properties),
                Boolean.parseBoolean(properties.getProperty(OptionKeys.STATE, "true")),
                Boolean.parseBoolean(properties.getProperty(OptionKeys.OPTIONAL)));
    }

    private static String image(Properties properties) {
        var server = properties.getProperty(OptionKeys.SERVER, "auto");
        return switch (server) {
            case "docker" -> GeneratorOptions.required(properties, OptionKeys.IMAGE);
            case "embedded", "auto" -> "";
            default ->
                throw new IllegalArgumentException("An environment has an embedded server, or one in Docker."
                        + " Choose -Drowan.server=embedded or -Drowan.server=docker.");
        };
    }
}
