package dev.rowan;

import dev.rowan.error.NotLoaded;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RowFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jooq.TableRecord;

/**
 * A way from the records of one table to rows of another, along foreign keys. Generated repositories have a constant for
 * each. It is loaded by a query {@link ReadQuery#with with} its rows, or {@link ReadRepository#load for records in hand}:
 * one statement for all of them. Nothing is loaded by itself.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record that it leads from
 * @param <T> the record that it leads to
 */
public abstract sealed class Relation<R extends TableRecord<R>, T extends TableRecord<T>>
        permits ToOne, ToMany, ManyToMany, RelationPart {

    final RelationPath<R, T> path;
    final List<Relation<T, ?>> beyond;

    Relation(RelationPath<R, T> path, List<Relation<T, ?>> beyond) {
        this.path = path;
        this.beyond = beyond;
    }

    /** Returns this relation with one more beyond it: whoever loads it loads that too, by one more statement. */
    public abstract Relation<R, T> then(Relation<T, ?> relation);

    /** Returns what {@link #give} has put by this for the record. @throws NotLoaded if it has not */
    final Object given(R record, Object by) {
        var value = RecordAccess.loads(record).find(by);
        if (value == null) {
            throw new NotLoaded(notLoaded());
        }
        return value;
    }

    /** Returns what to do where it was not loaded. */
    String notLoaded() {
        return path.name() + " was not loaded for this record. Add with(" + path.name()
                + ") to the query, or call load(records, " + path.name() + ") on the repository.";
    }

    /** Gives a record the rows that were loaded for it. */
    abstract void give(R record, List<T> rows);

    /** @throws IllegalArgumentException if the filter names a column that is not there */
    final RelationPart<R, T> part(RowFilter filter) {
        path.refuseForeign(filter);
        return new RelationPart<>(path, beyond, filter);
    }

    /** Returns which of the rows it leads to are taken. */
    RowFilter filter() {
        return RowFilter.NONE;
    }

    /** Says whether what the other loads is what this loads, but for what lies beyond. */
    @SuppressWarnings("ReferenceEquality") // a part is the same as itself alone
    boolean isSame(Relation<?, ?> other) {
        return path == other.path && filter() == other.filter();
    }

    /** Loads the relation, and those beyond it, for all of the records at once. */
    final void load(List<R> records, Executor executor) {
        var found = path.follow(records, filter(), executor);
        Set<T> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < records.size(); i++) {
            var rows = Collections.unmodifiableList(found.get(i));
            give(records.get(i), rows);
            if (!beyond.isEmpty()) {
                all.addAll(rows);
            }
        }
        loadAll(beyond, new ArrayList<>(all), executor);
    }

    static <R extends TableRecord<R>> void loadAll(List<Relation<R, ?>> relations, List<R> records, Executor executor) {
        if (!records.isEmpty()) {
            for (var relation : relations) {
                relation.load(records, executor);
            }
        }
    }

    /** Returns the relations with one more; where two are the same, they become one that leads to what either leads to. */
    static <R extends TableRecord<R>> List<Relation<R, ?>> plus(List<Relation<R, ?>> relations, Relation<R, ?> more) {
        var all = new ArrayList<>(relations);
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isSame(more)) {
                continue;
            }
            all.set(i, merged(all.get(i), more));
            return List.copyOf(all);
        }
        all.add(more);
        return List.copyOf(all);
    }

    @SuppressWarnings("unchecked") // the same way leads to the same records
    private static <R extends TableRecord<R>, T extends TableRecord<T>> Relation<R, T> merged(
            Relation<R, T> one, Relation<R, ?> same) {
        Relation<R, T> all = one;
        for (var relation : ((Relation<R, T>) same).beyond) {
            all = all.then(relation);
        }
        return all;
    }
}
