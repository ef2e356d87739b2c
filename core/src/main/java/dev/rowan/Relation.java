package dev.rowan;

import dev.rowan.error.NotLoaded;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.RelatedRows;
import dev.rowan.internal.table.RowFilter;
import dev.rowan.internal.unitofwork.UnitOfWork;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.CheckReturnValue;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * A relation from the records of one table to rows of another, along foreign keys. Generated repositories have a
 * constant for each relation. A relation is loaded {@link ReadQuery#with with a query}, or
 * {@link ReadRepository#load for records} that were read before: by one query for all records (no N+1). There is no
 * lazy loading.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record that the relation leads from
 * @param <T> the record that it leads to
 */
public abstract sealed class Relation<R extends TableRecord<R>, T extends TableRecord<T>>
        permits ToOne, OneToOne, ToMany, ReadManyToMany, RelationPart {

    final RelationPath<R, T> path;
    final List<Relation<T, ?>> nested;

    /** Whether the relation is followed from its rows on, until there are no more. Then they are of the same table. */
    final boolean recursive;

    Relation(RelationPath<R, T> path, List<Relation<T, ?>> nested) {
        this(path, nested, false);
    }

    Relation(RelationPath<R, T> path, List<Relation<T, ?>> nested, boolean recursive) {
        this.path = path;
        this.nested = nested;
        this.recursive = recursive;
    }

    /** Returns this relation with a nested one, which is loaded for its rows by one more query. */
    @CheckReturnValue
    public abstract Relation<R, T> then(Relation<T, ?> relation);

    /** Returns what {@link #store} stored for the record. @throws NotLoaded if it stored nothing */
    final Object loaded(R record, Object key) {
        var value = RecordState.loadedRelations(record).find(key);
        if (value == null) {
            throw new NotLoaded(notLoaded());
        }
        return value;
    }

    /** Returns the message that the relation was not loaded. */
    String notLoaded() {
        return path.name() + " was not loaded for this record. Add with(" + path.name()
                + ") to the query, or call load(records, " + path.name() + ") on the repository.";
    }

    /** Reads the rows along this relation and its nested ones, and deletes them with the next flush. */
    final void deleteRows(Session session, R record) {
        var work = session.executor().unitOfWork();
        requireOwned();
        var holder = holder(record, work);
        if (holder != null) {
            load(List.of(holder), session.executor());
            deleteLoaded(holder, work);
        }
        if (!RecordAccess.isNew(RecordAccess.keyed(record))) {
            deleteNew(record, work);
        } else {
            deleteLoaded(record, work);
        }
    }

    /**
     * Returns the record by whose values the stored rows refer to this one: itself, if it is stored; the deleted record
     * whose row a new one takes over; null for another new one.
     */
    @SuppressWarnings("unchecked") // it is of the same table
    final @Nullable R holder(R record, UnitOfWork work) {
        return (R) work.holder(RecordAccess.keyed(record));
    }

    /** Deletes rows at the end of this relation with the next flush, and the rows along its nested relations. */
    @SuppressWarnings("unchecked") // a recursive relation leads from a table to the same table
    final void deleteRows(Session session, List<T> rows) {
        var work = session.executor().unitOfWork();
        var stored = rows.stream()
                .filter(row -> !RecordAccess.isNew(RecordAccess.keyed(row)))
                .toList();
        loadAll(nested, stored, session.executor());
        if (recursive && !stored.isEmpty()) {
            load((List<R>) stored, session.executor());
        }
        for (var row : rows) {
            nested.forEach(relation -> relation.deleteLoaded(row, work));
            if (recursive) {
                deleteLoaded((R) row, work);
            }
            work.delete(RecordAccess.keyed(row));
        }
    }

    /** Deletes the new rows that were added under a stored record: they are not read with the others. */
    private void deleteNew(R record, UnitOfWork work) {
        var pending = RecordState.pendingReferences(RecordAccess.keyed(record));
        if (pending != null) {
            List.copyOf(pending.children()).stream()
                    .filter(row -> RecordAccess.isNew(row)
                            && row.getTable().equals(path.end())
                            && path.isReferring(typed(row), record, false))
                    .forEach(work::delete);
        }
    }

    @SuppressWarnings("unchecked") // a record of the table at the end
    final T typed(KeyedRecord<?> row) {
        return (T) row;
    }

    /** @throws IllegalArgumentException if this or a nested relation does not lead to rows that refer to a record */
    final void requireOwned() {
        if (this instanceof ToOne || path.isLinked()) {
            throw new IllegalArgumentException(
                    path.name() + " does not lead to rows that refer to a record, so it deletes"
                            + " none. Delete the rows themselves: session.delete(row).");
        }
        nested.forEach(Relation::requireOwned);
    }

    @SuppressWarnings("unchecked") // a recursive relation leads from a table to the same table
    private void deleteLoaded(R record, UnitOfWork work) {
        Set<R> done = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<R>();
        open.add(record);
        while (!open.isEmpty()) {
            var from = open.pop();
            if (!done.add(from)) {
                continue;
            }
            for (var row : rows(from)) {
                if (!path.isReferring(row, from, true)) {
                    continue; // it refers to another record by now
                }
                nested.forEach(relation -> relation.deleteLoaded(row, work));
                work.delete(RecordAccess.keyed(row));
                if (recursive) {
                    open.add((R) row);
                }
            }
        }
    }

    /** Returns a copy of the rows that were stored for the record; none if nothing was. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // store put them there; there is one filter NONE
    List<T> rows(R record) {
        Object key = filter() == RowFilter.NONE ? path : filter();
        var rows = (List<T>) RecordState.loadedRelations(record).find(key);
        return rows == null ? List.of() : List.copyOf(rows);
    }

    /** Stores the rows that were loaded for a record with the record. */
    abstract void store(R record, List<T> rows);

    /** Returns a part of the rows. @throws IllegalArgumentException if the filter uses a column of another table */
    final RelationPart<R, T> part(RowFilter filter) {
        path.requireInScope(filter);
        return new RelationPart<>(path, nested, filter);
    }

    /** Returns the filter of the rows. */
    RowFilter filter() {
        return RowFilter.NONE;
    }

    /** Returns whether the other relation loads the same rows, apart from nested relations. */
    @SuppressWarnings("ReferenceEquality") // paths and filters are compared by identity
    boolean isSame(Relation<?, ?> other) {
        return path == other.path && filter() == other.filter();
    }

    /** Loads the relation and its nested relations, for all records at once. */
    final void load(List<R> records, Executor executor) {
        var rows = loadLevel(records, executor);
        if (recursive) {
            loadOnward(records, rows, executor);
        }
    }

    /** Loads the relation once, and the nested relations of its rows; returns the rows, each once. */
    private List<T> loadLevel(List<R> records, Executor executor) {
        var found = path.load(records, filter(), executor);
        Set<T> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < records.size(); i++) {
            var rows = new RelatedRows<>(path.name(), found.get(i));
            store(records.get(i), rows);
            if (recursive || !nested.isEmpty()) {
                distinct.addAll(rows);
            }
        }
        var rows = new ArrayList<>(distinct);
        loadAll(nested, rows, executor);
        return rows;
    }

    /** Loads the relation of its own rows, level by level. Rows that were reached before share what was loaded then. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // a recursive relation leads from a table to the same table
    private void loadOnward(List<R> records, List<T> rows, Executor executor) {
        Map<List<Object>, R> reached = new HashMap<>();
        List<R> again = new ArrayList<>();
        var level = records;
        var found = rows;
        while (true) {
            level.forEach(record -> reached.putIfAbsent(path.key(record), record));
            var next = new ArrayList<R>();
            for (var row : (List<R>) found) {
                if (!reached.containsKey(path.key(row))) {
                    next.add(row);
                } else if (reached.get(path.key(row)) != row) {
                    again.add(row);
                }
            }
            if (next.isEmpty()) {
                break;
            }
            found = loadLevel(next, executor);
            level = next;
        }
        for (var row : again) {
            store(row, rows(Objects.requireNonNull(reached.get(path.key(row)))));
        }
    }

    static <R extends TableRecord<R>> void loadAll(List<Relation<R, ?>> relations, List<R> records, Executor executor) {
        if (!records.isEmpty()) {
            for (var relation : relations) {
                relation.load(records, executor);
            }
        }
    }

    /**
     * Returns the relations with one more. If two load the same rows, they become one with the nested relations of
     * both.
     */
    static <R extends TableRecord<R>> List<Relation<R, ?>> plus(List<Relation<R, ?>> relations, Relation<R, ?> more) {
        var sum = new ArrayList<>(relations);
        for (int i = 0; i < sum.size(); i++) {
            if (!sum.get(i).isSame(more)) {
                continue;
            }
            sum.set(i, merged(sum.get(i), more));
            return List.copyOf(sum);
        }
        sum.add(more);
        return List.copyOf(sum);
    }

    @SuppressWarnings("unchecked") // the same path leads to the same type of record
    private static <R extends TableRecord<R>, T extends TableRecord<T>> Relation<R, T> merged(
            Relation<R, T> one, Relation<R, ?> same) {
        var other = (Relation<R, T>) same;
        var merged = other.recursive ? other : one;
        for (var relation : (other.recursive ? one : other).nested) {
            merged = merged.then(relation);
        }
        return merged;
    }

    /** Returns the name of the relation's constant. */
    @Override
    public String toString() {
        return path.name();
    }
}
