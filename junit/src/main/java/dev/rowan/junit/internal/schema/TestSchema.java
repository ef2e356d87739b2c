package dev.rowan.junit;

import static dev.rowan.junit.Sql.quoted;

import dev.rowan.db.DatabaseServer;
import java.sql.SQLException;
import java.util.ArrayList;

/** The schema of one test class; closed, it is gone. Its tests run one after the other. */
final class TestSchema implements AutoCloseable {

    private static final String NONE = "";

    private final String name;
    private final String url;
    private final DatabaseServer server;
    private final Blueprint blueprint;
    private final Sql sql;
    private final OpenTransactions openTransactions;
    private final WatchedConnections connections;
    private String running = NONE;
    private volatile boolean closed;

    /** Takes over an empty schema, and the connection to it. */
    TestSchema(String name, String url, DatabaseServer server, Blueprint blueprint, Sql sql) {
        this.name = name;
        this.url = url;
        this.server = server;
        this.blueprint = blueprint;
        this.sql = sql;
        this.openTransactions = new OpenTransactions(sql);
        this.connections = new WatchedConnections(url, server.user(), server.password());
        openTransactions.check(); // whoever may not look for them is told before the first test
        blueprint.build(sql);
    }

    String url() {
        return url;
    }

    DatabaseServer server() {
        return server;
    }

    WatchedConnections connections() {
        return connections;
    }

    boolean isClosed() {
        return closed;
    }

    /** Begins a test, unless it has begun. */
    synchronized void begin(String test, boolean restored, boolean rolledBack) throws SQLException {
        if (running.equals(test)) {
            return;
        }
        if (!running.equals(NONE)) {
            throw new IllegalStateException("Two tests use one TestDatabase at once. Run the tests of a class one after"
                    + " the other, with @Execution(ExecutionMode.SAME_THREAD); classes may run beside each other.");
        }
        if (restored) {
            blueprint.restore(sql);
        }
        connections.begin(rolledBack);
        running = test; // not sooner: a test that could not begin is never ended
    }

    /** Ends a test, unless it has ended, and fails it if it left something open. */
    synchronized void end(String test) {
        if (!running.equals(test)) {
            return;
        }
        try {
            var failures = new ArrayList<AssertionError>();
            connections.end().ifPresent(failures::add);
            openTransactions.check().ifPresent(failures::add);
            if (failures.isEmpty()) {
                return;
            }
            var first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        } finally {
            running = NONE;
        }
    }

    @Override
    public void close() {
        closed = true;
        try (sql) {
            var leak = connections.close();
            sql.run("DROP DATABASE " + quoted(name));
            if (leak.isPresent()) {
                throw leak.get();
            }
        }
    }
}
