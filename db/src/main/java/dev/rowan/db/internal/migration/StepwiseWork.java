package dev.rowan.db.internal.migration;

import java.util.List;

/** Applies changesets one by one. */
@FunctionalInterface
public interface StepwiseWork {

    /** Works on these changesets, which are those of an update, in its order. */
    void run(List<PendingChangeset> changesets) throws Exception;
}
