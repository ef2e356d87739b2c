package dev.rowan.internal.unitofwork;

import dev.rowan.internal.table.Attachment;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.internal.write.RecordWriter;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The stored rows of one table that a session knows: one record for each, found by the primary key as the database
 * returned it. A record is stale if a statement may have written its row without it; the next read refreshes it. Not
 * thread-safe.
 */
final class IdentityMap<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final List<TableField<R, ?>> key;
    private final boolean findsAllKeys;
    private final RecordWriter<R> writer;
    private final Attachment session;
    private final UndoLog undo;

    private final Map<Object, R> byKey = new LinkedHashMap<>();

    /** The same records, and some that left the map: a flush looks at each, which is much faster in an array. */
    private final List<R> listed = new ArrayList<>();

    private final Set<R> stale = new IdentitySet<>();

    /**
     * @param session what the records are attached by
     * @param undo takes what a rollback undoes
     */
    IdentityMap(TableMapping<R> mapping, RecordWriter<R> writer, Attachment session, UndoLog undo) {
        this.mapping = mapping;
        this.key = TableMapping.primaryKey(mapping.table());
        this.findsAllKeys = KeyValues.areEqualInJava(key);
        this.writer = writer;
        this.session = session;
        this.undo = undo;
    }

    List<TableField<R, ?>> key() {
        return key;
    }

    Collection<R> records() {
        return byKey.values();
    }

    /**
     * Returns the dirty records. It looks at each record of the table: jOOQ's setters tell nobody that they were
     * called.
     */
    Set<R> dirty() {
        if (listed.size() > 2 * byKey.size() + 64) {
            listed.clear();
            listed.addAll(byKey.values());
        }
        Set<R> dirty = new IdentitySet<>(); // a record may have left the map and come back
        for (var record : listed) {
            if (record.touched() && isDirty(record) && contains(record)) {
                dirty.add(record);
            }
        }
        return dirty;
    }

    /** Returns whether {@link #find} is exact: whether Java compares keys as the database does, unlike text. */
    boolean findsAllKeys() {
        return findsAllKeys;
    }

    /** Returns the record of the row with this key, if the session knows it. */
    @Nullable R find(List<Object> values) {
        return byKey.get(
                values.size() == 1
                        ? KeyValues.comparable(values.getFirst())
                        : values.stream().map(KeyValues::comparable).toList());
    }

    /** Returns whether this is the session's record of its row. */
    boolean contains(R record) {
        return writer.isStored(record) && isSame(byKey.get(originalKey(record)), record);
    }

    /** Returns the session's record of the row that another record was read from, if that is a different record. */
    @Nullable R findOther(R record) {
        var known = writer.isStored(record) ? byKey.get(originalKey(record)) : null;
        return isSame(known, record) ? null : known;
    }

    /**
     * Returns the session's record of the row that was just read into this one. A record that the session knew already
     * takes over what was read, except for its modified columns.
     */
    R canonical(R read) {
        var known = putIfAbsent(key(read::get), read);
        if (known == null) {
            markAttached(read);
            RecordState.markRead(read, session);
            return read;
        }
        RecordState.markRead(known, session);
        if (!isDirty(known)) {
            if (stale.contains(known) || !isOlder(read, known)) {
                refresh(known, read);
            }
        } else if (stale.contains(known)) {
            undo.add(known);
            RecordAccess.refreshUnmodified(known, read);
        }
        stale.remove(known);
        return known;
    }

    /** A read without a lock may return an older version of the row than an earlier read with a lock. */
    boolean isOlder(R read, R known) {
        var version = mapping.version();
        return version != null
                && read.original(version) instanceof Number readVersion
                && known.original(version) instanceof Number knownVersion
                && readVersion.longValue() < knownVersion.longValue();
    }

    private void refresh(R known, R read) {
        if (RecordAccess.hasValuesOf(known, read)) {
            return;
        }
        undo.add(known);
        RecordAccess.copyFrom(known, read);
    }

    /** Removes a record, as its key or its existence is about to change. */
    void remove(R record) {
        stale.remove(record);
        if (!writer.isStored(record)) {
            return;
        }
        var key = originalKey(record);
        if (isSame(byKey.get(key), record)) {
            byKey.remove(key);
            undo.add(() -> put(key, record));
        }
    }

    /**
     * Puts a written record under its present key.
     *
     * @param inserted whether the row is new: then another record with this key, whose row is gone, is replaced
     */
    void put(R record, boolean inserted) {
        markAttached(record);
        var key = originalKey(record);
        var before = inserted ? put(key, record) : putIfAbsent(key, record);
        if (before == null) {
            undo.add(() -> byKey.remove(key));
        } else if (inserted && !isSame(before, record)) {
            undo.add(() -> put(key, before));
        }
    }

    /**
     * Attaches a record that was read elsewhere to the session, and returns whether it was detached before.
     *
     * @throws IllegalArgumentException if the session has another record of the same row
     * @throws IllegalStateException if the record is attached to another open session
     */
    boolean attach(R record) {
        writer.requireKey(record);
        requireNotAttachedElsewhere(record);
        var key = originalKey(record);
        var known = putIfAbsent(key, record);
        if (known == null) {
            markAttached(record);
            RecordAccess.keepColumnsApart(record);
            undo.add(() -> byKey.remove(key));
            undo.add(record);
            return true;
        }
        if (!isSame(known, record)) {
            throw anotherRecord();
        }
        return false;
    }

    IllegalArgumentException anotherRecord() {
        return new IllegalArgumentException("The session already has another record of this row of "
                + mapping.table().getName() + ". Change that record: a read in the session returns it.");
    }

    /** @throws IllegalStateException if the record is attached to another open session */
    void requireNotAttachedElsewhere(R record) {
        if (RecordState.isAttachedToOther(record, session)) {
            throw new IllegalStateException("This record of "
                    + mapping.table().getName() + " is attached to another open session, which writes its changes."
                    + " Add it here after that session has ended, or read its row in this session.");
        }
    }

    /** Notes on the record that it belongs to this session. */
    void markAttached(R record) {
        RecordState.attachTo(record, session);
    }

    /** Returns whether the record was read since the last write of the session, so that it holds what the row holds. */
    boolean isFresh(R record) {
        return !stale.contains(record) && RecordState.isReadSinceWrite(record, session);
    }

    boolean isStale(R record) {
        return stale.contains(record);
    }

    void markStale(R record) {
        stale.add(record);
    }

    void markAllStale() {
        stale.addAll(byKey.values());
    }

    void markFresh(R record) {
        stale.remove(record);
    }

    private @Nullable R put(Object key, R record) {
        listed.add(record);
        return byKey.put(key, record);
    }

    private @Nullable R putIfAbsent(Object key, R record) {
        var known = byKey.putIfAbsent(key, record);
        if (known == null) {
            listed.add(record);
        }
        return known;
    }

    /** Returns whether the record has changes that are not written yet. */
    static boolean isDirty(KeyedRecord<?> record) {
        return RecordAccess.isModified(record)
                || RecordState.hasUnresolvedReferences(record)
                || !RecordAccess.expressions(record).isEmpty();
    }

    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(@Nullable Object record, Object other) {
        return record == other;
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
}
