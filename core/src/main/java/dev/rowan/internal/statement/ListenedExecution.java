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
 * A call that is run by way of jOOQ, so that the user's own listeners hear of it: it stands last among them, where it
 * prepares the statement and reads the answer as the seam does. Not thread-safe; one for each run.
 */
final class ListenedExecution<T> implements ExecuteListener {

    private final SqlCommand<T> call;
    private final Connection connection;
    private final StatementMonitor.Execution execution;
    private @Nullable T answer;

    private ListenedExecution(SqlCommand<T> call, Connection connection, StatementMonitor.Execution execution) {
        this.call = call;
        this.connection = connection;
        this.execution = execution;
    }

    static <T> T run(
            SqlCommand<T> call,
            Connection connection,
            StatementMonitor.Execution execution,
            Configuration configuration) {
        var listened = new ListenedExecution<>(call, connection, execution);
        configuration
                .derive(new DefaultConnectionProvider(connection))
                .deriveAppending(listened)
                .dsl()
                .query("{0}", CustomQueryPart.of(context -> context.sql(call.text())))
                .execute();
        return Objects.requireNonNull(listened.answer);
    }

    /** Prepares the text that is there by now: a listener may have put a comment to it. */
    @Override
    public void prepareStart(ExecuteContext context) {
        try {
            context.statement(call.prepare(connection, Objects.requireNonNull(context.sql())));
        } catch (SQLException e) {
            throw typed(e);
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        try {
            answer = call.read(Objects.requireNonNull(context.statement()), execution);
        } catch (SQLException e) {
            throw typed(e);
        }
    }

    @Override
    public void exception(ExecuteContext context) {
        var failure = context.sqlException();
        if (failure != null) {
            context.exception(typed(failure));
        }
    }

    private RuntimeException typed(SQLException e) {
        return execution.failed(SqlExceptionTranslator.typed(e, call.verb(), call.table()));
    }
}
