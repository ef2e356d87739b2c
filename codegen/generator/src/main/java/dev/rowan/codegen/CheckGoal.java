package dev.rowan.codegen;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.MigrationCheck;
import dev.rowan.db.MigrationCheck.Cost;
import dev.rowan.db.MigrationCheck.Verdict;
import dev.rowan.db.Migrator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** Checks what migrations cost a database in use, and shows a table of it. */
final class CheckGoal {

    private final CheckOptions options;
    private final StepLog log;
    private final Consumer<String> warnings;

    CheckGoal(CheckOptions options, Consumer<String> log, Consumer<String> warnings) {
        this.options = options;
        this.log = new StepLog(log);
        this.warnings = warnings;
    }

    /** Returns the errors, a sentence for each. */
    List<String> run() {
        long start = System.nanoTime();
        try (var server = DatabaseServer.start(options.server())) {
            log.report("server", server.description(), start);
            long checkStart = System.nanoTime();
            var check = check(server);
            log.report("checked", StepLog.count(check.costs().size(), "statement"), checkStart);
            report(check);
            return errors(check);
        }
    }

    private MigrationCheck check(DatabaseServer server) {
        var source = options.changelog();
        Function<DataSource, Migrator> changelog = database -> source.migrator(database, source.loader());
        var reference = options.referenceServer();
        if (reference.isEmpty()) {
            return MigrationCheck.of(server, changelog);
        }
        try (var database = DatabaseServer.start(reference.get())) {
            return MigrationCheck.of(server, changelog, database.dataSource());
        }
    }

    private void report(MigrationCheck check) {
        check.notes().forEach(log.lines());
        var changeset = "";
        for (var cost : check.costs()) {
            if (!cost.changeset().equals(changeset)) {
                changeset = cost.changeset();
                log.lines().accept(changeset);
            }
            log.lines().accept("  %-27s %s".formatted(cost.verdict(), cost.statement()));
            explain(cost).forEach(line -> log.lines().accept(" ".repeat(30) + line));
        }
        legend(check).forEach(log.lines());
        check.warnings().forEach(warnings);
    }

    private static List<String> explain(Cost cost) {
        var lines = new ArrayList<String>();
        if (!cost.reason().isEmpty()) {
            lines.add(cost.reason());
        }
        if (cost.verdict() == Verdict.BLOCKS_WRITES && !cost.accepted().isEmpty()) {
            lines.add("accepted: " + cost.accepted());
        }
        return lines;
    }

    /** Explains the verdicts of a table to somebody who sees it for the first time. */
    private static List<String> legend(MigrationCheck check) {
        var verdicts = EnumSet.noneOf(Verdict.class);
        check.costs().forEach(cost -> verdicts.add(cost.verdict()));
        var lines = new ArrayList<String>();
        for (var verdict : verdicts) {
            lines.add("%-29s %s".formatted(verdict + ":", meaning(verdict)));
        }
        if (!verdicts.isEmpty()) {
            lines.add(
                    "Each change of a table first waits for the transactions that have used it, and all others wait behind"
                            + " it, for lock_wait_timeout at most: 5 s in a Migrator, a year in most servers.");
        }
        return lines;
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case NEW -> "nobody uses it yet";
            case INSTANT -> "takes no time, however many rows there are";
            case ONLINE -> "takes time, while others read and write";
            case REBUILD -> "writes all rows anew, while others read and write; needs space for a second table";
            case BLOCKS_WRITES -> "nobody writes to the table until it ends";
            case NOT_JUDGED -> "the server cannot say; measure it on a copy";
        };
    }

    private List<String> errors(MigrationCheck check) {
        var errors = new ArrayList<>(check.errors());
        if (options.isStrict() && !check.warnings().isEmpty()) {
            errors.add(
                    StepLog.count(check.warnings().size(), "warning") + ", listed above, and -Drowan.strict is set.");
        }
        return errors;
    }
}
