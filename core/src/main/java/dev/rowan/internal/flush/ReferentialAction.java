package dev.rowan.internal.flush;

import org.jooq.ForeignKey;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jspecify.annotations.Nullable;

/** What the database itself does with the rows that refer to one that is updated or deleted. */
public final class ReferentialAction {

    private ReferentialAction() {}

    /**
     * Returns whether the database changes or deletes the rows that refer by a foreign key to a row. It does not update
     * the table that it updates already.
     */
    public static boolean of(ForeignKey<?, ?> key, boolean isDeleted) {
        var isSelf = key.getTable().equals(key.getKey().getTable());
        return isDeleted ? is(key.getDeleteRule()) : !isSelf && is(key.getUpdateRule());
    }

    static boolean is(@Nullable ForeignKeyRule rule) {
        return rule == ForeignKeyRule.CASCADE || rule == ForeignKeyRule.SET_NULL;
    }
}
