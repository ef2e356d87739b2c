package dev.rowan.internal.table;

import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of records that a transaction made, with the actions that undo them. After a rollback the records are as
 * they were before it, so that another attempt starts from the same state. Not thread-safe.
 */
public final class UndoLog {

    private final List<UndoEntry> entries = new ArrayList<>();
    private final long begin = UndoEntry.mark();

    /** Saves the state of a record that is about to be marked as written, and the earlier changes of its references. */
    public void add(KeyedRecord<?> record) {
        addReferenceChanges(record);
        add(RecordAccess.snapshot(record));
    }

    /** Takes over the undo of changes of the record's references, if they were made in this transaction. */
    public void addReferenceChanges(KeyedRecord<?> record) {
        var references = RecordState.pendingReferences(record);
        if (references == null) {
            return;
        }
        for (var entry : references.takeUndo()) {
            if (entry.isSince(begin)) {
                entries.add(entry);
            }
        }
    }

    /** Adds an action that a rollback runs. */
    public void add(Runnable undo) {
        entries.add(new UndoEntry(undo));
    }

    /** Returns the number of entries, which is a position to roll back to. */
    public int size() {
        return entries.size();
    }

    /** Undoes all changes, the last first. */
    public void rollBack() {
        rollBackTo(0, begin);
    }

    /**
     * Undoes the changes from a position on, the last first. Entries that were added after the position, but whose
     * changes were made before the mark, stay in the log.
     *
     * @param position the {@link #size()} at the savepoint
     * @param mark the {@link UndoEntry#mark()} at the savepoint
     */
    public void rollBackTo(int position, long mark) {
        var added = entries.subList(position, entries.size());
        var undone = new ArrayList<>(added);
        added.clear();
        for (var entry : undone.reversed()) {
            if (entry.isSince(mark)) {
                entry.change().run();
            }
        }
        for (var entry : undone) {
            if (!entry.isSince(mark)) {
                entries.add(entry);
            }
        }
    }
}
