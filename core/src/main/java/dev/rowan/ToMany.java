package dev.rowan;

import dev.rowan.config.Orphans;
import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.LoadedRelations;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.RowFilter;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * A one-to-many relation: from a record to the rows that refer to it by a foreign key. For example,
 * {@code UsersRepository.ORDERS} leads from a user to the orders.
 *
 * <pre>{@code
 * for (var user : users.all().with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS)).list())
 *     user.orders().forEach(order -> print(order.items()));
 * }</pre>
 *
 * <p>Immutable and thread-safe. {@link #where}, {@link #orderBy} and {@link #limit} make a {@link RelationPart} of it.
 *
 * @param <R> the record that is referred to
 * @param <C> the record that refers
 */
public final class ToMany<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C> {

    private final ForeignKey<C, R> key;

    /** Creates the relation of a foreign key; generated repositories call it with the name of the constant. */
    public ToMany(String name, ForeignKey<C, R> key, Supplier<C> newRecord) {
        this(key, RelationPath.toReferring(name, key, newRecord), List.of(), false);
    }

    private ToMany(ForeignKey<C, R> key, RelationPath<R, C> path, List<Relation<C, ?>> nested, boolean recursive) {
        super(path, nested, recursive);
        this.key = key;
    }

    /**
     * Returns a relation of a table to itself that is loaded to any depth: also the rows that refer to the rows, and so
     * on. Each level is one statement, until there are no more rows; rows that refer to one another in a circle are
     * loaded once.
     *
     * <pre>{@code
     * users.all().with(ToMany.recursive(UsersRepository.USERS_BY_INVITER)).list(); // all who were invited, to any
     * depth }</pre>
     */
    @CheckReturnValue
    public static <R extends TableRecord<R>> ToMany<R, R> recursive(ToMany<R, R> relation) {
        return new ToMany<>(relation.key, relation.path, relation.nested, true);
    }

    @CheckReturnValue
    @Override
    public ToMany<R, C> then(Relation<C, ?> relation) {
        return new ToMany<>(key, path, plus(nested, relation), recursive);
    }

    /** Returns the part of this relation with the rows that meet the condition. */
    @CheckReturnValue
    public RelationPart<R, C> where(Condition condition) {
        return part(RowFilter.NONE.and(condition));
    }

    /** Returns this relation with its rows in the order of these fields. */
    @CheckReturnValue
    public RelationPart<R, C> orderBy(OrderField<?>... fields) {
        return part(RowFilter.NONE.thenOrderedBy(ReadQuery.sorts(fields)));
    }

    /** Returns the part of this relation with a number of rows per record: the first by primary key. */
    @CheckReturnValue
    public RelationPart<R, C> limit(long rows) {
        return part(RowFilter.NONE.atMost(ReadQuery.notNegative(rows)));
    }

    /**
     * Returns the loaded rows of the record, in no particular order; unmodifiable.
     *
     * @throws dev.rowan.error.NotLoaded if the relation was not loaded for the record
     */
    @SuppressWarnings("unchecked") // store put it there
    public List<C> of(R record) {
        return (List<C>) loaded(record, path);
    }

    /**
     * Makes the row refer to the record. If the record is new and has no key yet, the row gets the key when the record
     * is inserted. A session that the record is in, or is added to, also inserts the row. If the relation was loaded,
     * or the record is new, the row becomes one of its loaded rows. Adding a row again changes nothing.
     *
     * <pre>{@code
     * UsersRepository.ORDERS.add(ann, new OrdersRecord().setTotal(total));
     * }</pre>
     *
     * @throws IllegalArgumentException if the record was read without the columns that the foreign key refers to
     */
    public void add(R record, C row) {
        Objects.requireNonNull(row, () -> path.name() + ".add was given null instead of a row.");
        var parent = RecordAccess.keyed(record);
        PendingReferences.setReference(path.name(), key, RecordAccess.keyed(row), parent);
        RecordState.ensurePendingReferences(parent).addChild(path, path.name(), RecordAccess.keyed(row));
    }

    /**
     * Makes a row of the record refer to no record any more: its foreign key is NULL with the next flush. If the
     * relation was loaded, the row leaves its loaded rows. To delete the row instead, call {@link Session#delete}.
     *
     * @throws IllegalArgumentException if the row does not refer to the record, or is stored and its foreign key is NOT
     *     NULL
     */
    public void remove(R record, C row) {
        Objects.requireNonNull(row, () -> path.name() + ".remove was given null instead of a row.");
        var parent = RecordAccess.keyed(record);
        var child = RecordAccess.keyed(row);
        if (!PendingReferences.refersTo(child, key, parent)) {
            throw new IllegalArgumentException("The row does not refer to the record by " + path.name() + ".");
        }
        release(parent, child);
    }

    private void release(KeyedRecord<?> parent, KeyedRecord<?> child) {
        PendingReferences.clearReference(path.name(), key, child);
        RecordState.ensurePendingReferences(parent).removeChild(path, path.name(), child);
    }

    /**
     * Makes these rows refer to the record, and no others: a row that refers to it and is not among them refers to no
     * record any more. See {@link #set(Session, TableRecord, Collection, Orphans)}.
     *
     * <pre>{@code
     * UsersRepository.USERS_BY_INVITER.set(session, ann, List.of(bob, cleo));
     * }</pre>
     *
     * @throws IllegalArgumentException if other rows refer to the record, and the foreign key is NOT NULL; if the
     *     session has another record of the row of one of these records; or if the record was read without its key
     * @throws IllegalStateException if the session only reads
     */
    public void set(Session session, R record, Collection<C> rows) {
        set(session, record, rows, Orphans.CLEAR);
    }

    /**
     * Makes these rows refer to the record, and no others. The rows that refer to it are read now, by one query; those
     * that are not among these rows are orphans, which refer to no record any more or are deleted with the next flush.
     * The record and the rows are added to the session. If new rows are among them, they are inserted. These become the
     * loaded rows of the record.
     *
     * <pre>{@code
     * UsersRepository.ORDERS.then(OrdersRepository.ITEMS).set(session, ann, orders, Orphans.DELETE); // and items
     * }</pre>
     *
     * @param rows the rows, in which duplicates are ignored; with an empty collection, all rows become orphans
     * @param orphans what happens to the other rows; rows along nested relations are deleted with them
     * @throws IllegalArgumentException if other rows refer to the record, are not to be deleted, and the foreign key is
     *     NOT NULL; if the session has another record of the row of one of these records; if the record was read
     *     without its key; or if a nested relation does not lead to rows that refer to its records, and orphans are
     *     deleted
     * @throws IllegalStateException if the session only reads
     */
    public void set(Session session, R record, Collection<C> rows, Orphans orphans) {
        Objects.requireNonNull(rows, () -> path.name() + ".set was given null. For no rows, pass List.of().");
        var work = session.executor().unitOfWork();
        if (orphans == Orphans.DELETE) {
            requireOwned();
        }
        Set<KeyedRecord<?>> kept = new IdentitySet<>();
        for (var row : rows) {
            kept.add(RecordAccess.keyed(row));
        }
        var parent = RecordAccess.keyed(record);
        work.add(parent);
        kept.stream().filter(row -> !RecordAccess.isNew(row)).forEach(work::add);
        var holder = holder(record, work);
        Set<KeyedRecord<?>> loaded = new IdentitySet<>();
        if (holder != null) {
            new ToMany<>(key, path, List.of(), false).load(List.of(holder), session.executor());
            rows(holder).forEach(row -> loaded.add(RecordAccess.keyed(row)));
        }
        var left = work.tracked(path.end()).stream()
                .filter(row -> !kept.contains(row))
                .filter(row -> path.isReferring(typed(row), record, false)
                        || (holder != null && path.isReferring(typed(row), holder, loaded.contains(row))))
                .map(this::typed)
                .toList();
        if (orphans == Orphans.CLEAR) {
            left.forEach(row -> requireClearable(RecordAccess.keyed(row)));
        }
        kept.forEach(row -> add(record, typed(row))); // first: a kept row may be one of an orphan's until now
        if (orphans == Orphans.DELETE) {
            deleteRows(session, left);
        } else {
            left.forEach(row -> release(parent, RecordAccess.keyed(row)));
        }
        for (var row : rows(record)) {
            if (!kept.contains(RecordAccess.keyed(row))) {
                RecordState.ensurePendingReferences(parent).removeChild(path, path.name(), RecordAccess.keyed(row));
            }
        }
    }

    private void requireClearable(KeyedRecord<?> row) {
        if (key.getFields().stream().noneMatch(field -> field.getDataType().nullable())) {
            throw new IllegalArgumentException(path.name() + ".set leaves out a row of "
                    + row.getTable().getName() + " that refers to the record, and "
                    + SchemaNames.columnNames(key)
                    + " may not be NULL. Pass Orphans.DELETE to delete such rows, or make"
                    + " them refer to another record before.");
        }
    }

    /**
     * Deletes the rows that refer to the record with the next flush, and those along the nested relations. They are
     * read now, by one query for each relation. To delete the record too, call {@link Session#delete}.
     *
     * <pre>{@code
     * UsersRepository.ORDERS.then(OrdersRepository.ITEMS).delete(session, ann); // the orders, and their items
     * session.delete(ann);
     * }</pre>
     *
     * @throws IllegalArgumentException if a nested relation does not lead to rows that refer to its records, or if the
     *     record was read without its key
     * @throws IllegalStateException if the session only reads
     */
    public void delete(Session session, R record) {
        deleteRows(session, record);
    }

    @Override
    void store(R record, List<C> rows) {
        RecordState.loadedRelations(record).put(path, rows);
        var inverse = Optional.of(record);
        for (var row : rows) {
            if (key.getFields().stream().noneMatch(row::modified)) { // else it refers to another row by now
                RecordState.loadedRelations(row).put(key, inverse, LoadedRelations.values(row, key.getFields()));
            }
        }
    }
}
