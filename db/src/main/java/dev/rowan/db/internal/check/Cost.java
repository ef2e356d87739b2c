package dev.rowan.db.internal.check;

/**
 * What a statement of a changeset costs.
 *
 * @param changeset the name of the changeset
 * @param statement how the statement begins, without literals
 * @param reason why; empty if there is nothing to say
 * @param accepted the reason for which the author accepts that it blocks writes; empty if that is not accepted
 */
public record Cost(String changeset, String statement, Verdict verdict, String reason, String accepted) {

    /** Returns whether it blocks writes, and nobody accepts that. */
    boolean isTooHigh() {
        return verdict == Verdict.BLOCKS_WRITES && accepted.isEmpty();
    }
}
