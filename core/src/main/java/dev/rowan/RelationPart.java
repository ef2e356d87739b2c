package dev.rowan;

import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RowFilter;
import java.util.List;
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * A part of the rows that a relation leads to: those that meet a condition, in an order, so many for each record.
 *
 * <pre>{@code
 * static final Part<UsersRecord, OrdersRecord> LATEST =
 *         UsersRepository.ORDERS.orderBy(ORDERS.PLACED_AT.desc()).limit(3);
 *
 * for (var user : users.all().with(LATEST).list()) print(LATEST.of(user)); // two statements
 * }</pre>
 *
 * <p>It is a value of its own, which is asked for its rows itself, so that {@code user.orders()} never means a part.
 * Immutable and thread-safe.
 *
 * @param <R> the record that it leads from
 * @param <C> the record that it leads to
 */
public final class RelationPart<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C> {

    private final RowFilter filter;

    RelationPart(RelationPath<R, C> path, List<Relation<C, ?>> beyond, RowFilter filter) {
        super(path, beyond);
        this.filter = filter;
    }

    @Override
    public RelationPart<R, C> then(Relation<C, ?> relation) {
        return new RelationPart<>(path, plus(beyond, relation), filter);
    }

    /** Returns the part of this part that meets the condition too. */
    public RelationPart<R, C> where(Condition condition) {
        return part(filter.and(condition));
    }

    /** Returns this part in the order of these fields. */
    public RelationPart<R, C> orderBy(OrderField<?>... fields) {
        return part(filter.orderedBy(ReadQuery.sorts(fields)));
    }

    /** Returns this part, cut off after so many rows for each record. @throws IllegalArgumentException if there are none */
    public RelationPart<R, C> limit(long rows) {
        return part(filter.limitedTo(ReadQuery.positive(rows)));
    }

    /**
     * Returns the rows that were loaded for the record, in this part's order; unmodifiable.
     *
     * @throws dev.rowan.error.NotLoaded if they were not
     */
    @SuppressWarnings("unchecked") // put there by give
    public List<C> of(R record) {
        return (List<C>) given(record, filter);
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

    @Override
    void give(R record, List<C> rows) {
        RecordAccess.loads(record).put(filter, rows);
    }
}
