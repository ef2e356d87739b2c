package dev.rowan.junit.internal.schema;

import static dev.rowan.junit.internal.schema.SchemaConnection.quoted;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.junit.internal.connection.TrackingDataSource;
import java.sql.SQLException;
import java.util.ArrayList;

/** The schema of one test class, whose tests run one after the other. Closing it drops the schema. */
public final class TestSchema implements AutoCloseable {

    private static final String NONE = "";

    private final String name;
    private final String url;
    private final DatabaseServer server;
    private final SchemaDefinition definition;
    private final SchemaConnection connection;
    private final OpenTransactionCheck openTransactions;
    private final TrackingDataSource dataSource;
    private String running = NONE;
    private volatile boolean closed;

    /**
     * Creates the tables and rows in an empty schema.
     *
     * @param connection a connection to the schema, which this object closes
     */
    TestSchema(
            String name, String url, DatabaseServer server, SchemaDefinition definition, SchemaConnection connection) {
        this.name = name;
        this.url = url;
        this.server = server;
        this.definition = definition;
        this.connection = connection;
        this.openTransactions = new OpenTransactionCheck(connection);
        this.dataSource = new TrackingDataSource(UnpooledDataSource.of(url, server.user(), server.password()));
        openTransactions.check(); // reports a missing privilege before the first test
        definition.create(connection);
    }

    /** Returns the JDBC URL of the schema, without credentials. */
    public String url() {
        return url;
    }

    /** Returns the server that holds the schema. */
    public DatabaseServer server() {
        return server;
    }

    /** Returns the connections for the tests. */
    public TrackingDataSource dataSource() {
        return dataSource;
    }

    /** Returns whether the schema was dropped. */
    public boolean isClosed() {
        return closed;
    }

    /** Begins a test, unless it has begun. */
    public synchronized void begin(String test, RowReset reset) throws SQLException {
        if (running.equals(test)) {
            return;
        }
        if (!running.equals(NONE)) {
            throw new IllegalStateException("Two tests use one TestDatabase at the same time. Run the tests of a class"
                    + " one after the other, with @Execution(ExecutionMode.SAME_THREAD); test classes may run in"
                    + " parallel.");
        }
        if (reset == RowReset.RESTORE) {
            definition.restoreRows(connection);
        }
        dataSource.begin(reset == RowReset.ROLL_BACK);
        running = test; // set last: a test that failed to begin is not ended
    }

    /** Ends a test, unless it has ended, and fails it if it left a connection or a transaction open. */
    public synchronized void end(String test) {
        if (!running.equals(test)) {
            return;
        }
        try {
            var failures = new ArrayList<AssertionError>();
            dataSource.end().ifPresent(failures::add);
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
        try (connection) {
            var leak = dataSource.close();
            connection.run("DROP DATABASE " + quoted(name));
            if (leak.isPresent()) {
                throw leak.get();
            }
        }
    }
}
