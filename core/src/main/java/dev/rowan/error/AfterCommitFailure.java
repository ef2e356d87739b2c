package dev.rowan.error;

/**
 * Thrown when an action that runs after a commit fails. The cause is the exception of the action. The transaction is
 * committed, and the other actions have run: do not run the transaction again, but repeat what the action does.
 */
public final class AfterCommitFailure extends DatabaseException {

    /** Creates the error; the exceptions of further actions are suppressed in the cause. */
    public AfterCommitFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
