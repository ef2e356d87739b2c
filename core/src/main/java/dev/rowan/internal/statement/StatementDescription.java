package dev.rowan.internal.statement;

import dev.rowan.observe.ObservedServer;
import dev.rowan.observe.ObservedStatement;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What an observer is told of a statement. Not thread-safe. */
final class StatementDescription implements ObservedStatement {

    private final ObservedServer server;
    private final @Nullable Table<?> target;
    private final int batchSize;
    private final int calls;
    private final Supplier<String> sql;
    private @Nullable String operation;
    private @Nullable String summary;
    private @Nullable String text;

    /** @param target null if it has no table, or several */
    StatementDescription(
            ObservedServer server, @Nullable Table<?> target, int batchSize, int calls, Supplier<String> sql) {
        this.server = server;
        this.target = target;
        this.batchSize = batchSize;
        this.calls = calls;
        this.sql = sql;
    }

    @Override
    public String operation() {
        if (operation == null) {
            var words = QueryText.operation(sql.get());
            operation = batchSize > 1 ? "BATCH " + words : words;
        }
        return operation;
    }

    @Override
    public Optional<String> table() {
        return Optional.ofNullable(target).map(Table::getName);
    }

    @Override
    public String summary() {
        if (summary == null) {
            summary = target == null ? operation() : operation() + " " + target.getName();
        }
        return summary;
    }

    @Override
    public String text() {
        if (text == null) {
            text = QueryText.withoutValues(sql.get());
        }
        return text;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public int calls() {
        return calls;
    }

    @Override
    public ObservedServer server() {
        return server;
    }
}
