package dev.rowan.internal.table;

import dev.rowan.internal.util.TrackedState;
import dev.rowan.record.KeyedRecord;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a generated record has beside its columns: the rows that were loaded along its relations, its references to rows
 * that are not written yet, and the session that it is attached to. It is created when there is something to store. Not
 * thread-safe.
 */
public final class RecordState implements TrackedState {

    private @Nullable LoadedRelations relations;
    private @Nullable PendingReferences references;
    private @Nullable Attachment session;

    /** How often the session had written something when the record was read. */
    private long readAfter = -1;

    private RecordState() {}

    @Override
    public boolean isTracked() {
        return session != null && session.isOpen();
    }

    /** Returns the rows that were loaded along the relations of the record; empty at first. */
    public static LoadedRelations loadedRelations(TableRecord<?> record) {
        var state = ofOrNew(record);
        if (state.relations == null) {
            state.relations = new LoadedRelations();
        }
        return state.relations;
    }

    /** Removes the rows that were loaded along the relations of the record. */
    public static void clearLoadedRelations(KeyedRecord<?> record) {
        var state = of(record);
        if (state != null) {
            state.relations = null;
        }
    }

    /** Returns the record's references to rows that are not inserted yet; null if it never had any. */
    public static @Nullable PendingReferences pendingReferences(KeyedRecord<?> record) {
        var state = of(record);
        return state == null ? null : state.references;
    }

    /** Returns the record's references to rows that are not inserted yet; empty at first. */
    public static PendingReferences ensurePendingReferences(KeyedRecord<?> record) {
        var state = ofOrNew(record);
        if (state.references == null) {
            state.references = new PendingReferences(record);
            if (state.session != null) {
                state.session.addReferring(record);
            }
        }
        return state.references;
    }

    /** Removes the record's references to rows that were not inserted when they were set. */
    public static void clearPendingReferences(KeyedRecord<?> record) {
        var state = of(record);
        if (state != null) {
            state.references = null;
        }
    }

    /** Returns whether the record refers to rows whose keys it does not have yet. */
    public static boolean hasUnresolvedReferences(KeyedRecord<?> record) {
        var references = pendingReferences(record);
        return references != null && references.hasUnresolved();
    }

    /**
     * Returns the value of a column with which a flush writes the record, as far as it is known: that of the row that
     * the record refers to, and otherwise its own.
     */
    public static @Nullable Object given(KeyedRecord<?> record, TableField<?, ?> field) {
        var references = pendingReferences(record);
        if (references != null) {
            for (var reference : references.unresolved().entrySet()) {
                var index = reference.getKey().getFields().indexOf(field);
                if (index >= 0) {
                    return reference
                            .getValue()
                            .get(reference.getKey().getKeyFields().get(index));
                }
            }
        }
        return record.get(field);
    }

    /**
     * Copies the keys of the rows that the record refers to.
     *
     * @throws IllegalArgumentException if one of these rows has no key yet
     */
    public static void resolveReferences(KeyedRecord<?> record) {
        var references = pendingReferences(record);
        if (references != null) {
            references.resolve();
        }
    }

    /** Attaches the record to a session. */
    public static void attachTo(KeyedRecord<?> record, Attachment session) {
        var state = ofOrNew(record);
        state.session = session;
        if (state.references != null) {
            session.addReferring(record);
        }
    }

    /** Notes that the row of an attached record was read. */
    public static void markRead(KeyedRecord<?> record, Attachment session) {
        ofOrNew(record).readAfter = session.writes();
    }

    /** Returns whether the row of a record was read since the last write of its session. */
    public static boolean isReadSinceWrite(KeyedRecord<?> record, Attachment session) {
        var state = of(record);
        return state != null && state.readAfter == session.writes();
    }

    /** Returns whether the record is attached to this session. */
    @SuppressWarnings("ReferenceEquality")
    public static boolean isAttachedTo(KeyedRecord<?> record, Attachment session) {
        var state = of(record);
        return state != null && state.session == session;
    }

    /** Returns whether the record is attached to another session that is open. */
    @SuppressWarnings("ReferenceEquality")
    public static boolean isAttachedToOther(KeyedRecord<?> record, Attachment session) {
        var state = of(record);
        return state != null && state.session != null && state.session != session && state.session.isOpen();
    }

    /** Detaches the record from its session. */
    public static void detach(KeyedRecord<?> record) {
        var state = of(record);
        if (state != null) {
            state.session = null;
        }
    }

    /** Saves the relations and references of the record, and returns the action that restores them. */
    static Runnable snapshot(KeyedRecord<?> record) {
        var state = of(record);
        var references = state == null || state.references == null ? null : state.references.copy();
        var relations = state == null || state.relations == null ? null : state.relations.copy();
        return () -> {
            if (references == null && relations == null && of(record) == null) {
                return;
            }
            var now = ofOrNew(record);
            now.references = references;
            now.relations = relations;
            if (references != null && now.session != null) {
                now.session.addReferring(record);
            }
        };
    }

    private static @Nullable RecordState of(TableRecord<?> record) {
        return (RecordState) RecordDoors.of(record).state(record);
    }

    private static RecordState ofOrNew(TableRecord<?> record) {
        var door = RecordDoors.of(record);
        var state = (RecordState) door.state(record);
        if (state == null) {
            state = new RecordState();
            door.state(record, state);
        }
        return state;
    }
}
