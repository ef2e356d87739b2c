package dev.rowan.bench.config;

import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * The options of a run.
 *
 * @param directory the directory of the reports
 * @param server the server under test
 */
public record BenchmarkOptions(
        RunProfile profile,
        List<Measure> measures,
        List<Contestant> contestants,
        Path directory,
        ServerOptions server) {

    /**
     * Reads the options from system properties:
     *
     * <ul>
     *   <li>{@code bench.quick}: {@code true} for the {@linkplain RunProfile#QUICK quick} profile
     *   <li>{@code bench.measures}, {@code bench.contestants}: comma-separated lists; blank means all
     *   <li>{@code bench.directory}: the directory of the reports; {@code target} by default
     *   <li>{@code bench.server}, {@code bench.user}, {@code bench.password}: the server under test; by default the
     *       server of the build
     * </ul>
     *
     * @throws IllegalArgumentException if a name is unknown; the message lists the valid ones
     */
    public static BenchmarkOptions of(Properties properties) {
        var profile = properties.getProperty("bench.quick", "").equals("true") ? RunProfile.QUICK : RunProfile.FULL;
        var measures = parseList(properties.getProperty("bench.measures", ""), Measure.values(), Measure::withId);
        return new BenchmarkOptions(
                measures.contains(Measure.PAGE_1000000) ? profile : profile.withoutDeepPages(),
                measures,
                parseList(properties.getProperty("bench.contestants", ""), Contestant.values(), Contestant::withId),
                Path.of(properties.getProperty("bench.directory", "target")),
                server(properties));
    }

    /** Never sends the credentials of the build's server to {@code bench.server}: that one has its own. */
    private static ServerOptions server(Properties properties) {
        var ofBuild = ServerOptions.fromSystem();
        var server = properties.getProperty("bench.server", "").strip();
        var password = properties.getProperty("bench.password", "").strip();
        return server.isEmpty()
                ? ofBuild
                : ofBuild.withServer(server)
                        .withUser(properties.getProperty("bench.user", "").strip())
                        .withPassword(password.isEmpty() ? null : password);
    }

    private static <T> List<T> parseList(String ids, T[] all, Function<String, T> parser) {
        return ids.isBlank()
                ? List.of(all)
                : Arrays.stream(ids.split(",", -1))
                        .map(String::strip)
                        .map(parser)
                        .toList();
    }
}
