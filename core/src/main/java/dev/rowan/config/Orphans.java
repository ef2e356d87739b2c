package dev.rowan.config;

/** What happens to the rows that are no longer among those of a record, see {@link dev.rowan.ToMany#set}. */
public enum Orphans {

    /** They stay, and refer to no record: their foreign key is NULL. */
    CLEAR,

    /** They are deleted. */
    DELETE
}
