package dev.rowan.internal.executor;

import dev.rowan.internal.statement.SqlCommand;

/** A call that waits to be run with others in one statement. Not thread-safe: the thread that runs the statement has it. */
public interface MergedCall<T> {

    SqlCommand<T> call();

    /** Gives the caller its answer. */
    void answer(T answer);

    /** Leaves the call out of the statement: its caller runs it alone, whatever comes of the others. */
    void leaveOut();
}
