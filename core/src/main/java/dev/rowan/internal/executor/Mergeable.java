package dev.rowan.internal.executor;

import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kind of call that can be merged with others: all have the same text and differ in their values alone. */
public interface Mergeable<T> {

    /** Returns what calls share that can be merged; null if this one cannot be. */
    @Nullable Object shape(SqlCommand<T> call);

    /** Returns the verb of the calls. */
    StatementKind verb();

    /** Returns how many of so many waiting calls are merged into one statement. */
    int batchSize(int waiting);

    /** Returns the call as one that another thread can run: what may fail for its values alone has been done. */
    default SqlCommand<T> prepared(SqlCommand<T> call) {
        return call;
    }

    /**
     * Runs calls as one, and gives each its answer, once that is certain. A call that has none afterwards is run alone.
     *
     * @param calls asked once, when there is a connection: calls that arrive until then are included
     */
    void run(MergeExecutor executor, Supplier<List<MergedCall<T>>> calls);
}
