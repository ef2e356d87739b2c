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
import java.util.stream.Collectors;

/** All turns, and what went wrong. Not thread-safe. */
final class Results {

    private final Map<Measure, Map<Entrant, Turn>> heats = new EnumMap<>(Measure.class);
    private final Map<Measure, Map<Entrant, List<Turn>>> turns = new EnumMap<>(Measure.class);
    private final Map<Measure, Set<Entrant>> leftOut = new EnumMap<>(Measure.class);
    private final List<String> notes = new ArrayList<>();

    /** Adds the turn by which it is seen who goes on. */
    void addHeat(Measure measure, Entrant entrant, Turn turn) {
        heats.computeIfAbsent(measure, any -> new EnumMap<>(Entrant.class)).put(entrant, turn);
    }

    void add(Measure measure, Entrant entrant, Turn turn) {
        turns.computeIfAbsent(measure, any -> new EnumMap<>(Entrant.class))
                .computeIfAbsent(entrant, any -> new ArrayList<>())
                .add(turn);
    }

    /** Leaves a contestant out of a measure, whatever it did in it: what is not right has no figure. */
    void leaveOut(Measure measure, Entrant entrant) {
        leftOut.computeIfAbsent(measure, any -> EnumSet.noneOf(Entrant.class)).add(entrant);
    }

    boolean isLeftOut(Measure measure, Entrant entrant) {
        return leftOut.getOrDefault(measure, Set.of()).contains(entrant);
    }

    /** Adds what a reader of the figures has to know. */
    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns what the contestant reached, in its heat if it did not go on; empty if it did not take part to the end. */
    Optional<Figures> figures(Measure measure, Entrant entrant) {
        var source = measure.source();
        if (isLeftOut(source, entrant)) {
            return Optional.empty();
        }
        return Optional.of(turns(source, entrant))
                .filter(of -> !of.isEmpty())
                .map(of -> Figures.of(measure.unit(), of))
                .filter(figures -> !Double.isNaN(figures.median()));
    }

    /** Says whether its figure is that of its heat, while others went on. */
    boolean isOut(Measure measure, Entrant entrant) {
        var finals = turns.getOrDefault(measure.source(), Map.of());
        return !finals.isEmpty()
                && !finals.containsKey(entrant)
                && figures(measure, entrant).isPresent();
    }

    /** Returns the peer that is ahead of the others. */
    Optional<Entrant> bestPeer(Measure measure) {
        Comparator<Entrant> byFigure = Comparator.comparingDouble(
                entrant -> figures(measure, entrant).orElseThrow().median());
        return Arrays.stream(Entrant.values())
                .filter(entrant -> entrant.isPeer() && !isOut(measure, entrant))
                .filter(entrant -> figures(measure, entrant).isPresent())
                .min(measure.unit().isRate() ? byFigure.reversed() : byFigure);
    }

    /** Returns who goes on after the heats, so many at most: Rowan and raw JDBC, then the fastest, those in Java first. */
    Set<Entrant> finalists(Measure measure, int most) {
        return heats.getOrDefault(measure, Map.of()).keySet().stream()
                .filter(entrant -> !isLeftOut(measure, entrant))
                .sorted(Comparator.comparingInt(Results::rank).thenComparingDouble(entrant -> nanos(measure, entrant)))
                .limit(most)
                .collect(Collectors.toSet());
    }

    private static int rank(Entrant entrant) {
        if (entrant == Entrant.ROWAN || entrant == Entrant.RAW) {
            return 0;
        }
        return entrant.isPython() ? 2 : 1;
    }

    /** Returns what a turn takes, per call or row: the median of those it had; NaN if it had none. */
    double nanos(Measure measure, Entrant entrant) {
        var own = turns(measure, entrant);
        return own.isEmpty()
                ? Double.NaN
                : Figures.quantile(
                        own.stream().mapToDouble(Turn::nanos).sorted().toArray(), 0.5);
    }

    private List<Turn> turns(Measure measure, Entrant entrant) {
        var heat = heats.getOrDefault(measure, Map.of()).get(entrant);
        return turns.getOrDefault(measure, Map.of()).getOrDefault(entrant, heat == null ? List.of() : List.of(heat));
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
