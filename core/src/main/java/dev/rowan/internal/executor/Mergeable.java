package dev.rowan.internal.executor;

import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kind of call that can be merged: all calls have the same SQL and differ only in their bind values. */
public interface Mergeable<T> {

    /**
     * Returns the key that is equal for calls that can be merged with each other; null if the call cannot be merged.
     */
    @Nullable Object shape(SqlCommand<T> call);

    /** Returns the kind of the calls' statements. */
    StatementKind statementKind();

    /** Returns how many of the waiting calls are merged into one statement. */
    int batchSize(int waiting);

    /**
     * Prepares a call to be run by another thread: converts its values, so that a failure is thrown to its own caller.
     */
    default SqlCommand<T> prepared(SqlCommand<T> call) {
        return call;
    }

    /**
     * Runs merged calls as one statement, and answers each when its result is final. A call without an answer is run
     * alone afterwards.
     *
     * @param calls is asked exactly once, when a connection is available: calls that arrive until then are included
     */
    void run(MergeExecutor executor, Supplier<List<MergedCall<T>>> calls);
}
