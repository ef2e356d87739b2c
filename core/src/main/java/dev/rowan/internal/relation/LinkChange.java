package dev.rowan.internal.relation;

import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.LoadedRelations;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.RelatedRows;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * A change of the links of one record through a link table.
 *
 * @param path the path through the link table
 * @param rows the rows at its other end, without duplicates
 */
public record LinkChange(Mode mode, RelationPath<?, ?> path, KeyedRecord<?> record, List<KeyedRecord<?>> rows) {

    /** What a change says of the links. */
    public enum Mode {
        /** The record is linked to the rows, and to no others. */
        SET,
        /** The record is linked to the rows; its other links stay. */
        ADD,
        /** The record is not linked to the rows; its other links stay. */
        REMOVE;

        /** Returns the name of the call. */
        public String verb() {
            return switch (this) {
                case SET -> "set";
                case ADD -> "add";
                case REMOVE -> "remove";
            };
        }
    }

    /** Returns the same change with other rows. */
    public LinkChange with(List<KeyedRecord<?>> others) {
        return new LinkChange(mode, path, record, others);
    }

    /** Returns whether the change says that the record is linked to its rows. */
    public boolean links() {
        return mode != Mode.REMOVE;
    }

    /** Returns whether the change says whether a record and a row are linked, from this side or from the other. */
    @SuppressWarnings("ReferenceEquality") // records are compared by identity
    public boolean decides(LinkChange other, KeyedRecord<?> row) {
        if (!path.links().equals(other.path.links())) {
            return false;
        }
        var isSameSide = path.far().equals(other.path.far());
        if (record != (isSameSide ? other.record : row)) {
            return false;
        }
        var end = isSameSide ? row : other.record;
        return mode == Mode.SET || rows.stream().anyMatch(each -> each == end);
    }

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
     * Changes the loaded rows of the record accordingly, if it is new or its rows were loaded, and those that were
     * loaded for the rows along the inverse path. The undo log can undo that.
     */
    public void setLoaded(UndoLog undo) {
        var before = loaded(record, path);
        if (before != null || RecordAccess.isNew(record)) {
            var known = before == null ? List.<KeyedRecord<?>>of() : before;
            put(record, path, mode == Mode.SET ? rows : changed(known, rows, path.onwardKey()), undo);
        }
        if (mode == Mode.SET && before != null) {
            var unlinked = before.stream()
                    .filter(row -> rows.stream().noneMatch(each -> isSame(each, row, path.onwardKey())))
                    .toList();
            new LinkChange(Mode.REMOVE, path, record, unlinked).setLoadedOfRows(undo);
        }
        setLoadedOfRows(undo);
    }

    private void setLoadedOfRows(UndoLog undo) {
        for (var row : rows) {
            for (var inverse : RecordState.loadedRelations(row).paths()) {
                if (inverse instanceof RelationPath<?, ?> other && other.isInverseOf(path)) {
                    var before = Objects.requireNonNull(loaded(row, other));
                    put(row, other, changed(before, List.of(record), path.near()), undo);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // the rows of a path through a link table are a list of records
    private static @Nullable List<KeyedRecord<?>> loaded(KeyedRecord<?> of, RelationPath<?, ?> along) {
        return (List<KeyedRecord<?>>) RecordState.loadedRelations(of).find(along);
    }

    private static void put(KeyedRecord<?> of, RelationPath<?, ?> along, List<KeyedRecord<?>> rows, UndoLog undo) {
        LoadedRelations relations = RecordState.loadedRelations(of);
        var before = relations.find(along);
        undo.add(() -> RecordState.loadedRelations(of).put(along, before));
        relations.put(along, new RelatedRows<>(along.name(), rows));
    }

    private List<KeyedRecord<?>> changed(
            List<KeyedRecord<?>> before, List<KeyedRecord<?>> changed, List<? extends TableField<?, ?>> key) {
        var after = new ArrayList<>(before);
        for (var row : changed) {
            if (!links()) {
                after.removeIf(each -> isSame(each, row, key));
            } else if (after.stream().noneMatch(each -> isSame(each, row, key))) {
                after.add(row);
            }
        }
        return after;
    }

    /** Returns whether two records are of one row. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(KeyedRecord<?> one, KeyedRecord<?> other, List<? extends TableField<?, ?>> key) {
        return one == other
                || (!RecordAccess.isNew(one)
                        && !RecordAccess.isNew(other)
                        && key.stream().allMatch(field -> isEqual(one.get(field), other.get(field))));
    }

    private static boolean isEqual(@Nullable Object one, @Nullable Object other) {
        return one != null && other != null && KeyValues.comparable(one).equals(KeyValues.comparable(other));
    }
}
