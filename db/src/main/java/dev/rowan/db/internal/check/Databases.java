package dev.rowan.db.internal.check;

import dev.rowan.db.internal.migration.ChangelogFailure;
import dev.rowan.db.internal.migration.ChangelogRunner;

/** Empty databases, each for one run of the changelog. */
@FunctionalInterface
public interface Databases {

    /** Makes a database, works in it, and drops it. */
    void use(Work work) throws ChangelogFailure;

    /** What is done in a database. */
    @FunctionalInterface
    interface Work {

        /** Works with a runner for that database. */
        void run(ChangelogRunner changelog) throws ChangelogFailure;
    }
}
