package dev.rowan.internal.unitofwork;

import dev.rowan.error.NotFound;
import dev.rowan.error.StaleRecord;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.internal.write.BatchInsert;
import dev.rowan.internal.write.BatchRecordWriter;
import dev.rowan.internal.write.RecordWriter;
import dev.rowan.internal.write.RowCheck;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The records of one table in a session: one for each row, by its primary key as the database gave it; those that are to
 * be inserted, and those to be deleted. Not thread-safe.
 */
final class TrackedTable<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final List<TableField<R, ?>> key;
    private final boolean equalInJava;
    private final RecordWriter<R> one;
    private final BatchRecordWriter<R> many;
    private final AtomicBoolean open;
    private final UndoLog undo;

    private final Map<Object, R> rows = new HashMap<>();
    private final Set<R> added = new IdentitySet<>();
    private final Set<R> deleted = new IdentitySet<>();
    private final Set<R> stale = new IdentitySet<>();

    /** New rows that were to be deleted: what refers to them does not bring them back. */
    private final Set<R> forgotten = new IdentitySet<>();

    /**
     * @param open whether the session that has them is
     * @param undo takes what is to be undone with the writes
     */
    TrackedTable(TableMapping<R> mapping, AtomicBoolean open, UndoLog undo) {
        this.mapping = mapping;
        this.key = TableMapping.primaryKey(mapping.table());
        this.equalInJava = KeyValues.areEqualInJava(key);
        this.one = new RecordWriter<>(mapping);
        this.many = new BatchRecordWriter<>(mapping, one);
        this.open = open;
        this.undo = undo;
    }

    Table<R> table() {
        return mapping.table();
    }

    /** Returns the record of the row that was just read into this one; it takes what was read, unless it was modified. */
    R known(KeyedRecord<?> row) {
        var read = own(row);
        var mine = rows.putIfAbsent(key(read), read);
        if (mine == null) {
            RecordAccess.attachTo(read, open);
            return read;
        }
        if (!isModified(mine)) {
            if (stale.contains(mine) || !isOlder(read, mine)) {
                renew(mine, read);
            }
        } else if (stale.contains(mine)) {
            undo.add(mine);
            RecordAccess.refreshUnmodified(mine, read);
        }
        stale.remove(mine);
        return mine;
    }

    /** A read without a lock may see the row as it was before one with a lock did. */
    private boolean isOlder(R read, R mine) {
        var version = mapping.version();
        return version != null
                && read.original(version) instanceof Number before
                && mine.original(version) instanceof Number known
                && before.longValue() < known.longValue();
    }

    private void renew(R mine, R read) {
        if (RecordAccess.hasValuesOf(mine, read)) {
            return;
        }
        undo.add(mine);
        RecordAccess.copyFrom(mine, read);
    }

    /** Forgets which row a record stands for, which is about to learn of a write. */
    void leave(KeyedRecord<?> row) {
        var record = own(row);
        stale.remove(record);
        if (!one.isStored(record)) {
            return;
        }
        var of = originalKey(record);
        if (!isSame(rows.get(of), record)) {
            return;
        }
        rows.remove(of);
        undo.add(() -> rows.put(of, record));
    }

    /**
     * Takes up a record that has learned of a write; one that was deleted stands for no row, nor does one without its key.
     *
     * @param inserted whether the row is new: that of another record with its key is no more
     */
    void settle(KeyedRecord<?> row, boolean inserted) {
        var record = own(row);
        if (!one.isStored(record)) {
            return;
        }
        added.remove(record);
        RecordAccess.attachTo(record, open);
        var of = originalKey(record);
        var before = inserted ? rows.put(of, record) : rows.putIfAbsent(of, record);
        if (before == null) {
            undo.add(() -> rows.remove(of));
        } else if (inserted && !isSame(before, record)) {
            undo.add(() -> rows.put(of, before));
        }
    }

    /** @throws IllegalArgumentException if the session has another record of the same row */
    private boolean join(R record) {
        one.requireKey(record);
        requireFree(record);
        var of = originalKey(record);
        var mine = rows.putIfAbsent(of, record);
        if (mine == null) {
            RecordAccess.attachTo(record, open);
            undo.add(() -> rows.remove(of));
            undo.add(record);
            return true;
        }
        if (!isSame(mine, record)) {
            throw new IllegalArgumentException("The session has another record of this row of " + table().getName()
                    + ", and a row is one record. Change that one: a read in the session returns it.");
        }
        return false;
    }

    /** @throws IllegalStateException if another session has the record */
    void requireFree(KeyedRecord<?> record) {
        if (RecordAccess.isAttachedToOther(record, open)) {
            throw new IllegalStateException("Another session that is open has this record of " + table().getName()
                    + ", and writes it. Add it here when that session has ended, or read the row again here.");
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable Object one, Object other) {
        return one == other;
    }

    private Object key(R record) {
        return key(record::get);
    }

    private Object originalKey(R record) {
        return key(record::original);
    }

    private Object key(Function<TableField<R, ?>, Object> value) {
        if (key.size() == 1) {
            return KeyValues.comparable(value.apply(key.getFirst()));
        }
        return key.stream()
                .map(field -> KeyValues.comparable(value.apply(field)))
                .toList();
    }

    /** Reads the row of the record again. */
    void refresh(KeyedRecord<?> row, Executor executor) {
        var record = own(row);
        join(record);
        undo.add(record);
        // before the statement, or it would be written first where that is asked for
        RecordAccess.discardChanges(record);
        var text = mapping.text("find", () -> mapping.dsl().selectFrom(table()).where(TableMapping.equal(key)));
        var binds = new BindValues();
        for (var field : key) {
            binds.add(mapping.codec(field), record.original(field));
        }
        var read = executor.run(SqlCommand.query(table(), text, binds, mapping::readFirst))
                .orElseThrow(() -> new NotFound("The row of this record of " + table().getName() + " is no more."));
        RecordAccess.copyFrom(record, read);
        RecordAccess.clearLoadedRelations(record);
        stale.remove(record);
    }

    /** Has the record written with the rest, and says whether it was not to be already. */
    boolean add(KeyedRecord<?> row) {
        var record = own(row);
        if (deleted.remove(record)) {
            return false;
        }
        if (!RecordAccess.isNew(record)) {
            return join(record);
        }
        requireFree(record);
        if (!added.add(record)) {
            return false;
        }
        RecordAccess.attachTo(record, open);
        forgotten.remove(record);
        undo.add(record);
        return true;
    }

    /** Does so for one that another is tied to. */
    boolean adopt(KeyedRecord<?> row) {
        return !forgotten.contains(row) && add(row);
    }

    /** Returns the new rows that the record is tied to: those that it refers to, and those under it. */
    List<KeyedRecord<?>> tied(KeyedRecord<?> record) {
        var references = RecordAccess.pendingReferences(record);
        if (references == null) {
            return List.of();
        }
        var tied = new ArrayList<KeyedRecord<?>>();
        for (var row : references.targets()) {
            if (RecordAccess.isNew(row)) {
                tied.add(row);
            }
        }
        if (references.children().isEmpty()) {
            return tied;
        }
        undo.add(record);
        tied.addAll(references.takeChildren());
        return tied;
    }

    /** Returns the new rows that the records are tied to. */
    List<KeyedRecord<?>> tied() {
        var tied = new ArrayList<KeyedRecord<?>>();
        for (var record : added) {
            tied.addAll(tied(record));
        }
        for (var record : rows.values()) {
            if (RecordAccess.pendingReferences(record) != null) {
                tied.addAll(tied(record));
            }
        }
        return tied;
    }

    /** Returns the records that are tied to others. */
    List<R> linked() {
        var linked = new ArrayList<R>();
        for (var record : added) {
            if (RecordAccess.pendingReferences(record) != null) {
                linked.add(record);
            }
        }
        for (var record : rows.values()) {
            if (RecordAccess.pendingReferences(record) != null) {
                linked.add(record);
            }
        }
        return linked;
    }

    /** Has the row of the record deleted with the rest; one that was yet to be inserted is forgotten. */
    void delete(KeyedRecord<?> row) {
        var record = own(row);
        if (added.remove(record)) {
            forgotten.add(record);
            return;
        }
        join(record);
        deleted.add(record);
    }

    /** Says whether there is nothing to write. */
    boolean isClean() {
        return added.isEmpty() && deleted.isEmpty() && modified().isEmpty();
    }

    /** Returns those that are to be inserted. */
    Set<R> added() {
        return added;
    }

    /** Returns those that are to be deleted. */
    Set<R> deleted() {
        return deleted;
    }

    /** Returns those that are to be updated. */
    List<R> modified() {
        var modified = new ArrayList<R>();
        for (var record : rows.values()) {
            if (isModified(record) && !deleted.contains(record)) {
                modified.add(record);
            }
        }
        return modified;
    }

    private static boolean isModified(KeyedRecord<?> record) {
        return (record.touched() && record.modified())
                || RecordAccess.hasUnresolvedReferences(record)
                || !RecordAccess.expressions(record).isEmpty();
    }

    /** Inserts these of the rows, whose foreign keys can be known by now. */
    void insert(Collection<? extends KeyedRecord<?>> of, Executor executor) {
        var records = of.stream().filter(added::contains).map(this::own).toList();
        if (records.isEmpty()) {
            return;
        }
        records.forEach(this::resolve);
        RowCheck.each(records, one::prepareInsert);
        if (records.size() == 1) {
            one.insert(records.getFirst(), executor);
        } else {
            new BatchInsert<>(mapping).insert(records, executor);
        }
    }

    void updateModified(Executor executor) {
        update(modified(), executor);
    }

    private void update(List<R> records, Executor executor) {
        if (records.isEmpty()) {
            return;
        }
        records.forEach(this::resolve);
        if (records.size() == 1) {
            writing(records, () -> one.update(records.getFirst(), executor));
        } else {
            writing(records, () -> many.update(records, executor));
        }
    }

    /** Deletes these of the rows. */
    void delete(Collection<? extends KeyedRecord<?>> of, Executor executor) {
        var records = of.stream().filter(deleted::contains).map(this::own).toList();
        if (records.isEmpty()) {
            return;
        }
        if (records.size() == 1) {
            writing(records, () -> one.delete(records.getFirst(), executor));
        } else {
            writing(records, () -> many.delete(records, executor));
        }
    }

    /** Says of stale records where the session itself may have written to their rows. */
    private void writing(List<R> records, Runnable write) {
        try {
            write.run();
        } catch (StaleRecord e) {
            if (records.stream().noneMatch(stale::contains)) {
                throw e;
            }
            throw new StaleRecord(
                    e.getMessage() + " It may have been this session itself, which wrote to the table by a condition or"
                            + " by dsl(): a read after that renews the records.",
                    e.table());
        }
    }

    private void resolve(R record) {
        var references = RecordAccess.pendingReferences(record);
        if (references == null || !references.hasUnresolved()) {
            return;
        }
        undo.add(record);
        references.resolve();
    }

    /** Takes note that all is written. */
    void flushed() {
        added.clear();
        deleted.clear();
        forgotten.clear();
        for (var record : rows.values()) {
            if (RecordAccess.pendingReferences(record) == null) {
                continue;
            }
            undo.add(record);
            RecordAccess.clearPendingReferences(record);
        }
    }

    /** Has the records say what is stored: what was not written is not to be. */
    void rolledBack() {
        added.clear();
        deleted.clear();
        forgotten.clear();
        for (var record : rows.values()) {
            if (RecordAccess.pendingReferences(record) != null || isModified(record)) {
                RecordAccess.discardChanges(record);
            }
        }
        overwritten();
    }

    /** Writes the record of the row with this key, as far as Java can tell which it is, and takes it for stale. */
    void overwrite(List<Object> values, Executor executor) {
        if (!equalInJava) {
            update(modified(), executor);
            overwritten();
            return;
        }
        var record = rows.get(
                values.size() == 1
                        ? KeyValues.comparable(values.getFirst())
                        : values.stream().map(KeyValues::comparable).toList());
        if (record != null) {
            overwrite(record, executor);
        }
    }

    /** Writes the session's record of the row that another record stands for too, and takes it for stale. */
    void overwriteBy(KeyedRecord<?> row, Executor executor) {
        var other = own(row);
        var record = one.isStored(other) ? rows.get(originalKey(other)) : null;
        if (record != null && !isSame(record, other)) {
            overwrite(record, executor);
        }
    }

    private void overwrite(R record, Executor executor) {
        if (isModified(record)) {
            update(List.of(record), executor);
        }
        stale.add(record);
    }

    /** Takes all records for stale: the next read of their rows is what they go on from. */
    void overwritten() {
        stale.addAll(rows.values());
    }

    @SuppressWarnings("unchecked") // the records of a table are of its own type
    private R own(KeyedRecord<?> row) {
        return (R) row;
    }
}
