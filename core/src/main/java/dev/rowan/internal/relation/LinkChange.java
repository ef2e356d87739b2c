package dev.rowan.internal.relation;

import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.record.KeyedRecord;
import java.util.List;

/**
 * The rows that one record is to be linked to by a way through a link table, none but them.
 *
 * @param rows each record once
 */
public record LinkChange(RelationPath<?, ?> path, KeyedRecord<?> record, List<KeyedRecord<?>> rows) {

    /** Checks the keys. @throws IllegalArgumentException if the record or a row has no key, and is not to get one by being inserted */
    public void requireKeys() {
        if (!RecordAccess.isNew(record)) {
            PendingReferences.requireKey(path.name(), record, path.near());
        }
        for (var row : rows) {
            if (!RecordAccess.isNew(row)) {
                PendingReferences.requireKey(path.name(), row, path.onwardKey());
            }
        }
    }

    /** Has the record's loaded rows be these, if they were loaded or it has none yet; what undoes it goes to the undo. */
    public void show(UndoLog undo) {
        var before = RecordAccess.loads(record).find(path);
        if (before == null && !RecordAccess.isNew(record)) {
            return;
        }
        undo.add(() -> RecordAccess.loads(record).put(path, before));
        RecordAccess.loads(record).put(path, rows);
    }
}
