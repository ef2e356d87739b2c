package dev.rowan.internal.executor;

import dev.rowan.internal.statement.SqlCommand;

/**
 * A call that is run with others in one statement. Not thread-safe: only the thread that runs the statement may use it.
 */
public interface MergedCall<T> {

    /** Returns the caller's own command. */
    SqlCommand<T> call();

    /** Gives the caller its answer. */
    void answer(T answer);

    /** Leaves the call out of the statement: it is run alone, whether the statement succeeds or fails. */
    void leaveOut();
}
