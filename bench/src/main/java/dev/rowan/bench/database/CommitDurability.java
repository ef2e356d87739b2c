package dev.rowan.bench.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * The server-wide setting that decides whether a commit waits for the disk. Only a measure of durable commits waits, so
 * that the others do not measure the disk. {@link #close} restores the original values.
 */
public final class CommitDurability implements AutoCloseable {

    private static final String VARIABLES = "innodb_flush_log_at_trx_commit = %d, global sync_binlog = %d";

    private final Connection connection;
    private final int originalFlush;
    private final int originalSync;
    private boolean permitted;

    /** Reads the original values, and changes nothing. */
    public CommitDurability(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select @@global.innodb_flush_log_at_trx_commit, @@global.sync_binlog")) {
            row.next();
            originalFlush = row.getInt(1);
            originalSync = row.getInt(2);
        }
    }

    /**
     * Takes control of the setting. If the user lacks the privilege, tells the console that all measures use the
     * server's.
     */
    public void takeControl(Consumer<String> console) {
        try {
            permitted = true;
            setDurable(false);
        } catch (SQLException e) {
            permitted = false;
            console.accept("The user may not change the durability of commits. All measures use the server's setting: "
                    + VARIABLES.formatted(originalFlush, originalSync) + ".");
        }
    }

    /** Changes the setting; does nothing before {@link #takeControl}, or without the privilege. */
    public void setDurable(boolean durable) throws SQLException {
        if (permitted) {
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
        if (permitted) {
            set(originalFlush, originalSync);
        }
    }
}
