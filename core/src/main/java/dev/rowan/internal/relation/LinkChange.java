package dev.rowan.internal.relation;

import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RelatedRows;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.record.KeyedRecord;
import java.util.List;

/**
 * A change of the links of one record: the rows that a link table is to link it to, and no others.
 *
 * @param path the path through the link table
 * @param rows the linked rows, without duplicates
 */
public record LinkChange(RelationPath<?, ?> path, KeyedRecord<?> record, List<KeyedRecord<?>> rows) {

    /**
     * Checks the keys.
     *
     * @throws IllegalArgumentException if the record or a row is stored, and was read without its key
     */
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

    /**
     * Makes the rows the loaded rows of the record, if it is new or its rows were loaded; the undo log can undo that.
     */
    public void setLoaded(UndoLog undo) {
        var before = RecordAccess.loadedRelations(record).find(path);
        if (before == null && !RecordAccess.isNew(record)) {
            return;
        }
        undo.add(() -> RecordAccess.loadedRelations(record).put(path, before));
        RecordAccess.loadedRelations(record).put(path, new RelatedRows<>(path.name(), rows));
    }
}
