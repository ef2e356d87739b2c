package dev.rowan.bench;

import dev.rowan.bench.ContestantProcess.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measure after measure: a heat, in which each contestant has one turn, and rounds, in which each of the finalists has one, in
 * an order that is turned from round to round.
 */
final class Contest {

    /** More in a row would run out of rows that can be deleted. */
    private static final int MOST_TURNS = 8;

    private final Effort effort;
    private final Tables tables;
    private final Durability durability;
    private final List<ContestantProcess> contestants;
    private final Consumer<String> console;
    private final Results results = new Results();

    Contest(
            Effort effort,
            Tables tables,
            Durability durability,
            List<ContestantProcess> contestants,
            Consumer<String> console) {
        this.effort = effort;
        this.tables = tables;
        this.durability = durability;
        this.contestants = new ArrayList<>(contestants);
        this.console = console;
    }

    /** Has all take part in these measures. A contestant that fails is left out from there on, and the others go on. */
    Results run(List<Measure> measures) throws SQLException, InterruptedException {
        var left = new ArrayDeque<>(Measure.measured(measures));
        long end = System.nanoTime() + effort.time().toNanos();
        while (!left.isEmpty()) {
            long now = System.nanoTime();
            long until = now + (end - now) / left.size();
            var measure = left.removeFirst();
            durability.set(measure.isDurable());
            if (!measure.writes()) {
                tables.users(Tables.USERS);
            }
            run(measure, until);
            console.accept(new Line(measure, results).words());
        }
        return results;
    }

    private void run(Measure measure, long until) throws SQLException, InterruptedException {
        var answers = new EnumMap<Entrant, Long>(Entrant.class);
        for (var contestant : List.copyOf(contestants)) {
            var heat = heat(measure, contestant);
            if (heat.isEmpty()) {
                continue;
            }
            // what was read, together with what is written
            answers.put(contestant.entrant(), heat.get().answer() + (measure.writes() ? tables.sum() : 0));
            results.addHeat(measure, contestant.entrant(), heat.get());
            var left = effort.warmUp().toNanos() - nanos(measure, contestant);
            warmUp(measure, contestant, left).ifPresent(turn -> results.addHeat(measure, contestant.entrant(), turn));
        }
        compare(measure, answers);

        var finalists = results.finalists(measure, effort.finalists());
        var order = new ArrayList<>(contestants);
        order.removeIf(contestant -> !finalists.contains(contestant.entrant()));
        for (var contestant : order) {
            warmUp(measure, contestant, effort.warmUp().toNanos());
        }
        order.removeIf(contestant -> results.isLeftOut(measure, contestant.entrant()));
        for (int round = 0; effort.hasRound(round, System.nanoTime() - until > 0); round++) {
            for (var contestant : order) {
                turn(measure, contestant, effort.calls(measure), 0, effort.together())
                        .ifPresent(turn -> results.add(measure, contestant.entrant(), turn));
            }
            order.removeIf(contestant -> results.isLeftOut(measure, contestant.entrant()));
            Collections.rotate(order, 1);
        }
    }

    private Optional<Turn> heat(Measure measure, ContestantProcess contestant)
            throws SQLException, InterruptedException {
        int calls = effort.calls(measure);
        if (measure.unit() == Unit.ROWS) { // it is one call, and would be made by code that nobody has run before
            var first = turn(measure, contestant, calls / 4, 0, Duration.ZERO);
            if (first.isEmpty()) {
                return first;
            }
        }
        return turn(measure, contestant, calls, measure.warmups() - 1, Duration.ZERO);
    }

    /** What does not do the same work has no figure beside it. */
    private void compare(Measure measure, Map<Entrant, Long> answers) {
        var right = answers.getOrDefault(
                Entrant.RAW, answers.values().stream().findFirst().orElse(0L));
        answers.forEach((entrant, answer) -> {
            if (!answer.equals(right)) {
                leaveOut(measure, entrant, entrant.title() + " gave another answer than raw.");
            }
        });
    }

    private void leaveOut(Measure measure, Entrant entrant, String why) {
        results.leaveOut(measure, entrant);
        results.note(measure.title() + ": " + why);
        console.accept(measure.title() + ": " + why);
    }

    /** Has it call for so many nanoseconds, so that what it runs is compiled; returns its last turn, if it had one. */
    private Optional<Turn> warmUp(Measure measure, ContestantProcess contestant, long nanos)
            throws SQLException, InterruptedException {
        var last = Optional.<Turn>empty();
        if (contestant.entrant().isPython()) {
            return last;
        }
        for (var left = nanos; left > 0; ) {
            var turn = nanos(measure, contestant);
            int turns = measure.isOneVolley() ? 1 : Math.clamp(left / turn, 1, MOST_TURNS);
            last = turn(measure, contestant, effort.calls(measure), turns - 1, Duration.ofNanos(left));
            if (last.isEmpty()) {
                return last;
            }
            left -= measure.isTogether() ? left : turn * turns;
        }
        return last;
    }

    /** Returns how many nanoseconds a turn takes. */
    private long nanos(Measure measure, ContestantProcess contestant) {
        return 1 + (long) (results.nanos(measure, contestant.entrant()) * effort.calls(measure));
    }

    /** Has it take a turn; empty if it has no way to do that, or fails, which leaves it out. */
    private Optional<Turn> turn(
            Measure measure, ContestantProcess contestant, int calls, int warmups, Duration together)
            throws SQLException, InterruptedException {
        if (measure.writes()) {
            tables.users(measure.rowsBefore(calls));
        }
        try {
            return contestant.turn(measure, calls, warmups, together, effort.pages());
        } catch (Failure e) {
            leaveOut(measure, contestant.entrant(), String.valueOf(e.getMessage()));
            if (contestant.hasEnded()) {
                contestants.remove(contestant);
            }
            return Optional.empty();
        }
    }
}
