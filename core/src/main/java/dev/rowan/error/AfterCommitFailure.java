package dev.rowan.error;

/**
 * An action that was to run after a commit, and failed: its cause is what the action threw. The transaction is committed,
 * and the other actions were run. Never run the transaction again for it; do what the action was to do.
 */
public final class AfterCommitFailure extends DatabaseException {

    /** Makes the error; what further actions threw is suppressed in its cause. */
    public AfterCommitFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
