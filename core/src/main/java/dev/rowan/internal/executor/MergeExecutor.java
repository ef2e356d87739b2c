package dev.rowan.internal.executor;

import dev.rowan.internal.statement.SqlCommand;
import java.util.function.Supplier;

/** Runs the statement that several calls were merged into, on a connection of the pool. Thread-safe. */
public interface MergeExecutor extends Executor {

    /** Runs one statement without retry. It is created when a connection is available. */
    <T> T runWithoutRetry(Supplier<SqlCommand<T>> call);
}
