package dev.rowan.internal.unitofwork;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.flush.FlushPlanner;
import dev.rowan.internal.flush.PlannedSteps;
import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.table.Attachment;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.PendingChanges;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The unit of work of a session: the records that it tracks, and the changes that it writes at a flush.
 *
 * <ul>
 *   <li><b>Identity map:</b> each stored row is one record, however often the session reads it ({@link #canonical}).
 *   <li><b>Pending changes:</b> records that were added or deleted, dirty records, and changes of link tables.
 *   <li><b>Cascade:</b> new records that a tracked record references, or has as children, are added with it.
 *   <li><b>Flush:</b> writes all pending changes, in the order of a plan ({@link FlushPlanner}, {@link Flusher}).
 *   <li><b>Other writes:</b> a write by key first writes the changes of the row's record. After any write that does not
 *       go through the records, those of its tables are <em>stale</em>: the next read refreshes them.
 *   <li><b>Rollback:</b> the session's {@link UndoLog} restores the records; changes that were not written are
 *       discarded.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class UnitOfWork {

    private final Executor session;
    private final UndoLog undo;
    private final Map<Table<?>, TrackedTable<?>> tables = new LinkedHashMap<>();

    /** The same tables by identity, which is faster: the table of generated records is one object. */
    private final IdentityHashMap<Table<?>, TrackedTable<?>> byIdentity = new IdentityHashMap<>(4);

    /** Records whose rows were written, to be put into the identity map under their new keys. */
    private final List<KeyedRecord<?>> written = new ArrayList<>();

    private final Set<KeyedRecord<?>> inserted = new IdentitySet<>();
    private final List<LinkChange> links = new ArrayList<>();

    private final Attachment attachment = new Attachment();

    /**
     * Starts a unit of work.
     *
     * @param session runs the statements
     * @param undo takes what a rollback undoes
     */
    public UnitOfWork(Executor session, UndoLog undo) {
        this.session = session;
        this.undo = undo;
    }

    /** Returns the session's record of the row that was just read into this one: this one, if the row is new to it. */
    public KeyedRecord<?> canonical(KeyedRecord<?> read) {
        reindexWritten();
        return tableOf(read).canonical(read);
    }

    /**
     * Adds the record to those that the flush writes, and by cascade the new records that it references or has as
     * children.
     */
    public void add(KeyedRecord<?> record) {
        reindexWritten();
        tableOf(record).add(record);
        addAll(tableOf(record).cascadeOf(record));
    }

    private void addAll(List<KeyedRecord<?>> cascade) {
        if (cascade.isEmpty()) {
            return;
        }
        var remaining = new ArrayDeque<>(cascade);
        while (!remaining.isEmpty()) {
            var next = remaining.pop();
            if (tableOf(next).addByCascade(next)) {
                remaining.addAll(tableOf(next).cascadeOf(next));
            }
        }
    }

    /** Adds the new records that tracked records have come to reference, or to have as children. */
    private void cascade() {
        tables.values().forEach(TrackedTable::keepReferencing);
        for (var record : attachment.referring()) {
            var table = tableOf(record);
            if (table.isTracked(record)) {
                addAll(table.cascadeOf(record));
            }
        }
    }

    /** Deletes the row of the record with the next flush. A record that is not inserted yet is dropped. */
    public void delete(KeyedRecord<?> record) {
        reindexWritten();
        if (RecordAccess.isNew(record)) {
            // it may be a child of a tracked record: then it must be added before it is dropped
            cascade();
        }
        tableOf(record).delete(record);
    }

    /** Changes the links of a record with the next flush; new records that it links are inserted. */
    public void link(LinkChange change) {
        change.requireKeys();
        tableOf(change.record()).requireNotAttachedElsewhere(change.record());
        if (change.links()) {
            Stream.concat(Stream.of(change.record()), change.rows().stream())
                    .filter(RecordAccess::isNew)
                    .forEach(this::add);
        }
        change.setLoaded(undo);
        links.add(change);
    }

    /**
     * Reads the row of the record again, and discards the record's changes and loaded relations.
     *
     * @param forUpdate whether to lock the row
     */
    public void refresh(KeyedRecord<?> record, boolean forUpdate) {
        reindexWritten();
        cascade();
        tableOf(record).refresh(record, session, forUpdate);
    }

    /**
     * Returns the session's record of the row that a record stands for, with all that the record was given; if there is
     * no such row, adds the record and returns it.
     */
    public KeyedRecord<?> merge(KeyedRecord<?> record) {
        reindexWritten();
        var merged = tableOf(record).merge(record, session);
        if (merged != null) {
            return merged;
        }
        add(record);
        return record;
    }

    /** Stops to track a record: its changes are not written. */
    public void detach(KeyedRecord<?> record) {
        reindexWritten();
        links.removeIf(change -> IdentityMap.isSame(change.record(), record));
        tableOf(record).detach(record);
    }

    /**
     * Returns the record by whose values stored rows refer to the row of a record: itself, if it is stored; the deleted
     * record whose row a new one takes over, as it has the same primary key; null for another new one.
     */
    public @Nullable KeyedRecord<?> holder(KeyedRecord<?> record) {
        reindexWritten();
        return RecordAccess.isNew(record) ? tableOf(record).replacedBy(record) : record;
    }

    /** Notes that the session writes something: from then on, each row is read again before it is found by its key. */
    public void beforeAnyWrite() {
        attachment.addWrite();
    }

    /** Notes that the row of a record was written, before the record takes over its new key and version. */
    public void written(KeyedRecord<?> record) {
        tableOf(record).unindex(record);
        written.add(record);
    }

    /** Notes that a record was inserted, before the record takes over its key. */
    public void inserted(KeyedRecord<?> record) {
        written(record);
        inserted.add(record);
    }

    /** Puts the written records into the identity map, under their present keys. */
    void reindexWritten() {
        if (written.isEmpty()) {
            return;
        }
        for (var record : written) {
            tableOf(record).reindex(record, inserted.contains(record));
        }
        written.clear();
        inserted.clear();
    }

    /** Returns whether the record of the row with this key refers to rows whose keys it does not have yet. */
    public boolean refersToNewRows(Table<?> table, List<Object> key) {
        reindexWritten();
        var tracked = tables.get(table);
        return tracked != null && tracked.refersToNewRows(key);
    }

    /** Prepares a write of the row with this key: writes the changes of its record, which is stale then. */
    public void beforeWrite(Table<?> table, List<Object> key) {
        reindexWritten();
        var tracked = tables.get(table);
        if (tracked != null) {
            tracked.beforeWrite(key, session);
        }
    }

    /**
     * Prepares a write by a record.
     *
     * @throws IllegalArgumentException if the row has another record here
     */
    public void beforeWrite(KeyedRecord<?> record) {
        reindexWritten();
        tableOf(record).beforeWrite(record);
    }

    /** Returns the session's record of the row with this key, if it is known to hold what the row holds. */
    public @Nullable KeyedRecord<?> held(Table<?> table, List<Object> key) {
        reindexWritten();
        var tracked = tables.get(table);
        return tracked == null || !attachment.isOpen() ? null : tracked.held(key);
    }

    /** Returns the session's record of the row that a record was just upserted to, which holds what was written. */
    public KeyedRecord<?> afterUpsert(KeyedRecord<?> record, BitSet written, boolean isChanged) {
        reindexWritten();
        return tableOf(record).afterUpsert(record, written, isChanged);
    }

    /** Marks the records of these tables stale, and those of all tables that reference them, as a write may cascade. */
    public void markStale(Collection<? extends Table<?>> tablesWritten) {
        Set<Table<?>> reached = new HashSet<>(tablesWritten);
        boolean more;
        do {
            more = reached.addAll(tables.keySet().stream()
                    .filter(table -> references(table, reached))
                    .toList());
        } while (more);
        for (var table : tables.values()) {
            if (reached.contains(table.table())) {
                table.markAllStale();
            }
        }
    }

    /** Returns whether a table has a foreign key to one of the others. */
    private static boolean references(Table<?> table, Set<Table<?>> others) {
        return table.getReferences().stream()
                .anyMatch(key -> others.contains(key.getKey().getTable()));
    }

    /** Marks the records of all tables stale. */
    public void markAllStale() {
        tables.values().forEach(TrackedTable::markAllStale);
    }

    /** Returns the records that a flush inserts, updates and deletes now. */
    public PendingChanges pending() {
        reindexWritten();
        cascade();
        var added = new ArrayList<KeyedRecord<?>>();
        var modified = new ArrayList<KeyedRecord<?>>();
        var deleted = new ArrayList<KeyedRecord<?>>();
        for (var table : tables.values()) {
            added.addAll(table.added());
            modified.addAll(table.modified());
            deleted.addAll(table.deleted());
        }
        for (var record : attachment.referring()) {
            if (tableOf(record).isReferring(record)) {
                modified.add(record);
            }
        }
        return new PendingChanges(added, modified, deleted);
    }

    /**
     * Returns what a flush writes now, and in which order; nothing if there are no changes. It reads columns that
     * decide the order, of records that were read without them.
     */
    public PlannedSteps plan() {
        var changes = pending();
        if (changes.added().size()
                        + changes.modified().size()
                        + changes.deleted().size()
                > 1) {
            Stream.concat(changes.modified().stream(), changes.deleted().stream())
                    .filter(record -> tableOf(record).isReadInPart(record))
                    .collect(Collectors.groupingBy(this::tableOf))
                    .forEach((table, records) -> table.complete(records, session));
        }
        return FlushPlanner.plan(changes.added(), changes.modified(), changes.deleted(), links);
    }

    /** Writes all pending changes. If that fails, the caller rolls back those already written. */
    public void flush(PlannedSteps plan) {
        new Flusher(this, session, undo).flush(plan);
        reindexWritten();
        links.clear();
        tables.values().forEach(TrackedTable::afterFlush);
        endReferences();
    }

    /** Makes references that were given hold as values, which are all written: from now on they follow the database. */
    public void endReferences() {
        for (var record : attachment.referring()) {
            if (RecordState.pendingReferences(record) != null && tableOf(record).isTracked(record)) {
                undo.add(record);
                RecordState.clearPendingReferences(record);
            }
        }
    }

    /** Returns the session's records of a table: those of rows that stay stored, and those that a flush inserts. */
    public List<KeyedRecord<?>> tracked(Table<?> table) {
        reindexWritten();
        cascade();
        var tracked = tables.get(table);
        return tracked == null
                ? List.of()
                : Stream.<KeyedRecord<?>>concat(tracked.stored().stream(), tracked.added().stream())
                        .filter(record -> !tracked.deleted().contains(record))
                        .toList();
    }

    /** Returns the session's records of the stored rows of a table. */
    List<? extends KeyedRecord<?>> storedRows(Table<?> table) {
        var tracked = tables.get(table);
        return tracked == null ? List.of() : tracked.stored();
    }

    /**
     * Adds the changes of references since the beginning of the transaction to the undo log: those of tracked records,
     * and those of new records that these reference or have as children. To be called before the undo log is applied.
     */
    public void logReferenceChanges() {
        Set<KeyedRecord<?>> visited = new IdentitySet<>();
        var remaining = new ArrayDeque<KeyedRecord<?>>();
        remaining.addAll(attachment.referring());
        while (!remaining.isEmpty()) {
            var record = remaining.pop();
            var references = RecordState.pendingReferences(record);
            if (references == null || !visited.add(record)) {
                continue;
            }
            remaining.addAll(references.children());
            remaining.addAll(references.targets());
            undo.addReferenceChanges(record);
        }
    }

    /** Discards all pending changes after the undo log was applied: a transaction or nested part begins with none. */
    public void rollback() {
        written.clear();
        inserted.clear();
        links.clear();
        tables.values().forEach(TrackedTable::rollback);
    }

    /** Detaches all records: another session may attach them. */
    public void end() {
        attachment.close();
    }

    /** Returns the tracked table that a record belongs to. */
    TrackedTable<?> tableOf(KeyedRecord<?> record) {
        var table = record.getTable();
        var known = byIdentity.get(table);
        if (known != null) {
            return known;
        }
        var tracked = tables.computeIfAbsent(table, this::newTable);
        byIdentity.put(table, tracked);
        return tracked;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only the table knows the type of its records
    private TrackedTable<?> newTable(Table table) {
        return new TrackedTable(session.mappings().of(table), attachment, undo);
    }
}
