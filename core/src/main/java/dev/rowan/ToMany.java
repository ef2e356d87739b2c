package dev.rowan;

import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.LoadedRelations;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RowFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * The relation of a record to the rows that refer to it by a foreign key, as {@code UsersRepository.ORDERS} leads from a
 * user to the orders.
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

    /** Makes the relation of a foreign key; generated repositories call it with the name of their constant. */
    public ToMany(String name, ForeignKey<C, R> key, Supplier<C> newRecord) {
        this(
                key,
                new RelationPath<>(name, key.getKeyFields(), key.getFields(), key.getTable(), newRecord, null),
                List.of());
    }

    private ToMany(ForeignKey<C, R> key, RelationPath<R, C> path, List<Relation<C, ?>> beyond) {
        super(path, beyond);
        this.key = key;
    }

    @Override
    public ToMany<R, C> then(Relation<C, ?> relation) {
        return new ToMany<>(key, path, plus(beyond, relation));
    }

    /** Returns the part of the rows that meet the condition. */
    public RelationPart<R, C> where(Condition condition) {
        return part(RowFilter.NONE.and(condition));
    }

    /** Returns all of the rows, in the order of these fields. */
    public RelationPart<R, C> orderBy(OrderField<?>... fields) {
        return part(RowFilter.NONE.orderedBy(ReadQuery.sorts(fields)));
    }

    /** Returns at most so many of the rows for each record, the first by their primary key. */
    public RelationPart<R, C> limit(long rows) {
        return part(RowFilter.NONE.limitedTo(ReadQuery.positive(rows)));
    }

    /**
     * Returns the rows that were loaded for the record, all of them, in no order of note; unmodifiable.
     *
     * @throws dev.rowan.error.NotLoaded if they were not
     */
    @SuppressWarnings("unchecked") // put there by give
    public List<C> of(R record) {
        return (List<C>) given(record, path);
    }

    /**
     * Adds a row under the record, which need not be written yet: the row refers to it, and takes its key when it has one.
     * A session that the record is in, or is added to, inserts the row, too. It is among the record's loaded rows, if those
     * were loaded or the record is new; once, however often it is added.
     *
     * <pre>{@code
     * UsersRepository.ORDERS.add(ann, new OrdersRecord().setTotal(total));
     * }</pre>
     *
     * @throws IllegalArgumentException if the record was read without the columns that the foreign key refers to
     */
    public void add(R record, C row) {
        var above = RecordAccess.keyed(record);
        PendingReferences.tie(path.name(), key, RecordAccess.keyed(row), above);
        RecordAccess.link(above).adopt(path, RecordAccess.keyed(row));
    }

    @Override
    void give(R record, List<C> rows) {
        RecordAccess.loads(record).put(path, rows);
        var inverse = Optional.of(record);
        for (var row : rows) {
            RecordAccess.loads(row).put(key, inverse, LoadedRelations.values(row, key.getFields()));
        }
    }
}
