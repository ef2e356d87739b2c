package dev.rowan.internal.executor;

import dev.rowan.internal.statement.SqlCommand;
import java.util.function.Supplier;

/** Runs the statement of several merged calls, on a connection of the pool. Thread-safe. */
public interface MergeExecutor extends Executor {

    /** Runs one statement, which is made when there is a connection for it; it is not retried. */
    <T> T runWithoutRetry(Supplier<SqlCommand<T>> call);
}
