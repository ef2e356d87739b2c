package dev.rowan.internal.unitofwork;

import dev.rowan.error.NotFound;
import dev.rowan.error.StaleRecord;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.query.KeyLookup;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.Attachment;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.UndoEntry;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.internal.write.RecordWriter;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The records of one table in a unit of work: the {@link IdentityMap} of its stored rows, the records to insert, and
 * those whose rows to delete. {@link ChangeWriter} writes them. Not thread-safe.
 */
final class TrackedTable<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final RecordWriter<R> writer;
    private final ChangeWriter<R> changes;
    private final UndoLog undo;

    private final IdentityMap<R> stored;
    private final Set<R> added = new IdentitySet<>();
    private final Set<R> deleted = new IdentitySet<>();

    /** The positions of the columns of foreign keys and unique keys; those of the primary key are among them. */
    private final BitSet linkingColumns = new BitSet();

    /** Records whose rows were written, but whose keys only the database knows: a change of them is refused. */
    private final Set<R> keyless = new IdentitySet<>();

    /**
     * The records that were deleted, also before they were inserted, each with the position of that call among the
     * calls that set references: the last of them counts.
     */
    private final IdentityHashMap<R, Long> removedAt = new IdentityHashMap<>();

    /**
     * @param session what the records are attached by
     * @param undo takes what a rollback undoes
     */
    TrackedTable(TableMapping<R> mapping, Attachment session, UndoLog undo) {
        this.mapping = mapping;
        this.writer = new RecordWriter<>(mapping);
        this.undo = undo;
        this.stored = new IdentityMap<>(mapping, writer, session, undo);
        this.changes = new ChangeWriter<>(mapping, writer, undo, stored::isStale);
    }

    Table<R> table() {
        return mapping.table();
    }

    /** Returns what writes the changes of this table. */
    ChangeWriter<R> changes() {
        return changes;
    }

    /** Returns the session's record of the row that was just read into this one. */
    R canonical(KeyedRecord<?> read) {
        return stored.canonical(typed(read));
    }

    /** Removes a record from the identity map, as its key or its existence is about to change. */
    void unindex(KeyedRecord<?> written) {
        stored.remove(typed(written));
    }

    /**
     * Puts a record into the identity map under its present key, unless its row was deleted or its key is not known.
     *
     * @param inserted whether the row is new
     */
    void reindex(KeyedRecord<?> written, boolean inserted) {
        var record = typed(written);
        if (!RecordAccess.isNew(record) && added.remove(record)) {
            undo.add(() -> added.add(record));
        }
        if (writer.isStored(record)) {
            keyless.remove(record);
            stored.put(record, inserted);
        } else if (!RecordAccess.isNew(record)) {
            if (keyless.add(record)) {
                undo.add(() -> keyless.remove(record));
            }
        }
    }

    /** @throws IllegalStateException if the record is attached to another open session */
    void requireNotAttachedElsewhere(KeyedRecord<?> record) {
        stored.requireNotAttachedElsewhere(typed(record));
    }

    /**
     * Reads the row of the record again, and discards the record's changes and loaded relations.
     *
     * @param forUpdate whether to lock the row
     */
    void refresh(KeyedRecord<?> row, Executor executor, boolean forUpdate) {
        var record = typed(row);
        stored.attach(record);
        undo.add(record);
        RecordAccess.discardChanges(record); // before the query, which would write the changes first with auto-flush
        var key = stored.key();
        var text = forUpdate
                ? mapping.text(
                        "refreshForUpdate",
                        () -> mapping.select().where(TableMapping.equal(key)).forUpdate())
                : mapping.text("find", () -> mapping.select().where(TableMapping.equal(key)));
        var binds = new BindValues();
        for (var field : key) {
            binds.add(mapping.codec(field), record.original(field));
        }
        var read = executor.run(SqlCommand.first(table(), text, binds, mapping::read))
                .orElseThrow(() ->
                        new NotFound("The row of this record of " + table().getName() + " does not exist any more."));
        if (!stored.isOlder(read, record)) {
            RecordAccess.copyFrom(record, read);
        }
        RecordState.clearLoadedRelations(record);
        stored.markFresh(record);
    }

    /**
     * Copies what a record was changed by to the session's record of the same row, and returns that; null if there is
     * no such row.
     *
     * @throws StaleRecord if the record holds another version than the row
     */
    @Nullable R merge(KeyedRecord<?> given, Executor executor) {
        var record = typed(given);
        var key = new ArrayList<>();
        for (var field : stored.key()) {
            var value = writer.isStored(record) ? record.original(field) : record.get(field);
            if (value == null) {
                return null;
            }
            key.add(value);
        }
        stored.requireNotAttachedElsewhere(record);
        var known =
                new KeyLookup<>(mapping, stored.key()).findOne(key, executor).orElse(null);
        if (known == null) {
            if (writer.isStored(record) || holdsVersion(record)) {
                throw writer.stale(StatementKind.UPDATE);
            }
            return null;
        }
        if (!IdentityMap.isSame(known, record)) {
            requireColumnsOnly(record);
            copyGiven(record, known);
        }
        deleted.remove(known); // the last call counts
        removedAt.remove(known);
        return known;
    }

    private void requireColumnsOnly(R record) {
        var references = RecordState.pendingReferences(record);
        if (references != null
                && (references.hasUnresolved() || !references.children().isEmpty())) {
            throw new IllegalArgumentException(
                    "This record of " + table().getName() + " is connected to new rows, which"
                            + " merge does not copy: it copies columns. Merge the record first, and connect the record that"
                            + " merge returns.");
        }
    }

    /** Copies what was set on a new record, or modified on another one. */
    private void copyGiven(R record, R known) {
        requireVersion(record, known);
        var columns = RecordAccess.isNew(record)
                ? WriteColumns.given(record, mapping)
                : WriteColumns.modified(record, mapping);
        if (mapping.version() != null) {
            columns.clear(record.indexOf(mapping.version()));
        }
        columns.stream().forEach(i -> {
            if (!Objects.deepEquals(record.get(i), known.get(i))) {
                RecordAccess.setValue(known, i, record.get(i));
            }
        });
    }

    private boolean holdsVersion(R record) {
        return mapping.version() != null && record.get(mapping.version()) != null;
    }

    private void requireVersion(R record, R known) {
        var version = mapping.version();
        var expected = mapping.expectedVersion(record);
        if (version != null && expected != null && !expected.equals(known.original(version))) {
            throw writer.stale(StatementKind.UPDATE);
        }
    }

    /** Stops to track a record: its changes are not written. */
    void detach(KeyedRecord<?> row) {
        var record = typed(row);
        stored.remove(record);
        added.remove(record);
        deleted.remove(record);
        keyless.remove(record);
        removedAt.put(record, UndoEntry.mark()); // so that no cascade adds it again
        RecordState.detach(record);
        undo.add(() -> stored.markAttached(record));
    }

    /** Returns the deleted record whose row a new one takes over: it has the same primary key. */
    @Nullable R replacedBy(KeyedRecord<?> record) {
        var key = new ArrayList<>();
        for (var field : stored.key()) {
            var value = RecordState.given(record, field);
            if (value == null) {
                return null;
            }
            key.add(value);
        }
        var replaced = stored.find(key);
        return replaced != null && deleted.contains(replaced) ? replaced : null;
    }

    /** Returns the session's record of the row with this key, if it is known to hold what the row holds. */
    @Nullable R held(List<Object> key) {
        var record = stored.find(key);
        return record != null && stored.isFresh(record) && !deleted.contains(record) && RecordAccess.isKnown(record)
                ? record
                : null;
    }

    /**
     * Returns the session's record of the row that a record was just upserted to: that record, unless the session has
     * another of the row. That one takes over what was written.
     *
     * @param isChanged whether the row was changed
     */
    R afterUpsert(KeyedRecord<?> upserted, BitSet written, boolean isChanged) {
        var record = typed(upserted);
        var known = stored.findOther(record);
        if (known == null) {
            return record;
        }
        undo.add(known);
        for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1)) {
            if (!stored.key().contains(known.field(i))) {
                RecordAccess.setOriginal(known, Objects.requireNonNull(known.field(i)), record.get(i));
            }
        }
        var version = mapping.version();
        if (isChanged && version != null) {
            RecordAccess.setOriginal(known, version, mapping.versionAfter(known.original(version)));
        }
        RecordState.detach(record);
        return known;
    }

    /** Adds the record to those that the flush writes, and returns whether that is new. */
    boolean add(KeyedRecord<?> row) {
        var record = typed(row);
        Patch.refuseExpressions(record);
        removedAt.remove(record);
        if (deleted.remove(record)) {
            return false;
        }
        if (!RecordAccess.isNew(record)) {
            return stored.attach(record);
        }
        stored.requireNotAttachedElsewhere(record);
        if (!added.add(record)) {
            return false;
        }
        stored.markAttached(record);
        undo.add(record);
        return true;
    }

    /** Adds a record that another one references or has as a child, and returns whether that is new. */
    boolean addByCascade(KeyedRecord<?> record) {
        return !isRemoved(record) && add(record);
    }

    /** Returns whether the record was deleted, and made to refer to no row since then. */
    private boolean isRemoved(KeyedRecord<?> record) {
        var removed = removedAt.get(typed(record));
        if (removed == null) {
            return false;
        }
        var references = RecordState.pendingReferences(record);
        return references == null || references.lastSet() < removed;
    }

    /** Keeps the rows of records that were made to refer to a row after they were deleted: the last call counts. */
    void keepReferencing() {
        for (var record : List.copyOf(deleted)) {
            if (!isRemoved(record)) {
                deleted.remove(record);
                removedAt.remove(record);
            }
        }
    }

    /** Deletes the row of the record with the next flush. A record that is not inserted yet is dropped. */
    void delete(KeyedRecord<?> row) {
        var record = typed(row);
        if (!added.remove(record)) {
            stored.attach(record);
            deleted.add(record);
        }
        removedAt.put(record, UndoEntry.mark());
    }

    /** Returns the new records that the flush inserts with this one: those that it references, and its new children. */
    List<KeyedRecord<?>> cascadeOf(KeyedRecord<?> record) {
        var references = RecordState.pendingReferences(record);
        if (references == null) {
            return List.of();
        }
        var cascade = new ArrayList<KeyedRecord<?>>();
        for (var row : references.targets()) {
            if (RecordAccess.isNew(row)) {
                cascade.add(row);
            }
        }
        if (references.children().isEmpty()) {
            return cascade;
        }
        undo.add(record);
        cascade.addAll(references.takeChildren());
        return cascade;
    }

    /** Returns whether the record is one that a flush writes: its row is known, or it is to be inserted. */
    boolean isTracked(KeyedRecord<?> row) {
        var record = typed(row);
        return added.contains(record) || stored.contains(record) || keyless.contains(record);
    }

    /** Returns the records to insert. */
    Set<R> added() {
        return added;
    }

    /** Returns the records whose rows to delete. */
    Set<R> deleted() {
        return deleted;
    }

    /** Returns the dirty records, whose rows to update. */
    List<R> modified() {
        var modified = new ArrayList<>(stored.dirty());
        modified.removeIf(deleted::contains);
        for (var record : keyless) {
            if (record.touched() && IdentityMap.isDirty(record)) {
                modified.add(record);
            }
        }
        return modified;
    }

    /** Returns whether the row of the record is to be updated, as it refers to rows whose keys it does not have yet. */
    boolean isReferring(KeyedRecord<?> row) {
        var record = typed(row);
        return (stored.contains(record) || keyless.contains(record))
                && !deleted.contains(record)
                && RecordState.hasUnresolvedReferences(record)
                && !record.touched(); // else it is among the modified records
    }

    /**
     * Returns whether a change of the record's row depends on columns that the record was read without: those by which
     * the row refers to others or is unique.
     */
    boolean isReadInPart(KeyedRecord<?> row) {
        var record = typed(row);
        return writer.isStored(record)
                && RecordAccess.isUnread(record, linkingColumns())
                && (deleted.contains(record)
                        || RecordState.hasUnresolvedReferences(record)
                        || linkingColumns().stream().anyMatch(i -> RecordAccess.isModified(record, i)));
    }

    /** Reads these columns of records that were read without them. */
    void complete(List<? extends KeyedRecord<?>> records, Executor executor) {
        var keys = new ArrayList<List<Object>>();
        var byKey = new HashMap<List<Object>, R>();
        for (var record : records) {
            keys.add(stored.key().stream().<Object>map(record::original).toList());
            byKey.put(writer.originalKey(typed(record)), typed(record));
        }
        for (var read : new KeyLookup<>(mapping, stored.key()).read(keys, executor)) {
            var record = byKey.get(writer.originalKey(read));
            if (record != null) {
                undo.add(record);
                RecordAccess.complete(record, read, linkingColumns());
            }
        }
    }

    private BitSet linkingColumns() {
        if (linkingColumns.isEmpty()) {
            Stream.concat(table().getReferences().stream(), table().getKeys().stream())
                    .flatMap(key -> key.getFields().stream())
                    .forEach(field -> linkingColumns.set(table().indexOf(field)));
        }
        return linkingColumns;
    }

    /** Marks a record as deleted: the database has deleted its row. */
    void markDeleted(KeyedRecord<?> record) {
        mapping.markDeleted(record);
    }

    /** Returns the records of the rows that are known to be stored. */
    List<R> stored() {
        return List.copyOf(stored.records());
    }

    /** Forgets the changes, which are written. */
    void afterFlush() {
        clearPending();
    }

    /** Discards the changes that are not written. */
    void rollback() {
        clearPending();
        for (var record : stored.records()) {
            if (RecordState.pendingReferences(record) != null || IdentityMap.isDirty(record)) {
                RecordAccess.discardChanges(record);
            }
        }
        stored.markAllStale();
    }

    private void clearPending() {
        added.clear();
        deleted.clear();
        removedAt.clear();
    }

    /**
     * Prepares a write of the row with this key by a statement: writes the changes of its record, which is then stale.
     */
    void beforeWrite(List<Object> key, Executor executor) {
        if (!stored.findsAllKeys()) {
            changes.updateAll(modified(), executor);
            stored.markAllStale();
            return;
        }
        var record = stored.find(key);
        if (record != null) {
            writeAndMarkStale(record, executor);
        }
    }

    /**
     * Prepares a write by a record.
     *
     * @throws IllegalArgumentException if the session has another record of the row
     */
    void beforeWrite(KeyedRecord<?> other) {
        if (stored.findOther(typed(other)) != null) {
            throw stored.anotherRecord();
        }
    }

    /** Returns whether the record of the row with this key refers to rows whose keys it does not have yet. */
    boolean refersToNewRows(List<Object> key) {
        if (!stored.findsAllKeys()) {
            return stored.records().stream().anyMatch(RecordState::hasUnresolvedReferences);
        }
        var record = stored.find(key);
        return record != null && RecordState.hasUnresolvedReferences(record);
    }

    private void writeAndMarkStale(R record, Executor executor) {
        if (IdentityMap.isDirty(record)) {
            changes.updateAll(List.of(record), executor);
        }
        stored.markStale(record);
    }

    /** Marks all records stale: the next read of their rows refreshes them. */
    void markAllStale() {
        stored.markAllStale();
    }

    @SuppressWarnings("unchecked") // the records of a table are of its own type
    private R typed(KeyedRecord<?> record) {
        return (R) record;
    }
}
