package dev.rowan.junit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the transactions that others have open in a schema.
 *
 * <p>Not by {@code information_schema.innodb_trx}: that is a copy, renewed only when nobody has read it for a tenth of a
 * second, and between quick tests it is read all the time.
 */
final class OpenTransactions {

    /** The server notices a little later that a client has gone, and rolls back what that left open. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private static final Pattern THREAD = Pattern.compile("MariaDB thread id (\\d+)");

    private final Sql sql;

    OpenTransactions(Sql sql) {
        this.sql = sql;
    }

    /** Returns a failure if transactions stay open, and ends them, as the next test would wait for them. */
    Optional<AssertionError> check() {
        var open = find();
        for (var end = System.nanoTime() + PATIENCE.toNanos(); !open.isEmpty() && System.nanoTime() < end; ) {
            pause();
            open = find();
        }
        if (open.isEmpty()) {
            return Optional.empty();
        }
        open.forEach(thread -> sql.run("KILL CONNECTION " + thread));
        return Optional.of(new AssertionError("The test left a transaction open in its schema, on "
                + (open.size() == 1 ? "a connection" : open.size() + " connections")
                + " that is still there: commit it or roll it back, or close what holds the connection."
                + " The connection was ended."));
    }

    /** Returns the connections that are in the schema and have a transaction open, by the server's numbers. */
    private List<String> find() {
        return sql.isMariaDb() ? inReport() : inPerformanceSchema();
    }

    private List<String> inPerformanceSchema() {
        return sql.column("SELECT thread.processlist_id FROM performance_schema.threads thread"
                + " JOIN performance_schema.events_transactions_current transaction USING (thread_id)"
                + " WHERE transaction.state = 'ACTIVE' AND thread.processlist_id <> CONNECTION_ID()"
                + " AND thread.processlist_db = DATABASE()");
    }

    /** Reads InnoDB's own report, as MariaDB has no performance schema by default; MySQL's omits who only reads. */
    private List<String> inReport() {
        var active = Stream.of(sql.row("SHOW ENGINE INNODB STATUS").get(2).split("\n---TRANSACTION "))
                .filter(transaction -> transaction.lines().limit(1).anyMatch(line -> line.contains(", ACTIVE")))
                .flatMap(transaction -> THREAD.matcher(transaction).results().map(thread -> thread.group(1)))
                .toList();
        return sql
                .column("SELECT id FROM information_schema.processlist"
                        + " WHERE id <> CONNECTION_ID() AND db = DATABASE()")
                .stream()
                .filter(active::contains)
                .toList();
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
