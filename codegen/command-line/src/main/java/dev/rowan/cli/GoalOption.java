package dev.rowan.cli;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of a command.
 *
 * @param key the name of the generator's option, such as {@code packageName}, which is {@code --package-name} here
 * @param label what its value is, in the help
 * @param kind how it is given
 * @param required whether it has to be given
 * @param variable the variable of the environment that it is taken from otherwise; empty for none
 * @param standard its value if neither has one; empty for none
 * @param description what it means
 */
record GoalOption(
        String key, String label, Kind kind, boolean required, String variable, String standard, String description) {

    /** How an option is given. */
    enum Kind {
        /** With a text. */
        TEXT,
        /** Without a value. */
        FLAG,
        /** Without a value, which is asked for. */
        PROMPT,
        /** Once for each line. */
        LINES,
        /** Once or more, with the places of a class path. */
        PATH,
        /** Once for each name and value. */
        MAP
    }

    static GoalOption text(String key, String label, String description) {
        return of(key, label, Kind.TEXT, description);
    }

    static GoalOption flag(String key, String description) {
        return of(key, "", Kind.FLAG, description);
    }

    static GoalOption of(String key, String label, Kind kind, String description) {
        return new GoalOption(key, label, kind, false, "", "", description);
    }

    /** Returns this option as one that has to be given. */
    GoalOption asRequired() {
        return new GoalOption(key, label, kind, true, variable, standard, description);
    }

    /** Returns this option with a default. */
    GoalOption or(String value) {
        return new GoalOption(key, label, kind, required, variable, value, description);
    }

    /** Returns this option with a variable of the environment. */
    GoalOption orVariable(String name) {
        return new GoalOption(key, label, kind, required, name, standard, description);
    }

    /** Returns its name on the command line. */
    String name() {
        return name(key);
    }

    /** Returns the name on the command line of a generator's option. */
    static String name(String key) {
        return "--" + key.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Returns the option as picocli's, with its default in this environment. */
    OptionSpec spec(Map<String, String> environment) {
        var spec = OptionSpec.builder(name())
                .description(help().replace("%", "%%"))
                .required(required);
        switch (kind) {
            case TEXT -> spec.type(String.class).paramLabel(label).defaultValue(standard(environment));
            case FLAG -> spec.type(boolean.class).arity("0");
            case PROMPT -> spec.type(char[].class).arity("0").interactive(true).prompt("Password: ");
            case LINES -> spec.type(List.class).auxiliaryTypes(String.class).paramLabel(label);
            case PATH ->
                spec.type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(label)
                        .splitRegex(File.pathSeparator)
                        .defaultValue(standard(environment));
            case MAP ->
                spec.type(Map.class).auxiliaryTypes(String.class, String.class).paramLabel(label);
        }
        return spec.build();
    }

    /** Returns a value of picocli's as the generator reads it. */
    static String text(Object value) {
        if (value instanceof List<?> lines) {
            return lines.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
        return value instanceof char[] secret ? new String(secret) : value.toString();
    }

    private @Nullable String standard(Map<String, String> environment) {
        var value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            return standard.isEmpty() ? null : standard;
        }
        return value;
    }

    private String help() {
        if (variable.isEmpty() && standard.isEmpty()) {
            return description;
        }
        var variablePart = variable.isEmpty() ? "" : "$" + variable;
        var separator = variable.isEmpty() || standard.isEmpty() ? "" : ", else ";
        return description + " Default: " + variablePart + separator + standard;
    }
}
