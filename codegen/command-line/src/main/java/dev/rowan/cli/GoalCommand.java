package dev.rowan.cli;

import dev.rowan.codegen.GeneratorGoal;
import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command that runs a goal of the generator: gives it the values of the options, under their keys. */
final class GoalCommand implements Callable<Integer> {

    private static final String CACHE = "cache";
    private static final String MARIADB = "mariadb";
    private static final String PASSWORD_FILE = "passwordFile";
    private static final String VERBOSE = "verbose";

    /** What every command has for itself. */
    static final List<GoalOption> OWN = List.of(
            GoalOption.text(
                    CACHE,
                    "DIRECTORY",
                    "The directory that the embedded server is unpacked to. Default: $ROWAN_CACHE, else the"
                            + " cache directory of the user"),
            GoalOption.text(
                    MARIADB,
                    "JAR",
                    "The jar of the embedded server's binaries, which are needed one time per machine, if the class path"
                            + " does not have it"),
            GoalOption.flag(VERBOSE, "Show the stack trace of a failure."));

    /** What commands have that connect to a database. */
    static final List<GoalOption> LOGIN = List.of(
            GoalOption.text(OptionKeys.USER, "USER", "The user for a URL.").orVariable("ROWAN_USER"),
            GoalOption.of(
                    OptionKeys.PASSWORD,
                    "",
                    GoalOption.Kind.PROMPT,
                    "Prompt for the password for a URL. It takes no value, which a list of processes would show. Default:"
                            + " $ROWAN_PASSWORD"),
            GoalOption.text(PASSWORD_FILE, "FILE", "A file whose first line is the password for a URL"));

    private final String goal;
    private final CommandSpec spec;
    private final Map<String, String> environment;
    private final List<GoalOption> options;

    GoalCommand(String goal, List<GoalOption> options, Map<String, String> environment) {
        this.goal = goal;
        this.options = options;
        this.environment = environment;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(goal);
        options.forEach(option -> spec.addOption(option.spec(environment)));
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var values = values();
        var cache = values.getProperty(CACHE);
        if (cache != null) {
            System.setProperty("rowan.cache", cache);
        }
        var line = spec.commandLine();
        var build = new Terminal(
                line.getOut(), line.getErr(), values.getProperty(MARIADB, ""), values.containsKey(VERBOSE));
        try (var work = TemporaryDirectory.create()) {
            values.setProperty(OptionKeys.WORK_DIRECTORY, work.path().toString());
            if (!GeneratorGoal.run(values, build)) {
                return ExitCode.SOFTWARE;
            }
        }
        return build.runCommand();
    }

    /** Returns the options of the goal: the values that were given, or are a default. */
    private Properties values() {
        var values = new Properties();
        values.setProperty(OptionKeys.GOAL, goal);
        for (var option : options) {
            @Nullable Object value = spec.findOption(option.name()).getValue();
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, text) -> values.setProperty(option.key() + "." + name, String.valueOf(text)));
            } else if (value != null
                    && !value.equals(false)
                    && !GoalOption.text(value).isBlank()) {
                values.setProperty(option.key(), GoalOption.text(value));
            }
        }
        var password = password(values);
        if (!password.isEmpty()) {
            values.setProperty(OptionKeys.PASSWORD, password);
        }
        return values;
    }

    private String password(Properties values) {
        var file = values.getProperty(PASSWORD_FILE);
        if (file == null) {
            return values.getProperty(OptionKeys.PASSWORD, environment.getOrDefault("ROWAN_PASSWORD", ""));
        }
        try (var lines = Files.newBufferedReader(Path.of(file))) {
            return Objects.requireNonNullElse(lines.readLine(), "");
        } catch (IOException | InvalidPathException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The password cannot be read from " + file + ": "
                            + e.getClass().getSimpleName());
        }
    }
}
