package dev.rowan.observe;

/** How a transaction ended, after its last attempt. */
public enum TransactionOutcome {
    COMMITTED,
    ROLLED_BACK,
    /** The connection was lost during the commit: {@link dev.rowan.error.CommitOutcomeUnknown}. */
    UNKNOWN
}
