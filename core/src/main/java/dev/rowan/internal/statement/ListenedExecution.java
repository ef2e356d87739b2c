package dev.rowan.internal.statement;

import dev.rowan.internal.failure.SqlExceptionTranslator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command through jOOQ, so that the user's own ExecuteListeners are notified. It is the last listener: it
 * prepares the statement and reads the result as {@link StatementExecutor} does. Not thread-safe; one for each run.
 */
final class ListenedExecution<T> implements ExecuteListener {

    private final SqlCommand<T> command;
    private final Connection connection;
    private final StatementMonitor.Execution execution;
    private final StatementWatch watch;
    private StatementWatch.@Nullable Running running;
    private @Nullable T result;

    private ListenedExecution(
            SqlCommand<T> command, Connection connection, StatementMonitor.Execution execution, StatementWatch watch) {
        this.command = command;
        this.connection = connection;
        this.execution = execution;
        this.watch = watch;
    }

    static <T> T run(
            SqlCommand<T> command,
            Connection connection,
            StatementMonitor.Execution execution,
            StatementWatch watch,
            Configuration configuration) {
        var listened = new ListenedExecution<>(command, connection, execution, watch);
        JooqConfigurations.forListening(configuration)
                .derive(new DefaultConnectionProvider(connection))
                .deriveAppending(listened)
                .dsl()
                .query("{0}", CustomQueryPart.of(context -> context.sql(command.text())))
                .execute();
        return Objects.requireNonNull(listened.result);
    }

    /** Prepares the SQL of the context: an earlier listener may have added a comment. */
    @Override
    public void prepareStart(ExecuteContext context) {
        try {
            context.statement(StatementExecutor.prepare(command, Objects.requireNonNull(context.sql()), connection));
        } catch (SQLException e) {
            throw typed(e);
        }
    }

    @Override
    public void executeStart(ExecuteContext context) {
        try {
            running = watch.start(Objects.requireNonNull(context.statement()), command.limit());
        } catch (SQLException e) {
            throw typed(e);
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        try {
            var statement = Objects.requireNonNull(context.statement());
            execution.answered();
            Objects.requireNonNull(running).requireAnswer(command.limit());
            result = StatementExecutor.read(command, statement, statement.getResultSet(), execution);
        } catch (SQLException e) {
            throw typed(e);
        }
    }

    @Override
    public void exception(ExecuteContext context) {
        var failure = context.sqlException();
        if (failure != null) {
            context.exception(typed(running == null ? failure : running.failed(failure)));
        }
    }

    @Override
    public void end(ExecuteContext context) {
        if (running != null) {
            running.ended();
        }
    }

    private RuntimeException typed(SQLException e) {
        return execution.failed(SqlExceptionTranslator.typed(e, command.kind(), command.table()));
    }
}
