package dev.rowan.db.internal.check;

import dev.rowan.db.internal.migration.ChangelogFailure;
import dev.rowan.db.internal.migration.ChangelogRunner;
import org.jspecify.annotations.Nullable;

/** Empty databases, each for one run of the changelog. */
@FunctionalInterface
public interface Databases {

    /** How their names begin. */
    String PREFIX = "rowan_check_";

    /** Makes a database, works in it, and drops it. */
    void use(Work work) throws ChangelogFailure;

    /** Returns a text without the names of these databases before those of tables: they say nothing to people. */
    static String withoutNames(@Nullable String text) {
        return String.valueOf(text).replaceAll("`?" + PREFIX + "\\w+`?\\.", "");
    }

    /** What is done in a database. */
    @FunctionalInterface
    interface Work {

        /** Works with a runner for that database. */
        void run(ChangelogRunner changelog) throws ChangelogFailure;
    }
}
