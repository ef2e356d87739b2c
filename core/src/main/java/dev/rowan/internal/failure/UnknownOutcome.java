package dev.rowan.internal.failure;

import dev.rowan.error.CommitOutcomeUnknown;

/** Makes the errors of writes whose answer was lost: the server may or may not have applied them. */
public final class UnknownOutcome {

    private UnknownOutcome() {}

    /** Returns the error of a write in autocommit that lost its connection. */
    public static CommitOutcomeUnknown ofWrite(Throwable failure) {
        var what = Thread.currentThread().isInterrupted()
                ? "The thread was interrupted, which closed its connection, during a write"
                : "The connection was lost during a write";
        return unknown(what + ": the write may or may not have been applied.", failure);
    }

    /** Returns the error of a transaction that lost its connection during COMMIT. */
    public static CommitOutcomeUnknown ofCommit(Throwable failure) {
        return unknown(
                "The connection was lost during COMMIT: the transaction may or may not have been committed.", failure);
    }

    private static CommitOutcomeUnknown unknown(String message, Throwable failure) {
        return new CommitOutcomeUnknown(
                message + " Check the rows that it writes before you run it again.", failure.getCause());
    }
}
