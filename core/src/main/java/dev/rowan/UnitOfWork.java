package dev.rowan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Table;

/**
 * The records of a session, one for each row, and what is to be written of them. What it undoes when a savepoint or the
 * whole transaction is rolled back goes through the session's {@link WrittenRecords}. Not thread-safe.
 */
final class UnitOfWork {

    private final SessionChannel session;
    private final Map<Table<?>, Tracked<?>> tables = new LinkedHashMap<>();
    private final IdentityHashMap<Table<?>, Tracked<?>> bySameTable = new IdentityHashMap<>();
    private final List<Row<?>> learning = new ArrayList<>();

    UnitOfWork(SessionChannel session) {
        this.session = session;
    }

    /** Returns the record of the row that was just read into this one, which is the same unless the row was read before. */
    Row<?> known(Row<?> read) {
        settle();
        return tracked(read).known(read);
    }

    /** Has the record written with the rest, and what it leads to that is new: the rows it refers to, and those under it. */
    void add(Row<?> record) {
        settle();
        tracked(record).add(record);
        var open = new ArrayDeque<>(tracked(record).tied(record));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (tracked(next).add(next)) open.addAll(tracked(next).tied(next));
        }
    }

    void delete(Row<?> record) {
        settle();
        tracked(record).delete(record);
    }

    void refresh(Row<?> record) {
        settle();
        tracked(record).refresh(record, session);
    }

    /** Notes a record that is about to learn of a write. */
    void wrote(Row<?> record) {
        tracked(record).leave(record);
        learning.add(record);
    }

    /** Writes the record of this row, if it was modified, before it is written past it: then it is stale. */
    void overwrite(Table<?> table, List<Object> key) {
        settle();
        var tracked = tables.get(table);
        if (tracked != null) tracked.overwrite(key, session);
    }

    /** Writes the session's record of the row that another record is about to be written to. */
    void overwrite(Row<?> other) {
        settle();
        tracked(other).overwriteBy(other, session);
    }

    /** Notes that rows of these tables were written past their records, and so maybe those that refer to them. */
    void overwritten(Collection<? extends Table<?>> written) {
        Set<Table<?>> reached = new HashSet<>(written);
        boolean more;
        do {
            more = reached.addAll(tables.keySet().stream()
                    .filter(table -> refersTo(table, reached))
                    .toList());
        } while (more);
        for (var tracked : tables.values()) if (reached.contains(tracked.table())) tracked.overwritten();
    }

    /** Notes that rows of any tables were written past their records. */
    void overwritten() {
        tables.values().forEach(Tracked::overwritten);
    }

    /** Says whether there is anything to write. */
    boolean isClean() {
        settle();
        adopt();
        return tables.values().stream()
                .allMatch(tracked -> tracked.added().isEmpty()
                        && tracked.deleted().isEmpty()
                        && tracked.modified().isEmpty());
    }

    /**
     * Writes all there is to write; if that fails, the caller rolls back what was done of it.
     *
     * <p>A row that goes makes room for others with its unique values, and so goes first, unless rows that refer to its
     * table are to be changed: they may be led elsewhere, and must be before it goes.
     */
    void flush() {
        settle();
        adopt();
        Map<Tracked<?>, List<? extends Row<?>>> updates = new LinkedHashMap<>();
        var deletes = new ArrayList<Tracked<?>>();
        for (var tracked : tables.values()) {
            var modified = tracked.modified();
            if (!modified.isEmpty()) updates.put(tracked, modified);
            if (!tracked.deleted().isEmpty()) deletes.add(tracked);
        }
        var last = deletes.stream()
                .filter(tracked -> updates.keySet().stream().anyMatch(other -> refers(other, tracked)))
                .toList();
        deletes.removeAll(last);
        delete(deletes);
        insert(tables.values().stream()
                .filter(tracked -> !tracked.added().isEmpty())
                .toList());
        updates.keySet().forEach(tracked -> tracked.updateModified(session));
        delete(last);
        settle();
        tables.values().forEach(Tracked::flushed);
    }

    /** Forgets what was not written when all, or a part of it, is rolled back: at its start there was nothing to write. */
    void rolledBack() {
        learning.clear();
        tables.values().forEach(Tracked::rolledBack);
    }

    private void insert(List<Tracked<?>> added) {
        var order = Levels.of(added, tracked -> referredBy(tracked, added));
        for (var level : order.levels())
            for (var tracked : level)
                if (refers(tracked, tracked)) insertByRow(List.of(tracked));
                else tracked.insert(tracked.added(), session);
        insertByRow(order.circle());
    }

    private void insertByRow(List<Tracked<?>> tables) {
        var rows = new ArrayList<Row<?>>();
        for (var tracked : tables) rows.addAll(tracked.added());
        var order = Levels.of(rows, References.of(rows, Row::get));
        if (!order.circle().isEmpty())
            throw new IllegalStateException("New rows of " + names(order.circle())
                    + " refer to one another in a circle, so that none can be the first. Leave one of the references out,"
                    + " call flush(), and set it then.");
        for (var level : order.levels()) for (var tracked : tables) tracked.insert(level, session);
    }

    private void delete(List<Tracked<?>> deleted) {
        var order = Levels.of(deleted, tracked -> referredBy(tracked, deleted));
        deleteByRow(order.circle());
        for (var level : order.levels().reversed())
            for (var tracked : level)
                if (refers(tracked, tracked)) deleteByRow(List.of(tracked));
                else tracked.delete(tracked.deleted(), session);
    }

    /** Of rows that refer to one another in a circle, the foreign keys may say what becomes of them: the server knows. */
    private void deleteByRow(List<Tracked<?>> tables) {
        var rows = new ArrayList<Row<?>>();
        for (var tracked : tables) rows.addAll(tracked.deleted());
        var order = Levels.of(rows, References.of(rows, Row::original));
        for (var tracked : tables) tracked.delete(order.circle(), session);
        for (var level : order.levels().reversed()) for (var tracked : tables) tracked.delete(level, session);
    }

    private static List<Tracked<?>> referredBy(Tracked<?> tracked, List<Tracked<?>> among) {
        return among.stream().filter(other -> refers(tracked, other)).toList();
    }

    private static boolean refers(Tracked<?> tracked, Tracked<?> to) {
        return refersTo(tracked.table(), Set.of(to.table()));
    }

    private static boolean refersTo(Table<?> table, Set<Table<?>> others) {
        return table.getReferences().stream()
                .anyMatch(key -> others.contains(key.getKey().getTable()));
    }

    private static String names(List<Row<?>> rows) {
        return String.join(
                ", ",
                rows.stream().map(row -> row.getTable().getName()).distinct().toList());
    }

    /** Adds the new rows that those of the session were tied to since. */
    private void adopt() {
        for (var tracked : List.copyOf(tables.values())) tracked.tied().forEach(this::add);
    }

    /** Takes up the records that have learned of a write since: their keys are known now. */
    private void settle() {
        if (learning.isEmpty()) return;
        for (var record : learning) tracked(record).settle(record);
        learning.clear();
    }

    private Tracked<?> tracked(Row<?> record) {
        var table = record.getTable();
        var known = bySameTable.get(table); // the table of generated records is one object
        if (known != null) return known;
        var made = tables.computeIfAbsent(table, this::tracked);
        bySameTable.put(table, made);
        return made;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // what the records of the table are is known to the table alone
    private Tracked<?> tracked(Table table) {
        return new Tracked(session.statements().mapping(table), session.written());
    }
}
