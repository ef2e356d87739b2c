package dev.rowan.internal.statement;

import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.failure.StatementSubject;
import dev.rowan.internal.util.UnreadableValueException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.conf.ParamType;
import org.jspecify.annotations.Nullable;

/**
 * Logs, counts and limits the statements of jOOQ's DSL, and translates their failures, as {@link StatementExecutor}
 * does for the others. Thread-safe.
 */
public final class DslListener implements ExecuteListener {

    private static final String EXECUTION = "rowan.execution";
    private static final String RUNNING = "rowan.running";

    private final StatementMonitor monitor;
    private final StatementWatch watch;
    private final CodeComments comments;

    /** Creates the listener of a database. */
    public DslListener(StatementMonitor monitor, StatementWatch watch, CodeComments comments) {
        this.monitor = monitor;
        this.watch = watch;
        this.comments = comments;
    }

    @Override
    public void renderStart(ExecuteContext context) {
        MultisetCheck.require(context.query());
    }

    @Override
    public void renderEnd(ExecuteContext context) {
        CodeComments.prepend(comments.current(), context);
    }

    @Override
    public void prepareStart(ExecuteContext context) {
        if (context.data(EXECUTION) == null) { // a batch is prepared once for each of its queries
            context.data(EXECUTION, monitor.start(context));
        }
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

    /** Leaves statements of very many values out of the driver's cache, as {@link SqlCommand#unpooledIfLarge} does. */
    @Override
    public void prepareEnd(ExecuteContext context) {
        var statement = context.statement();
        if (statement == null || !SqlCommand.isLarge(context.params().length)) {
            return;
        }
        try {
            statement.setPoolable(false);
        } catch (SQLException e) {
            throw SqlExceptionTranslator.typed(e, StatementKind.RUN, null);
        }
    }

    @Override
    public void executeStart(ExecuteContext context) {
        var statement = context.statement();
        if (statement == null) {
            return;
        }
        try {
            context.data(RUNNING, watch.start(statement, limit(context)));
        } catch (SQLException e) {
            throw SqlExceptionTranslator.typed(e, StatementKind.RUN, null);
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        with(context, StatementMonitor.Execution::answered);
        if (context.data(RUNNING) instanceof StatementWatch.Running running) {
            try {
                running.requireAnswer(limit(context));
            } catch (SQLException e) {
                throw SqlExceptionTranslator.typed(e, StatementSubject.of(context));
            }
        }
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
        var cause = context.data(RUNNING) instanceof StatementWatch.Running running ? running.failed(failure) : failure;
        var typed = SqlExceptionTranslator.typed(cause, StatementSubject.of(context));
        with(context, execution -> execution.failed(typed));
        context.exception(typed);
    }

    @Override
    public void end(ExecuteContext context) {
        if (context.data(RUNNING) instanceof StatementWatch.Running running) {
            running.ended();
        }
        with(context, execution -> {
            var written = Arrays.stream(context.batchRowsLarge()).filter(rows -> rows >= 0);
            if (context.exception() != null) {
                execution.threw(context.exception());
            }
            execution.wrote(written.reduce(-1, (sum, rows) -> Math.max(sum, 0) + rows));
            execution.end(() -> text(context), monitor.showsValues() ? values(context) : List.of());
        });
    }

    private static StatementWatch.Limit limit(ExecuteContext context) {
        return StatementWatch.Limit.of(Objects.requireNonNullElse(context.sql(), ""));
    }

    private static void with(ExecuteContext context, Consumer<StatementMonitor.Execution> action) {
        if (context.data(EXECUTION) instanceof StatementMonitor.Execution execution) {
            action.accept(execution);
        }
    }

    /** Returns the SQL without its values, and how many more statements a batch has. */
    static String text(ExecuteContext context) {
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
