package dev.rowan.internal.statement;

import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.failure.MysqlError;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.failure.StatementSubject;
import dev.rowan.internal.util.UnreadableValueException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.conf.ParamType;
import org.jspecify.annotations.Nullable;

/**
 * Logs and counts the statements of jOOQ's DSL, and translates their failures, as {@link StatementExecutor} does for
 * the others. Thread-safe.
 */
public final class DslListener implements ExecuteListener {

    private static final String EXECUTION = "rowan.execution";

    private final StatementMonitor monitor;

    /** Creates the listener of a database. */
    public DslListener(StatementMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void renderStart(ExecuteContext context) {
        MultisetCheck.require(context.query());
    }

    @Override
    public void prepareStart(ExecuteContext context) {
        context.data(EXECUTION, monitor.start());
        requirePaired(context);
    }

    /** Refuses text that the driver would change. Values may be inlined in the SQL too. */
    private static void requirePaired(ExecuteContext context) {
        for (var param : context.params()) {
            if (param.getValue() instanceof String text) {
                ValueCheck.requirePaired(text);
            } else if (param.getValue() instanceof JSON json) {
                ValueCheck.requirePaired(json.data());
            }
        }
        for (var sql : context.batchSQL()) {
            ValueCheck.requirePaired(String.valueOf(sql));
        }
    }

    @Override
    public void prepareEnd(ExecuteContext context) {
        var statement = context.statement();
        if (statement == null || context.batchMode() == ExecuteContext.BatchMode.MULTIPLE) {
            return;
        }
        try {
            // the driver keeps a prepared statement, and with it the last time limit
            statement.setQueryTimeout(0);
        } catch (SQLException e) {
            throw SqlExceptionTranslator.typed(e, StatementKind.RUN, null);
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        with(context, StatementMonitor.Execution::answered);
    }

    @Override
    public void resultStart(ExecuteContext context) {
        with(context, execution -> execution.read(0));
    }

    @Override
    public void recordEnd(ExecuteContext context) {
        with(context, execution -> execution.read(1));
    }

    @Override
    public void exception(ExecuteContext context) {
        var failure = context.sqlException();
        if (failure == null) {
            return;
        }
        var unreadable = UnreadableValueException.of(context);
        if (unreadable.isPresent()) {
            context.exception(unreadable.get());
            return;
        }
        var typed = SqlExceptionTranslator.typed(
                isTimeout(context, failure) ? timeout(failure) : failure, StatementSubject.of(context));
        with(context, execution -> execution.failed(typed));
        context.exception(typed);
    }

    @Override
    public void end(ExecuteContext context) {
        with(context, execution -> {
            var written = Arrays.stream(context.batchRowsLarge()).filter(rows -> rows >= 0);
            execution.wrote(written.reduce(-1, (sum, rows) -> Math.max(sum, 0) + rows));
            execution.end(() -> text(context), monitor.showsValues() ? values(context) : List.of());
        });
    }

    /** Returns whether the statement exceeded its own limit: the driver then kills it, like any other KILL QUERY. */
    private static boolean isTimeout(ExecuteContext context, SQLException failure) {
        var statement = context.statement();
        if (!MysqlError.QUERY_INTERRUPTED.is(failure) || statement == null) {
            return false;
        }
        try {
            var limit = statement.getQueryTimeout();
            return limit > 0
                    && context.data(EXECUTION) instanceof StatementMonitor.Execution execution
                    && execution.isLongerThan(Duration.ofSeconds(limit));
        } catch (SQLException e) {
            return false; // the failure of the statement itself is reported
        }
    }

    private static SQLException timeout(SQLException failure) {
        return new SQLTimeoutException(failure.getMessage(), failure.getSQLState(), failure);
    }

    private static void with(ExecuteContext context, Consumer<StatementMonitor.Execution> action) {
        if (context.data(EXECUTION) instanceof StatementMonitor.Execution execution) {
            action.accept(execution);
        }
    }

    private static String text(ExecuteContext context) {
        var texts = context.batchSQL();
        var first = texts.length == 0 ? String.valueOf(context.sql()) : texts[0];
        var queries = context.batchQueries();
        // jOOQ inlines the values of DDL, of batches, and of statements with too many of them
        if (context.params().length == 0
                && queries.length > 0
                && queries[0] != null
                && !queries[0].getBindValues().isEmpty()) {
            first = queries[0].getSQL(ParamType.INDEXED);
        }
        return texts.length > 1 ? first + " and " + (texts.length - 1) + " more" : first;
    }

    private static List<? extends @Nullable Object> values(ExecuteContext context) {
        return Arrays.stream(context.params()).map(Param::getValue).toList();
    }
}
