package dev.rowan.internal.table;

import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The records that a transaction wrote, each as it was before: if the write is undone, so is what the record learned of
 * it, and an attempt to write it again finds it as the first one did. Not thread-safe.
 */
public final class UndoLog {

    private final List<UndoEntry> before = new ArrayList<>();
    private final long begin = UndoEntry.mark();

    /** Remembers a record as it is now, before it learns of a write, and how it was before it was tied to others. */
    public void add(KeyedRecord<?> record) {
        addTies(record);
        add(RecordAccess.remember(record));
    }

    /** Remembers how a record was before it was tied to others, if that was in this transaction. */
    public void addTies(KeyedRecord<?> record) {
        var links = RecordAccess.links(record);
        if (links == null) {
            return;
        }
        for (var undo : links.takeUndo()) {
            if (undo.isSince(begin)) {
                before.add(undo);
            }
        }
    }

    /** Takes what else is to be undone with the writes. */
    public void add(Runnable undo) {
        before.add(new UndoEntry(undo));
    }

    public int size() {
        return before.size();
    }

    /** Sets all records back, the last first. */
    public void setBack() {
        setBack(0, begin);
    }

    /** Sets the records back that were written after so many writes, the last first; ties from before the mark stay. */
    public void setBack(int writes, long mark) {
        var undone = new ArrayList<>(before.subList(writes, before.size()));
        before.subList(writes, before.size()).clear();
        for (var undo : undone.reversed()) {
            if (undo.isSince(mark)) {
                undo.change().run();
            }
        }
        for (var undo : undone) {
            if (!undo.isSince(mark)) {
                before.add(undo);
            }
        }
    }
}
