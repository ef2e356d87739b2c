package dev.rowan.config;

/**
 * Which concurrent calls of repositories are merged into one statement (request coalescing). One statement for several
 * calls costs the server and the driver little more than a statement for one call.
 *
 * <p>A call that arrives when nothing is in flight runs immediately. Calls of the same kind that arrive while a
 * statement is in flight are queued; when it finishes, the queue is sent as one statement. Each caller receives its own
 * result or exception: if a merged statement fails, its calls are run again in smaller groups. A read sees everything
 * that was committed before it was called.
 *
 * <p>Only calls of repositories that are bound to a {@link dev.rowan.Database} are merged, never those in a
 * transaction; and only if the database has no ExecuteListener, which would be notified of the calls of others. Over a
 * DataSource, they are if the options say so: {@link DataSourceOptions#withMerging}.
 */
public enum Merging {

    /** Each call is a statement of its own. */
    NONE(false, false),

    /**
     * {@link dev.rowan.Repository#find} and {@link dev.rowan.Repository#get} by keys that Java compares like the
     * database: numbers, UUIDs and dates, but not text. The default.
     */
    READS(true, false),

    /** The single-row writes that {@link #ALL} merges, and no reads. */
    WRITES(false, true),

    /**
     * Reads, and the single-row writes {@link dev.rowan.Repository#insert}, {@link dev.rowan.Repository#update(Object,
     * java.util.function.Consumer)} and {@link dev.rowan.Repository#delete(Object)}. Writes of the same kind and the
     * same columns share one commit. Only in transactional tables without triggers. A write that waits for a lock may
     * delay the writes that it was merged with.
     */
    ALL(true, true);

    private final boolean reads;
    private final boolean writes;

    Merging(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** Returns whether reads by key are merged. */
    public boolean reads() {
        return reads;
    }

    /** Returns whether single-row writes are merged. */
    public boolean writes() {
        return writes;
    }
}
