package dev.rowan.internal.flush;

import java.util.Set;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * One change has to come before another.
 *
 * @param sharesStatement whether one statement may make both, if it writes its rows in this order
 * @param split the way to do without this dependency; null if there is none
 */
record Dependency(
        Change first,
        Change second,
        boolean sharesStatement,
        @Nullable Split split) {

    /**
     * A way to do without a dependency: one of its changes is made in two steps.
     *
     * @param columns those that are written by a step of their own
     */
    record Split(Way way, Change change, Set<Field<?>> columns) {}

    /** How a change is split, the best first. */
    enum Way {
        /** The change may be left out: the database makes it by itself. */
        SKIP,
        /** Columns of a stored row are set to NULL first. */
        CLEAR,
        /** Columns of a row are written afterwards, by an update. */
        COMPLETE,
        /** Columns of a stored row are set to a placeholder first. */
        PLACEHOLDER,
        /** The dependency may not be needed: the database decides. */
        WAIVE
    }
}
