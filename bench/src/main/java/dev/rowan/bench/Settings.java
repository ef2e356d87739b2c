package dev.rowan.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * What a run was asked for.
 *
 * @param directory where the reports go
 */
record Settings(Effort effort, List<Measure> measures, List<Entrant> entrants, Path directory) {

    /**
     * Reads {@code bench.quick}, {@code bench.measures}, {@code bench.contestants} (both lists with commas; blank is all)
     * and {@code bench.directory}.
     */
    static Settings of(Properties properties) {
        var effort = properties.getProperty("bench.quick", "").equals("true") ? Effort.QUICK : Effort.FULL;
        var measures = chosen(properties.getProperty("bench.measures", ""), Measure.values(), Measure::titled);
        return new Settings(
                measures.contains(Measure.PAGE_1000000) ? effort : effort.withoutPages(),
                measures,
                chosen(properties.getProperty("bench.contestants", ""), Entrant.values(), Entrant::named),
                Path.of(properties.getProperty("bench.directory", "target")));
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
