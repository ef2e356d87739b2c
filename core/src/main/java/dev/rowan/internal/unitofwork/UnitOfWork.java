package dev.rowan.internal.unitofwork;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Table;

/**
 * The records of a session, one for each row, and what is to be written of them. What it undoes when a savepoint or the
 * whole transaction is rolled back goes through the session's {@link UndoLog}. Not thread-safe.
 */
public final class UnitOfWork {

    private final Executor session;
    private final UndoLog undo;
    private final Map<Table<?>, TrackedTable<?>> tables = new LinkedHashMap<>();
    private final IdentityHashMap<Table<?>, TrackedTable<?>> bySameTable = new IdentityHashMap<>(4);
    private final List<KeyedRecord<?>> learning = new ArrayList<>();
    private final Set<KeyedRecord<?>> inserted = new IdentitySet<>();
    private final List<LinkChange> links = new ArrayList<>();
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Begins a unit of work.
     *
     * @param undo takes what a rollback undoes
     */
    public UnitOfWork(Executor session, UndoLog undo) {
        this.session = session;
        this.undo = undo;
    }

    /** Returns the record of the row that was just read into this one, which is the same unless the row was read before. */
    public KeyedRecord<?> known(KeyedRecord<?> read) {
        settle();
        return tracked(read).known(read);
    }

    /** Has the record written with the rest, and what it leads to that is new: the rows it refers to, and those under it. */
    public void add(KeyedRecord<?> record) {
        settle();
        tracked(record).add(record);
        adopt(tracked(record).tied(record));
    }

    private void adopt(List<KeyedRecord<?>> tied) {
        if (tied.isEmpty()) {
            return;
        }
        var open = new ArrayDeque<>(tied);
        while (!open.isEmpty()) {
            var next = open.pop();
            if (tracked(next).adopt(next)) {
                open.addAll(tracked(next).tied(next));
            }
        }
    }

    public void delete(KeyedRecord<?> record) {
        settle();
        if (RecordAccess.isNew(record)) {
            // it may be one that was added under another
            adopt();
        }
        tracked(record).delete(record);
    }

    /** Has a record linked to the rows with the rest; what is new of them is written, too. */
    public void link(LinkChange set) {
        set.requireKeys();
        tracked(set.record()).requireFree(set.record());
        if (RecordAccess.isNew(set.record())) {
            add(set.record());
        }
        for (var row : set.rows()) {
            if (RecordAccess.isNew(row)) {
                add(row);
            }
        }
        set.setLoaded(undo);
        links.add(set);
    }

    public void refresh(KeyedRecord<?> record) {
        settle();
        adopt();
        tracked(record).refresh(record, session);
    }

    /** Notes a record that is about to learn of a write. */
    public void wrote(KeyedRecord<?> record) {
        tracked(record).leave(record);
        learning.add(record);
    }

    /** Notes a record that is about to learn that it was inserted. */
    public void inserted(KeyedRecord<?> record) {
        wrote(record);
        inserted.add(record);
    }

    /** Writes the record of this row, if it was modified, before it is written past it: then it is stale. */
    public void overwrite(Table<?> table, List<Object> key) {
        settle();
        var tracked = tables.get(table);
        if (tracked != null) {
            tracked.overwrite(key, session);
        }
    }

    /** Writes the session's record of the row that another record is about to be written to. */
    public void overwrite(KeyedRecord<?> other) {
        settle();
        tracked(other).overwriteBy(other, session);
    }

    /** Notes that rows of these tables were written past their records, and so maybe those that refer to them. */
    public void overwritten(Collection<? extends Table<?>> written) {
        Set<Table<?>> reached = new HashSet<>(written);
        boolean more;
        do {
            more = reached.addAll(tables.keySet().stream()
                    .filter(table -> FlushPlan.refersTo(table, reached))
                    .toList());
        } while (more);
        for (var tracked : tables.values()) {
            if (reached.contains(tracked.table())) {
                tracked.overwritten();
            }
        }
    }

    /** Notes that rows of any tables were written past their records. */
    public void overwritten() {
        tables.values().forEach(TrackedTable::overwritten);
    }

    /** Says whether there is anything to write. */
    public boolean isClean() {
        settle();
        adopt();
        for (var tracked : tables.values()) {
            if (!tracked.isClean()) {
                return false;
            }
        }
        return links.isEmpty();
    }

    /** Writes all there is to write; if that fails, the caller rolls back what was done of it. */
    public void flush() {
        if (!isClean()) {
            new FlushPlan(this, session).run();
        }
        settle();
        links.clear();
        tables.values().forEach(TrackedTable::flushed);
    }

    /** Has the ties be undone with the rest that were made since, those of the rows that are yet to come with others too. */
    public void rollBackTies() {
        Set<KeyedRecord<?>> seen = new IdentitySet<>();
        var open = new ArrayDeque<KeyedRecord<?>>();
        for (var tracked : tables.values()) {
            open.addAll(tracked.linked());
        }
        while (!open.isEmpty()) {
            var record = open.pop();
            var references = RecordAccess.pendingReferences(record);
            if (references == null || !seen.add(record)) {
                continue;
            }
            open.addAll(references.children());
            open.addAll(references.targets());
            undo.addReferenceChanges(record);
        }
    }

    /** Forgets what was not written when all, or a part of it, is rolled back: at its start there was nothing to write. */
    public void rolledBack() {
        learning.clear();
        inserted.clear();
        links.clear();
        tables.values().forEach(TrackedTable::rolledBack);
    }

    /** Has no record belong to the session any more. */
    public void end() {
        open.set(false);
    }

    /** Returns the records of each table. */
    Collection<TrackedTable<?>> tables() {
        return tables.values();
    }

    /** Returns what is to be linked. */
    List<LinkChange> links() {
        return links;
    }

    /** Adds the new rows that those of the session were tied to since. */
    private void adopt() {
        for (var tracked : List.copyOf(tables.values())) {
            adopt(tracked.tied());
        }
    }

    /** Takes up the records that have learned of a write since: their keys are known now. */
    private void settle() {
        if (learning.isEmpty()) {
            return;
        }
        for (var record : learning) {
            tracked(record).settle(record, inserted.contains(record));
        }
        learning.clear();
        inserted.clear();
    }

    /** Returns the records of the table that this is one of. */
    TrackedTable<?> tracked(KeyedRecord<?> record) {
        var table = record.getTable();
        var known = bySameTable.get(table); // the table of generated records is one object
        if (known != null) {
            return known;
        }
        var made = tables.computeIfAbsent(table, this::tracked);
        bySameTable.put(table, made);
        return made;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // what the records of the table are is known to the table alone
    private TrackedTable<?> tracked(Table table) {
        return new TrackedTable(session.mappings().of(table), open, undo);
    }
}
