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
    private final Set<Row<?>> inserted = new IdentitySet<>();
    private final List<LinkSet> links = new ArrayList<>();

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
        adopt(tracked(record).tied(record));
    }

    private void adopt(List<Row<?>> tied) {
        var open = new ArrayDeque<>(tied);
        while (!open.isEmpty()) {
            var next = open.pop();
            if (tracked(next).adopt(next)) open.addAll(tracked(next).tied(next));
        }
    }

    void delete(Row<?> record) {
        settle();
        if (RecordWrites.isNew(record)) adopt(); // it may be one that was added under another
        tracked(record).delete(record);
    }

    /** Has a record linked to the rows with the rest; what is new of them is written, too. */
    void link(LinkSet set) {
        set.requireKeys();
        if (RecordWrites.isNew(set.record())) add(set.record());
        for (var row : set.rows()) if (RecordWrites.isNew(row)) add(row);
        set.show(session.written());
        links.add(set);
    }

    void refresh(Row<?> record) {
        settle();
        adopt();
        tracked(record).refresh(record, session);
    }

    /** Notes a record that is about to learn of a write. */
    void wrote(Row<?> record) {
        tracked(record).leave(record);
        learning.add(record);
    }

    /** Notes a record that is about to learn that it was inserted. */
    void inserted(Row<?> record) {
        wrote(record);
        inserted.add(record);
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
        return links.isEmpty()
                && tables.values().stream()
                        .allMatch(tracked -> tracked.added().isEmpty()
                                && tracked.deleted().isEmpty()
                                && tracked.modified().isEmpty());
    }

    /**
     * Writes all there is to write; if that fails, the caller rolls back what was done of it.
     *
     * <p>A row that goes makes room for others with its unique values, and so goes first, unless rows that are modified
     * refer to it, or links that are set may have led to it: they are led elsewhere, and must be before it goes.
     */
    void flush() {
        settle();
        adopt();
        var updates = new ArrayList<Tracked<?>>();
        var modified = new ArrayList<Row<?>>();
        var deleted = new ArrayList<Row<?>>();
        for (var tracked : tables.values()) {
            if (modified.addAll(tracked.modified())) updates.add(tracked);
            deleted.addAll(tracked.deleted());
        }
        var linked = linked(deleted);
        modified.addAll(linked);
        var last = reached(modified, deleted);
        last.addAll(linked);
        var unlinked = unlinked();
        deleted.removeAll(last);
        delete(deleted);
        insert(tables.values().stream()
                .filter(tracked -> !tracked.added().isEmpty())
                .toList());
        updates.forEach(tracked -> tracked.updateModified(session));
        writeLinks(unlinked);
        delete(last);
        settle();
        links.clear();
        tables.values().forEach(Tracked::flushed);
    }

    /** Forgets what was not written when all, or a part of it, is rolled back: at its start there was nothing to write. */
    void rolledBack() {
        learning.clear();
        inserted.clear();
        links.clear();
        tables.values().forEach(Tracked::rolledBack);
    }

    /** Returns those of the rows that links which are about to go may lead to, or come from. */
    private List<Row<?>> linked(List<Row<?>> rows) {
        Set<Row<?>> from = new IdentitySet<>();
        Set<Table<?>> to = new HashSet<>();
        for (var set : links) {
            from.add(set.record());
            to.add(set.way().end());
        }
        return rows.stream()
                .filter(row -> from.contains(row) || to.contains(row.getTable()))
                .toList();
    }

    /** Returns the records that no row links yet: the new ones, unless new links may be theirs. */
    private Set<Row<?>> unlinked() {
        Set<Row<?>> added = new IdentitySet<>();
        if (links.isEmpty()) return added;
        for (var tracked : tables.values()) added.addAll(tracked.added());
        return added;
    }

    private void writeLinks(Set<Row<?>> added) {
        Map<Way<?, ?>, List<LinkSet>> byWay = new LinkedHashMap<>();
        for (var set : links)
            if (!RecordWrites.isNew(set.record())) // else it was to be inserted, and is not any more
            byWay.computeIfAbsent(set.way(), w -> new ArrayList<>()).add(set);
        byWay.forEach((way, sets) -> {
            var table = way.source();
            var unlinked = added.stream().anyMatch(row -> row.getTable().equals(table)) ? Set.<Row<?>>of() : added;
            new LinkWrites(way, mapping(table), session).write(sets, unlinked);
            overwritten(List.of(table));
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // what the records of the table are is known to the table alone
    private Mapping<?> mapping(Table table) {
        return session.statements().mapping(table);
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

    private void delete(Collection<Row<?>> deleted) {
        Map<Tracked<?>, List<Row<?>>> rows = new LinkedHashMap<>();
        for (var row : deleted)
            rows.computeIfAbsent(tracked(row), t -> new ArrayList<>()).add(row);
        var order = Levels.of(rows.keySet(), tracked -> referredBy(tracked, rows.keySet()));
        deleteByRow(order.circle(), rows);
        for (var level : order.levels().reversed())
            for (var tracked : level)
                if (refers(tracked, tracked)) deleteByRow(List.of(tracked), rows);
                else tracked.delete(rows.getOrDefault(tracked, List.of()), session);
    }

    /** Of rows that refer to one another in a circle, the foreign keys may say what becomes of them: the server knows. */
    private void deleteByRow(List<Tracked<?>> tables, Map<Tracked<?>, List<Row<?>>> rowsOf) {
        var rows = new ArrayList<Row<?>>();
        for (var tracked : tables) rows.addAll(rowsOf.getOrDefault(tracked, List.of()));
        var order = Levels.of(rows, References.of(rows, Row::original));
        for (var tracked : tables) tracked.delete(order.circle(), session);
        for (var level : order.levels().reversed()) for (var tracked : tables) tracked.delete(level, session);
    }

    /** Returns those of the rows to which the others refer as they are stored, and to which those refer in turn. */
    private static Set<Row<?>> reached(List<Row<?>> from, List<Row<?>> rows) {
        Set<Row<?>> reached = new IdentitySet<>();
        if (rows.isEmpty()) return reached;
        Set<Row<?>> among = new IdentitySet<>();
        among.addAll(rows);
        var references = References.of(rows, Row::original);
        var open = new ArrayDeque<>(from);
        while (!open.isEmpty())
            for (var row : references.apply(open.pop())) if (among.contains(row) && reached.add(row)) open.add(row);
        return reached;
    }

    private static List<Tracked<?>> referredBy(Tracked<?> tracked, Collection<Tracked<?>> among) {
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
        for (var tracked : List.copyOf(tables.values())) adopt(tracked.tied());
    }

    /** Takes up the records that have learned of a write since: their keys are known now. */
    private void settle() {
        if (learning.isEmpty()) return;
        for (var record : learning) tracked(record).settle(record, inserted.contains(record));
        learning.clear();
        inserted.clear();
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
