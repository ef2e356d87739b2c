package dev.rowan.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All turns, and what went wrong. Not thread-safe. */
final class Results {

    private final Map<Measure, Map<Entrant, List<Turn>>> turns = new EnumMap<>(Measure.class);
    private final List<String> notes = new ArrayList<>();

    void add(Measure measure, Entrant entrant, Turn turn) {
        turns.computeIfAbsent(measure, any -> new EnumMap<>(Entrant.class))
                .computeIfAbsent(entrant, any -> new ArrayList<>())
                .add(turn);
    }

    /** Forgets what a contestant did in a measure: what is not right has no figure. */
    void forget(Measure measure, Entrant entrant) {
        turns.getOrDefault(measure, new EnumMap<>(Entrant.class)).remove(entrant);
    }

    /** Adds what a reader of the figures has to know. */
    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    Optional<Figures> figures(Measure measure, Entrant entrant) {
        return Optional.ofNullable(
                        turns.getOrDefault(measure.source(), Map.of()).get(entrant))
                .map(of -> Figures.of(measure.unit(), of))
                .filter(figures -> !Double.isNaN(figures.median()));
    }

    /** Returns the peer that is ahead of the others. */
    Optional<Entrant> bestPeer(Measure measure) {
        Comparator<Entrant> byFigure = Comparator.comparingDouble(
                entrant -> figures(measure, entrant).orElseThrow().median());
        return turns.getOrDefault(measure.source(), Map.of()).keySet().stream()
                .filter(Entrant::isPeer)
                .filter(entrant -> figures(measure, entrant).isPresent())
                .min(measure.unit().isRate() ? byFigure.reversed() : byFigure);
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
