package dev.rowan.bench.result;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.protocol.IterationResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The results of a contest: the iterations of every contestant in every measure, and notes. Not thread-safe. */
public final class ContestResults {

    private final Map<Measure, Map<Contestant, IterationResult>> qualifying = new EnumMap<>(Measure.class);
    private final Map<Measure, Map<Contestant, List<IterationResult>>> rounds = new EnumMap<>(Measure.class);
    private final Map<Measure, Set<Contestant>> disqualified = new EnumMap<>(Measure.class);
    private final List<String> notes = new ArrayList<>();

    /** Sets the result of the qualifying iteration, replacing an earlier one. */
    public void setQualifying(Measure measure, Contestant contestant, IterationResult result) {
        qualifying
                .computeIfAbsent(measure, any -> new EnumMap<>(Contestant.class))
                .put(contestant, result);
    }

    /** Adds the result of a measured round. */
    public void addRound(Measure measure, Contestant contestant, IterationResult result) {
        rounds.computeIfAbsent(measure, any -> new EnumMap<>(Contestant.class))
                .computeIfAbsent(contestant, any -> new ArrayList<>())
                .add(result);
    }

    /** Removes a contestant from a measure: it has no figure there, whatever it did before. The note says why. */
    public void disqualify(Measure measure, Contestant contestant, String note) {
        disqualified
                .computeIfAbsent(measure, any -> EnumSet.noneOf(Contestant.class))
                .add(contestant);
        notes.add(note);
    }

    public boolean isDisqualified(Measure measure, Contestant contestant) {
        return disqualified.getOrDefault(measure, Set.of()).contains(contestant);
    }

    /** Returns the reasons of all disqualifications. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Returns the summary of a contestant's measured rounds, or of its qualifying iteration if it had no round; empty
     * if it had neither, or was disqualified.
     */
    public Optional<Summary> summary(Measure measure, Contestant contestant) {
        var source = measure.source();
        if (isDisqualified(source, contestant)) {
            return Optional.empty();
        }
        return Optional.of(iterations(source, contestant))
                .filter(iterations -> !iterations.isEmpty())
                .map(iterations -> Summary.of(measure.unit(), iterations))
                .filter(summary -> !Double.isNaN(summary.median()));
    }

    /**
     * Returns whether a contestant's figure is that of its qualifying iteration, while others proceeded to the rounds.
     */
    public boolean isEliminated(Measure measure, Contestant contestant) {
        var finals = rounds.getOrDefault(measure.source(), Map.of());
        return !finals.isEmpty()
                && !finals.containsKey(contestant)
                && summary(measure, contestant).isPresent();
    }

    /** Returns the fastest peer that was not eliminated. */
    public Optional<Contestant> bestPeer(Measure measure) {
        Comparator<Contestant> byFigure = Comparator.comparingDouble(
                contestant -> summary(measure, contestant).orElseThrow().median());
        return Arrays.stream(Contestant.values())
                .filter(contestant -> contestant.isPeer() && !isEliminated(measure, contestant))
                .filter(contestant -> summary(measure, contestant).isPresent())
                .min(measure.unit().isRate() ? byFigure.reversed() : byFigure);
    }

    /**
     * Returns the contestants that proceed to the measured rounds: Rowan and raw JDBC first, then the fastest peers in
     * Java, then those in Python.
     */
    public Set<Contestant> finalists(Measure measure, int limit) {
        return qualifying.getOrDefault(measure, Map.of()).keySet().stream()
                .filter(contestant -> !isDisqualified(measure, contestant))
                .sorted(Comparator.comparingInt(ContestResults::priority)
                        .thenComparingDouble(contestant -> medianNanos(measure, contestant)))
                .limit(limit)
                .collect(Collectors.toSet());
    }

    private static int priority(Contestant contestant) {
        if (contestant == Contestant.ROWAN || contestant == Contestant.RAW) {
            return 0;
        }
        return contestant.isPython() ? 2 : 1;
    }

    /** Returns the median duration per call or row of the iterations so far; NaN if there were none. */
    public double medianNanos(Measure measure, Contestant contestant) {
        var iterations = iterations(measure, contestant);
        return iterations.isEmpty()
                ? Double.NaN
                : Summary.quantile(
                        iterations.stream()
                                .mapToDouble(IterationResult::nanos)
                                .sorted()
                                .toArray(),
                        0.5);
    }

    private List<IterationResult> iterations(Measure measure, Contestant contestant) {
        var first = qualifying.getOrDefault(measure, Map.of()).get(contestant);
        return rounds.getOrDefault(measure, Map.of())
                .getOrDefault(contestant, first == null ? List.of() : List.of(first));
    }

    /**
     * Returns Rowan's cost divided by the other's, or, for a unit that is a rate, Rowan's rate divided by the other's.
     */
    public Optional<Double> ratio(Measure measure, Contestant other) {
        var rowan = summary(measure, Contestant.ROWAN);
        var others = summary(measure, other);
        return rowan.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of(rowan.get().median() / others.get().median());
    }
}
