package dev.rowan.internal.statement;

import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.DSLContext;

/**
 * The one seam that every statement passes: its text, rendered once for each shape, then bind, execute, read, and a
 * typed error if it fails. Thread-safe; one for each {@link dev.rowan.Database}.
 */
public final class StatementExecutor {

    private final ServerProbe.Server server;
    private final Configuration configuration;
    private final DSLContext rendering;
    private final StatementMonitor monitor;
    private final boolean rowByRow;

    /**
     * @param more what the user adds to jOOQ's configuration
     * @param rowByRow whether the connections can read rows while the server sends them, without another round trip
     */
    public StatementExecutor(
            ServerProbe.Server server, UnaryOperator<Configuration> more, StatementMonitor monitor, boolean rowByRow) {
        this.server = server;
        this.configuration = JooqConfigurations.of(server.dialect(), more);
        this.rendering = JooqConfigurations.forRendering(configuration).dsl();
        this.monitor = monitor;
        this.rowByRow = rowByRow;
    }

    /** Returns jOOQ's configuration of this database: dialect and settings, without a connection. */
    public Configuration configuration() {
        return configuration;
    }

    /** Returns jOOQ's DSL that renders statements of this database; it has no connection. */
    public DSLContext rendering() {
        return rendering;
    }

    /** Returns what logs and counts the statements of {@code dsl()} too, and the transactions and retries. */
    public StatementMonitor monitor() {
        return monitor;
    }

    /** Returns the counters. */
    public StatementCounters counters() {
        return monitor.counters();
    }

    /** Returns the most bytes that the server takes in one packet. */
    public long largestPacket() {
        return server.largestPacket();
    }

    /** Runs a call on a connection. */
    public <T> T run(SqlCommand<T> call, Connection connection) {
        var execution = monitor.start();
        try {
            return isListenedTo()
                    ? ListenedExecution.run(call, connection, execution, configuration)
                    : run(call, connection, execution);
        } catch (SQLException e) {
            throw execution.failed(SqlExceptionTranslator.typed(e, call.verb(), call.table()));
        } finally {
            execution.end(call::text, call.binds().values());
        }
    }

    /** Runs a text without values that is about no table, in one round trip: the beginning or end of a transaction. */
    public void execute(String text, Connection connection) {
        var execution = monitor.start();
        try (var statement = connection.createStatement()) {
            statement.execute(text);
            execution.answered();
        } catch (SQLException e) {
            throw execution.failed(SqlExceptionTranslator.typed(e, StatementKind.RUN, null));
        } finally {
            execution.end(() -> text, List.of());
        }
    }

    private <T> T run(SqlCommand<T> call, Connection connection, StatementMonitor.Execution execution)
            throws SQLException {
        try (var statement = call.prepare(connection, call.text())) {
            return call.run(statement, rowByRow, execution);
        }
    }

    /** Says whether the user has listeners that hear of each statement. */
    public boolean isListenedTo() {
        return configuration.executeListenerProviders().length > 0;
    }
}
