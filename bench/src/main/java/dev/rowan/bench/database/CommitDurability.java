package dev.rowan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * When the server writes a commit to the disk: with each, where a measure is about that, else in its own time, so that the
 * disk is not what is measured. Set for the whole server, and set back at the end.
 */
final class Durability implements AutoCloseable {

    private static final String VARIABLES = "innodb_flush_log_at_trx_commit = %d, global sync_binlog = %d";

    private final Connection connection;
    private final int flushed;
    private final int synced;
    private boolean allowed;

    Durability(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select @@global.innodb_flush_log_at_trx_commit, @@global.sync_binlog")) {
            row.next();
            flushed = row.getInt(1);
            synced = row.getInt(2);
        }
    }

    /** Begins to set it, which nothing does before; tells the sink, if the user may not, that all is measured as it is. */
    void begin(Consumer<String> sink) {
        try {
            allowed = true;
            set(false);
        } catch (SQLException e) {
            allowed = false;
            sink.accept("Durability is as the server has it, since the user may not set it: "
                    + VARIABLES.formatted(flushed, synced) + ".");
        }
    }

    void set(boolean durable) throws SQLException {
        if (allowed) {
            set(durable ? 1 : 2, durable ? 1 : 0);
        }
    }

    private void set(int flush, int sync) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set global " + VARIABLES.formatted(flush, sync));
        }
    }

    @Override
    public void close() throws SQLException {
        if (allowed) {
            set(flushed, synced);
        }
    }
}
