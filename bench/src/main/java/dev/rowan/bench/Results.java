package dev.rowan.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All turns, and what went wrong. Not thread-safe. */
final class Results {

    private final Map<Measure, Map<Entrant, List<Turn>>> turns = new EnumMap<>(Measure.class);
    private final Map<Measure, Set<Entrant>> leftOut = new EnumMap<>(Measure.class);
    private final List<String> notes = new ArrayList<>();

    void add(Measure measure, Entrant entrant, Turn turn) {
        turns.computeIfAbsent(measure, any -> new EnumMap<>(Entrant.class))
                .computeIfAbsent(entrant, any -> new ArrayList<>())
                .add(turn);
    }

    /** Leaves a contestant out of a measure, whatever it did in it: what is not right has no figure. */
    void leaveOut(Measure measure, Entrant entrant) {
        leftOut.computeIfAbsent(measure, any -> EnumSet.noneOf(Entrant.class)).add(entrant);
    }

    /** Adds what a reader of the figures has to know. */
    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns what the contestant reached; empty if it did not take part to the end. */
    Optional<Figures> figures(Measure measure, Entrant entrant) {
        var source = measure.source();
        if (leftOut.getOrDefault(source, Set.of()).contains(entrant)) return Optional.empty();
        return Optional.ofNullable(turns.getOrDefault(source, Map.of()).get(entrant))
                .map(of -> Figures.of(measure.unit(), of))
                .filter(figures -> !Double.isNaN(figures.median()));
    }

    /** Returns the peer that is ahead of the others. */
    Optional<Entrant> bestPeer(Measure measure) {
        Comparator<Entrant> byFigure = Comparator.comparingDouble(
                entrant -> figures(measure, entrant).orElseThrow().median());
        return Arrays.stream(Entrant.values())
                .filter(entrant -> entrant.isPeer() && figures(measure, entrant).isPresent())
                .min(measure.unit().isRate() ? byFigure.reversed() : byFigure);
    }

    /** Says whether it needs more than so many times as much as the best of the peers; Rowan and raw JDBC never do. */
    boolean isBehind(Measure measure, Entrant entrant, double times) {
        if (entrant == Entrant.ROWAN || entrant == Entrant.RAW) return false;
        var best = bestPeer(measure).flatMap(peer -> figures(measure, peer));
        var own = figures(measure, entrant);
        if (best.isEmpty() || own.isEmpty()) return false;
        double ratio = own.get().median() / best.get().median();
        return (measure.unit().isRate() ? 1 / ratio : ratio) > times;
    }

    /** Returns Rowan's cost over the other's, or Rowan's rate over the other's. */
    Optional<Double> ratio(Measure measure, Entrant other) {
        var rowan = figures(measure, Entrant.ROWAN);
        var others = figures(measure, other);
        return rowan.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of(rowan.get().median() / others.get().median());
    }
}
