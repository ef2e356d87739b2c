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
public record LinkChange(RelationPath<?, ?> way, KeyedRecord<?> record, List<KeyedRecord<?>> rows) {

    /** Checks the keys. @throws IllegalArgumentException if the record or a row has no key, and is not to get one by being inserted */
    public void requireKeys() {
        if (!RecordAccess.isNew(record)) {
            PendingReferences.requireKey(way.name(), record, way.near());
        }
        for (var row : rows) {
            if (!RecordAccess.isNew(row)) {
                PendingReferences.requireKey(way.name(), row, way.onwardKey());
            }
        }
    }

    /** Has the record's loaded rows be these, if they were loaded or it has none yet; what undoes it goes to the undo. */
    public void show(UndoLog undo) {
        var before = RecordAccess.loads(record).find(way);
        if (before == null && !RecordAccess.isNew(record)) {
            return;
        }
        undo.add(() -> RecordAccess.loads(record).put(way, before));
        RecordAccess.loads(record).put(way, rows);
    }
}
