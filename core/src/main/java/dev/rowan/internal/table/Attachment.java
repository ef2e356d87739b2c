package dev.rowan.internal.table;

import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import java.util.Set;

/**
 * What attaches records to a session: they tell it here when their references change. Whether the session is open may
 * be asked by any thread; all else belongs to the thread of the session.
 */
public final class Attachment {

    private final Set<KeyedRecord<?>> referring = new IdentitySet<>();
    private volatile boolean open = true;
    private long writes;

    /** Returns whether the session is open. */
    public boolean isOpen() {
        return open;
    }

    /** Detaches all records: another session may attach them. */
    public void close() {
        open = false;
        referring.clear();
    }

    /**
     * Notes that the session has written something, which may have changed any row: by foreign keys, or by triggers.
     */
    public void addWrite() {
        writes++;
    }

    /** Returns how often the session has written something. */
    long writes() {
        return writes;
    }

    /** Notes that an attached record has references, or rows that were added under it, which are not written. */
    void addReferring(KeyedRecord<?> record) {
        if (open) {
            referring.add(record);
        }
    }

    /** Returns the attached records that have references, or rows that were added under them, which are not written. */
    public List<KeyedRecord<?>> referring() {
        referring.removeIf(record -> RecordState.pendingReferences(record) == null);
        return List.copyOf(referring);
    }
}
