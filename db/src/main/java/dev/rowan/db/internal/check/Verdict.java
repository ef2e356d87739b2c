package dev.rowan.db.internal.check;

/** What a statement costs those who use its table meanwhile. */
public enum Verdict {
    NEW,
    INSTANT,
    ONLINE,
    REBUILD,
    BLOCKS_WRITES,
    NOT_JUDGED
}
