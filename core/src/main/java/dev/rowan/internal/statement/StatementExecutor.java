package dev.rowan.internal.statement;

import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs every statement of a database: prepares it, binds its values, executes it, reads the result, and translates a
 * failure into a type of {@link dev.rowan.error}. It logs and counts each statement. Thread-safe; one for each
 * {@link dev.rowan.Database}.
 */
public final class StatementExecutor {

    private final ServerProbe.Server server;
    private final Configuration configuration;
    private final DSLContext rendering;
    private final StatementMonitor monitor;
    private final StatementWatch watch;
    private final CodeComments comments;
    private final boolean rowByRow;

    /**
     * Creates the executor of a database.
     *
     * @param more adds the user's part to jOOQ's configuration
     * @param comments name the code that runs a statement
     * @param rowByRow whether the connections can read rows while the server sends them, without another round trip
     */
    public StatementExecutor(
            ServerProbe.Server server,
            UnaryOperator<Configuration> more,
            StatementMonitor monitor,
            StatementWatch watch,
            CodeComments comments,
            boolean rowByRow) {
        this.server = server;
        this.configuration = JooqConfigurations.of(server.dialect(), more);
        this.rendering = JooqConfigurations.forRendering(configuration).dsl();
        this.monitor = monitor;
        this.watch = watch;
        this.comments = comments;
        this.rowByRow = rowByRow;
    }

    /** Returns jOOQ's configuration of this database: dialect and settings, without a connection. */
    public Configuration configuration() {
        return configuration;
    }

    /** Returns jOOQ's DSL that renders the SQL of this database; it has no connection. */
    public DSLContext rendering() {
        return rendering;
    }

    /** Returns the monitor, which also logs and counts the statements of {@code dsl()}. */
    public StatementMonitor monitor() {
        return monitor;
    }

    /** Returns the watch, which also limits the statements of {@code dsl()}. */
    public StatementWatch watch() {
        return watch;
    }

    /** Returns the comments, which the statements of {@code dsl()} have too. */
    public CodeComments comments() {
        return comments;
    }

    /** Returns the counters. */
    public StatementCounters counters() {
        return monitor.counters();
    }

    /** Returns the server's {@code max_allowed_packet}, in bytes. */
    public long largestPacket() {
        return server.largestPacket();
    }

    /** Returns whether the user has registered listeners that are notified of each statement. */
    public boolean isListenedTo() {
        return configuration.executeListenerProviders().length > 0;
    }

    /** Runs a command on a connection. @throws dev.rowan.error.DatabaseException if it fails */
    public <T> T run(SqlCommand<T> uncommented, Connection connection) {
        var command = uncommented.after(comments.current());
        var execution = monitor.start(command);
        try {
            return isListenedTo()
                    ? ListenedExecution.run(command, connection, execution, watch, configuration)
                    : run(command, connection, execution);
        } catch (SQLException e) {
            throw execution.failed(SqlExceptionTranslator.typed(e, command.kind(), command.table()));
        } catch (RuntimeException | Error e) {
            execution.threw(e);
            throw e;
        } finally {
            execution.end(command::text, command.binds().values());
        }
    }

    /** Runs SQL without values in one round trip, such as the beginning or the end of a transaction. */
    public void execute(String sql, Connection connection) {
        var execution = monitor.start(sql);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            execution.answered();
        } catch (SQLException e) {
            throw execution.failed(SqlExceptionTranslator.typed(e, StatementKind.RUN, null));
        } catch (RuntimeException e) {
            throw execution.failed(SqlExceptionTranslator.typed(
                    SqlExceptionTranslator.checked(e, connection), StatementKind.RUN, null));
        } finally {
            execution.end(() -> sql, List.of());
        }
    }

    private <T> T run(SqlCommand<T> command, Connection connection, StatementMonitor.Execution execution)
            throws SQLException {
        try (var statement = prepare(command, command.text(), connection)) {
            if (command.isList() && rowByRow) {
                return watch.during(statement, command.limit(), () -> readWhileSent(command, statement, execution));
            }
            var rows = watch.during(statement, command.limit(), () -> Optional.ofNullable(execute(command, statement)));
            execution.answered();
            return read(command, statement, rows.orElse(null), execution);
        }
    }

    /** Prepares SQL on a connection, and binds the values of a command. The caller closes the statement. */
    static PreparedStatement prepare(SqlCommand<?> command, String sql, Connection connection) throws SQLException {
        var statement = connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            command.setup().configure(statement);
            command.binds().bind(statement);
            return statement;
        } catch (Throwable failure) {
            try (statement) {
                throw failure;
            }
        }
    }

    /**
     * Executes a statement, and returns its rows; null for a write. The driver is told whether the statement reads: it
     * then neither searches the SQL, nor asks the server before a write whether the session is read-only. The driver
     * takes SQL that begins with other words than {@code select} for a write: there it decides itself.
     */
    private static @Nullable ResultSet execute(SqlCommand<?> command, PreparedStatement statement) throws SQLException {
        try {
            return rows(command, statement);
        } catch (RuntimeException e) {
            throw SqlExceptionTranslator.checked(e, statement.getConnection());
        }
    }

    private static @Nullable ResultSet rows(SqlCommand<?> command, PreparedStatement statement) throws SQLException {
        if (command.text().startsWith("select")) {
            return statement.executeQuery();
        }
        if (command.kind().reads()) {
            return statement.execute() ? statement.getResultSet() : null;
        }
        statement.executeLargeUpdate();
        return null;
    }

    /** Reads rows while the server sends them, which takes less time, and half the memory. */
    private static <T> T readWhileSent(
            SqlCommand<T> command, PreparedStatement statement, StatementMonitor.Execution execution)
            throws SQLException {
        try (var rowByRow = RowByRow.on(statement);
                var rows = execute(command, rowByRow.statement())) {
            var result = read(command, statement, rows, execution);
            execution.answered();
            return result;
        }
    }

    /** Makes the driver read a statement's rows one by one, until it is closed: the driver keeps the fetch size. */
    private record RowByRow(PreparedStatement statement) implements AutoCloseable {

        static RowByRow on(PreparedStatement statement) throws SQLException {
            statement.setFetchSize(Integer.MIN_VALUE);
            return new RowByRow(statement);
        }

        @Override
        public void close() throws SQLException {
            // a lost connection has closed the statement
            if (!statement.isClosed()) {
                statement.setFetchSize(0);
            }
        }
    }

    /** Reads the result of an executed statement, and notes how many rows it read or wrote. */
    static <T> T read(
            SqlCommand<T> command,
            PreparedStatement executed,
            @Nullable ResultSet rows,
            StatementMonitor.Execution execution)
            throws SQLException {
        var result = command.result().read(executed, rows, execution);
        if (rows == null) {
            execution.wrote(executed.getLargeUpdateCount());
        }
        return result;
    }
}
