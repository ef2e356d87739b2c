package dev.rowan.config;

/**
 * Which calls of repositories are merged: those of one kind that wait at the same moment become one statement, which
 * costs the server and the driver little more than one of them alone.
 *
 * <p>Nothing waits for company. A call that comes alone is run at once, as ever; one that comes while others are under
 * way may wait until one of them is done, together with all that came meanwhile. Each has its own answer and its own
 * error: what fails together is run again one by one. A read sees what was committed before it was called.
 *
 * <p>Only calls of repositories that are bound to a {@link dev.rowan.Database} are merged, never those in a transaction; and only
 * for a database that was opened by {@link dev.rowan.Database#open}, without an ExecuteListener, which would hear of the calls of
 * others.
 */
public enum Merging {

    /** Each call is a statement of its own. */
    NONE(false, false),

    /**
     * {@link dev.rowan.Repository#find} and {@link dev.rowan.Repository#get}, where Java tells keys apart as the database does: numbers, UUIDs
     * and dates, not text. The default.
     */
    READS(true, false),

    /** The single writes that {@link #ALL} merges, and no reads. */
    WRITES(false, true),

    /**
     * Reads, and the single writes {@link dev.rowan.Repository#insert}, {@link dev.rowan.Repository#update(Object,
     * java.util.function.Consumer)} and {@link dev.rowan.Repository#delete(Object)} too, each with those of its kind that write the
     * same columns: many durable commits become one. Only in tables that roll back and have no triggers. A write that
     * waits for a lock may have others wait with it.
     */
    ALL(true, true);

    private final boolean reads;
    private final boolean writes;

    Merging(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** Says whether reads by key are merged. */
    public boolean reads() {
        return reads;
    }

    /** Says whether single writes are merged. */
    public boolean writes() {
        return writes;
    }
}
