package dev.rowan.junit.internal.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds transactions that other connections have open in a schema, and kills those connections.
 *
 * <p>It does not read {@code information_schema.innodb_trx}: that is a cache, which the server refreshes only if it was
 * not read for a tenth of a second, and fast tests read it more often.
 */
final class OpenTransactionCheck {

    /** The server notices with a delay that a client has disconnected, and then rolls back its transaction. */
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(1);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private static final Pattern THREAD_ID = Pattern.compile("MariaDB thread id (\\d+)");

    private final SchemaConnection connection;

    OpenTransactionCheck(SchemaConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns a failure if transactions stay open. It kills their connections, because the next test would wait for
     * their locks.
     */
    Optional<AssertionError> check() {
        var open = find();
        for (var end = System.nanoTime() + WAIT_LIMIT.toNanos(); !open.isEmpty() && System.nanoTime() < end; ) {
            pause();
            open = find();
        }
        if (open.isEmpty()) {
            return Optional.empty();
        }
        open.forEach(thread -> connection.run("KILL CONNECTION " + thread));
        return Optional.of(new AssertionError("The test left a transaction open on "
                + (open.size() == 1 ? "a connection" : open.size() + " connections")
                + " to its schema. Commit it, roll it back, or close the connection. The extension killed the"
                + " connection, so that it does not block other tests."));
    }

    /** Returns the ids of the connections that use the schema and have a transaction open. */
    private List<String> find() {
        return connection.isMariaDb() ? findInInnodbStatus() : findInPerformanceSchema();
    }

    private List<String> findInPerformanceSchema() {
        return connection.column("SELECT thread.processlist_id FROM performance_schema.threads thread"
                + " JOIN performance_schema.events_transactions_current transaction USING (thread_id)"
                + " WHERE transaction.state = 'ACTIVE' AND thread.processlist_id <> CONNECTION_ID()"
                + " AND thread.processlist_db = DATABASE()");
    }

    /**
     * Reads InnoDB's status report, because MariaDB disables the performance schema by default. (MySQL's report omits
     * transactions that only read.)
     */
    private List<String> findInInnodbStatus() {
        var active = Stream.of(
                        connection.row("SHOW ENGINE INNODB STATUS").get(2).split("\n---TRANSACTION "))
                .filter(transaction -> transaction.lines().limit(1).anyMatch(line -> line.contains(", ACTIVE")))
                .flatMap(transaction -> THREAD_ID.matcher(transaction).results().map(thread -> thread.group(1)))
                .toList();
        return connection
                .column("SELECT id FROM information_schema.processlist"
                        + " WHERE id <> CONNECTION_ID() AND db = DATABASE()")
                .stream()
                .filter(active::contains)
                .toList();
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL_INTERVAL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
