package dev.rowan;

import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.RowFilter;
import java.util.List;
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * A part of the rows of a relation: with a condition, an order, or a limit per record.
 *
 * <pre>{@code
 * static final RelationPart<UsersRecord, OrdersRecord> LATEST =
 *         UsersRepository.ORDERS.orderBy(ORDERS.PLACED_AT.desc()).limit(3);
 *
 * for (var user : users.all().with(LATEST).list()) print(LATEST.of(user)); // two queries
 * }</pre>
 *
 * <p>Keep a part in a constant: its rows are read with {@link #of} of the same object. {@code user.orders()} always
 * returns all rows of the relation. Immutable and thread-safe.
 *
 * @param <R> the record that the relation leads from
 * @param <C> the record that it leads to
 */
public final class RelationPart<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C> {

    private final RowFilter filter;

    RelationPart(RelationPath<R, C> path, List<Relation<C, ?>> nested, RowFilter filter) {
        super(path, nested);
        this.filter = filter;
    }

    @CheckReturnValue
    @Override
    public RelationPart<R, C> then(Relation<C, ?> relation) {
        return new RelationPart<>(path, plus(nested, relation), filter);
    }

    /** Returns this part, narrowed to the rows that also meet the condition. */
    @CheckReturnValue
    public RelationPart<R, C> where(Condition condition) {
        return part(filter.and(condition));
    }

    /** Returns this part in the order of these fields. After another order, they sort the rows that are equal in it. */
    @CheckReturnValue
    public RelationPart<R, C> orderBy(OrderField<?>... fields) {
        return part(filter.thenOrderedBy(ReadQuery.sorts(fields)));
    }

    /**
     * Returns this part, limited to a number of rows per record, also 0. Of several limits the lowest counts.
     *
     * @throws IllegalArgumentException if it is negative
     */
    @CheckReturnValue
    public RelationPart<R, C> limit(long rows) {
        return part(filter.atMost(ReadQuery.notNegative(rows)));
    }

    /**
     * Returns the loaded rows of the record, in this part's order; unmodifiable.
     *
     * @throws dev.rowan.error.NotLoaded if this part was not loaded for the record
     */
    @SuppressWarnings("unchecked") // store put it there
    public List<C> of(R record) {
        return (List<C>) loaded(record, filter);
    }

    @Override
    String notLoaded() {
        return "This part of " + path.name()
                + " was not loaded for this record. Keep it in a constant, add with(…) of that"
                + " to the query, or call load(records, …) on the repository.";
    }

    @Override
    RowFilter filter() {
        return filter;
    }

    /**
     * Deletes the rows of this part with the next flush, as {@link ToMany#delete} does.
     *
     * @throws IllegalArgumentException if the relation, or a nested one, does not lead to rows that refer to its
     *     records
     * @throws IllegalStateException if the session only reads
     */
    public void delete(Session session, R record) {
        deleteRows(session, record);
    }

    @Override
    void store(R record, List<C> rows) {
        RecordState.loadedRelations(record).put(filter, rows);
    }
}
