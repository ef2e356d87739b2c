package dev.rowan.bench;

import dev.rowan.bench.ContestantProcess.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        for (var measure : Measure.measured(measures)) {
            durability.set(measure.isDurable());
            if (!measure.writes()) tables.users(Tables.USERS);
            run(measure);
            console.accept(new Line(measure, results).words());
        }
        return results;
    }

    private void run(Measure measure) throws SQLException, InterruptedException {
        var order = new ArrayList<>(contestants);
        var expected = OptionalLong.empty();
        for (int round = 0; round < effort.rounds(); round++) {
            for (var contestant : List.copyOf(order)) {
                try {
                    var answer = turn(measure, contestant, round);
                    if (round > 0) continue;
                    if (expected.isEmpty()) expected = OptionalLong.of(answer);
                    if (expected.getAsLong() != answer)
                        throw new Failure(contestant.entrant().title() + " gave another answer.");
                } catch (Failure e) {
                    results.note(measure.title() + ": " + e.getMessage());
                    console.accept(measure.title() + ": " + e.getMessage());
                    results.forget(measure, contestant.entrant());
                    order.remove(contestant);
                    if (!contestant.isAlive()) contestants.remove(contestant);
                }
            }
            Collections.rotate(order, 1);
        }
    }

    /** Returns what was read, and what is written. */
    private long turn(Measure measure, ContestantProcess contestant, int round)
            throws SQLException, InterruptedException, Failure {
        int calls = effort.calls(measure);
        int warmups = effort.warmups(round);
        if (measure.writes() && measure.isOneVolley() && !measure.isDurable()) {
            for (; warmups > 0; warmups--) alone(measure, contestant, calls, 0);
        }
        var turn = alone(measure, contestant, calls, warmups);
        results.add(measure, contestant.entrant(), turn);
        return turn.answer() + (round == 0 && measure.writes() ? tables.sum() : 0);
    }

    private Turn alone(Measure measure, ContestantProcess contestant, int calls, int warmups)
            throws SQLException, InterruptedException, Failure {
        if (measure.writes()) tables.users(measure.rowsBefore(calls));
        return contestant.turn(measure, calls, warmups, effort.pages());
    }
}
