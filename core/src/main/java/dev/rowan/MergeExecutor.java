package dev.rowan;

import java.util.function.Supplier;

/** Runs the statement of several merged calls, on a connection of the pool. Thread-safe. */
interface MergeExecutor extends Channel {

    /** Runs one statement, which is made when there is a connection for it; it is not retried. */
    <T> T runUnretried(Supplier<Call<T>> call);
}
