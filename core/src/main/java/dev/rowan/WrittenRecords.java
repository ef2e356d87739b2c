package dev.rowan;

import java.util.ArrayList;
import java.util.List;

/**
 * The records that a transaction wrote, each as it was before: if the write is undone, so is what the record learned of
 * it, and an attempt to write it again finds it as the first one did. Not thread-safe.
 */
final class WrittenRecords {

    private final List<Runnable> before = new ArrayList<>();

    /** Remembers a record as it is now, before it learns of a write. */
    void add(Row<?> record) {
        before.add(record.remember());
    }

    /** Takes what else is to be undone with the writes. */
    void add(Runnable undo) {
        before.add(undo);
    }

    int size() {
        return before.size();
    }

    /** Sets the records back that were written after so many writes, the last first. */
    void setBack(int writes) {
        var undone = before.subList(writes, before.size());
        undone.reversed().forEach(Runnable::run);
        undone.clear();
    }
}
