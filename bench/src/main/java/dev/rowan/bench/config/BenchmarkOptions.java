package dev.rowan.bench;

import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * What a run was asked for.
 *
 * @param directory where the reports go
 * @param server which server is measured on
 */
record Settings(Effort effort, List<Measure> measures, List<Entrant> entrants, Path directory, ServerOptions server) {

    /**
     * Reads {@code bench.quick}, {@code bench.measures}, {@code bench.contestants} (both lists with commas; blank is all)
     * and {@code bench.directory}; and {@code bench.server}, {@code bench.user} and {@code bench.password}, where a server is
     * measured on that is not the one of the build.
     *
     * @throws IllegalArgumentException that says what there is to choose from
     */
    static Settings of(Properties properties) {
        var effort = properties.getProperty("bench.quick", "").equals("true") ? Effort.QUICK : Effort.FULL;
        var measures = chosen(properties.getProperty("bench.measures", ""), Measure.values(), Measure::titled);
        return new Settings(
                measures.contains(Measure.PAGE_1000000) ? effort : effort.withoutPages(),
                measures,
                chosen(properties.getProperty("bench.contestants", ""), Entrant.values(), Entrant::named),
                Path.of(properties.getProperty("bench.directory", "target")),
                server(properties));
    }

    /** A server has a user and a password of its own: it is never shown those of another. */
    private static ServerOptions server(Properties properties) {
        var options = ServerOptions.fromSystem();
        var server = properties.getProperty("bench.server", "").strip();
        var password = properties.getProperty("bench.password", "").strip();
        return server.isEmpty()
                ? options
                : options.withServer(server)
                        .withUser(properties.getProperty("bench.user", "").strip())
                        .withPassword(password.isEmpty() ? null : password);
    }

    private static <T> List<T> chosen(String names, T[] all, Function<String, T> named) {
        return names.isBlank()
                ? List.of(all)
                : Arrays.stream(names.split(",", -1))
                        .map(String::strip)
                        .map(named)
                        .toList();
    }
}
