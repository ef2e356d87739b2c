package dev.rowan;

import java.util.List;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * The relation of a record to the rows that a link table joins it to, as {@code UsersRepository.ROLES} leads from a user
 * by {@code user_roles} to the roles. Records that are joined to the same row are given the same record of it.
 *
 * <p>Immutable and thread-safe. {@link #where}, {@link #orderBy} and {@link #limit} make a {@link Part} of it; their
 * fields may be the link table's too.
 *
 * @param <R> the record that it leads from
 * @param <C> the record that it leads to
 */
public final class ManyToMany<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C> {

    /**
     * Makes the relation of a link table; generated repositories call it with the name of their constant.
     *
     * @param here the foreign key of the link table that refers to the records it leads from
     * @param there the one that refers to the rows it leads to
     */
    public <L extends TableRecord<L>> ManyToMany(
            String name, ForeignKey<L, R> here, ForeignKey<L, C> there, Supplier<C> newRecord) {
        this(
                new Way<>(
                        name,
                        here.getKeyFields(),
                        here.getFields(),
                        there.getKey().getTable(),
                        newRecord,
                        there),
                List.of());
    }

    private ManyToMany(Way<R, C> way, List<Relation<C, ?>> beyond) {
        super(way, beyond);
    }

    @Override
    public ManyToMany<R, C> then(Relation<C, ?> relation) {
        return new ManyToMany<>(way, plus(beyond, relation));
    }

    /** Returns the part of the rows that meet the condition. */
    public Part<R, C> where(Condition condition) {
        return part(Filter.NONE.and(condition));
    }

    /** Returns all of the rows, in the order of these fields. */
    public Part<R, C> orderBy(OrderField<?>... fields) {
        return part(Filter.NONE.orderedBy(ReadQuery.sorts(fields)));
    }

    /** Returns at most so many of the rows for each record, the first by their primary key. */
    public Part<R, C> limit(long rows) {
        return part(Filter.NONE.limitedTo(ReadQuery.positive(rows)));
    }

    /**
     * Returns the rows that were loaded for the record, all of them, in no order of note; unmodifiable.
     *
     * @throws dev.rowan.error.NotLoaded if they were not
     */
    @SuppressWarnings("unchecked") // put there by give
    public List<C> of(R record) {
        return (List<C>) given(record, way);
    }

    @Override
    void give(R record, List<C> rows) {
        Loads.of(record).put(way, rows);
    }
}
