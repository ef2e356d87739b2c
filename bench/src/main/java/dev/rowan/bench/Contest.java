package dev.rowan.bench;

import dev.rowan.bench.ContestantProcess.Failure;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Measure after measure, in rounds in which each contestant has one turn, in an order that is turned from round to round. */
final class Contest {

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
            if (!measure.writes()) tables.users(Tables.USERS);
            run(measure, until);
            console.accept(new Line(measure, results).words());
        }
        return results;
    }

    private void run(Measure measure, long until) throws SQLException, InterruptedException {
        var order = new ArrayList<>(contestants);
        var answers = new EnumMap<Entrant, Long>(Entrant.class);
        for (int round = 0; effort.hasRound(round, System.nanoTime() - until > 0); round++) {
            for (var contestant : List.copyOf(order)) {
                try {
                    var answer = turn(measure, contestant, round);
                    if (answer.isEmpty()) order.remove(contestant);
                    else if (round == 0) answers.put(contestant.entrant(), answer.getAsLong());
                } catch (Failure e) {
                    order.remove(contestant);
                    leaveOut(measure, contestant.entrant(), String.valueOf(e.getMessage()));
                    if (contestant.hasEnded()) contestants.remove(contestant);
                }
            }
            if (round == 0) compare(measure, answers);
            order.removeIf(contestant -> results.isBehind(measure, contestant.entrant(), effort.behind()));
            Collections.rotate(order, 1);
        }
    }

    /** What does not do the same work has no figure beside it. */
    private void compare(Measure measure, Map<Entrant, Long> answers) {
        var right = answers.getOrDefault(
                Entrant.RAW, answers.values().stream().findFirst().orElse(0L));
        answers.forEach((entrant, answer) -> {
            if (!answer.equals(right)) leaveOut(measure, entrant, entrant.title() + " gave another answer than raw.");
        });
    }

    private void leaveOut(Measure measure, Entrant entrant, String why) {
        results.leaveOut(measure, entrant);
        results.note(measure.title() + ": " + why);
        console.accept(measure.title() + ": " + why);
    }

    /** Returns what was read, together with what is written; empty if the contestant has no way to do that. */
    private OptionalLong turn(Measure measure, ContestantProcess contestant, int round)
            throws SQLException, InterruptedException, Failure {
        int calls = effort.calls(measure);
        if (round == 0 && effort.isTimed() && !contestant.entrant().isPython()) warmUp(measure, contestant, calls);
        var turn = attempt(measure, contestant, calls, 0);
        if (turn.isEmpty()) return OptionalLong.empty();
        results.add(measure, contestant.entrant(), turn.get());
        return OptionalLong.of(turn.get().answer() + (round == 0 && measure.writes() ? tables.sum() : 0));
    }

    /** Many calls a second need more of them, until what they run is compiled. */
    private void warmUp(Measure measure, ContestantProcess contestant, int calls)
            throws SQLException, InterruptedException, Failure {
        var left = (double) effort.warmUp().toNanos();
        var turns = measure.warmups();
        do {
            var last = attempt(measure, contestant, calls, turns - 1);
            if (last.isEmpty()) return;
            left -= last.get().nanos() * calls * turns;
            turns = 1;
        } while (left > 0);
    }

    private Optional<Turn> attempt(Measure measure, ContestantProcess contestant, int calls, int warmups)
            throws SQLException, InterruptedException, Failure {
        if (measure.writes()) tables.users(measure.rowsBefore(calls));
        return contestant.turn(measure, calls, warmups, effort.pages());
    }
}
