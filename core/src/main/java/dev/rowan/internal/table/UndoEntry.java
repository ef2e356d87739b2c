package dev.rowan.internal.table;

/**
 * What takes a change of a record back.
 *
 * @param made when the change was made, by the JVM's own clock: nothing tells a relation which transaction it is in
 */
record UndoEntry(Runnable change, long made) {

    /** Makes what takes back a change that is made now. */
    UndoEntry(Runnable change) {
        this(change, System.nanoTime());
    }

    boolean isSince(long time) {
        return made - time >= 0;
    }
}
