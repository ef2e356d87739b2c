package dev.rowan;

import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.RowFilter;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * A many-to-many relation that is only read: from a record to the rows that a link table links it to. Generated
 * repositories have one where the link table has further columns that each link must set, or that mark links as
 * deleted: to write links, write rows of the link table. {@link ManyToMany} also writes links. Records that are linked
 * to the same row share one record of it.
 *
 * <p>Immutable and thread-safe. {@link #where}, {@link #orderBy} and {@link #limit} return a {@link RelationPart}; they
 * may use columns of the link table too.
 *
 * @param <R> the record that the relation leads from
 * @param <C> the record that it leads to
 */
public sealed class ReadManyToMany<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C>
        permits ManyToMany {

    /**
     * Creates the relation of a link table; generated repositories call it with the name of the constant.
     *
     * @param here the link table's foreign key to the records that the relation leads from
     * @param there the link table's foreign key to the rows that the relation leads to
     */
    public <L extends TableRecord<L>> ReadManyToMany(
            String name, ForeignKey<L, R> here, ForeignKey<L, C> there, Supplier<C> newRecord) {
        this(RelationPath.throughLinks(name, here, there, newRecord), List.of());
    }

    ReadManyToMany(RelationPath<R, C> path, List<Relation<C, ?>> nested) {
        super(path, nested);
    }

    @CheckReturnValue
    @Override
    public ReadManyToMany<R, C> then(Relation<C, ?> relation) {
        return new ReadManyToMany<>(path, plus(nested, relation));
    }

    /** Returns the part of this relation with the rows that meet the condition. */
    @CheckReturnValue
    public final RelationPart<R, C> where(Condition condition) {
        return part(RowFilter.NONE.and(condition));
    }

    /** Returns this relation with its rows in the order of these fields. */
    @CheckReturnValue
    public final RelationPart<R, C> orderBy(OrderField<?>... fields) {
        return part(RowFilter.NONE.thenOrderedBy(ReadQuery.sorts(fields)));
    }

    /** Returns the part of this relation with a number of rows per record: the first by primary key. */
    @CheckReturnValue
    public final RelationPart<R, C> limit(long rows) {
        return part(RowFilter.NONE.atMost(ReadQuery.notNegative(rows)));
    }

    /**
     * Returns the loaded rows of the record, in no particular order; unmodifiable.
     *
     * @throws dev.rowan.error.NotLoaded if the relation was not loaded for the record
     */
    @SuppressWarnings("unchecked") // store put it there
    public final List<C> of(R record) {
        return (List<C>) loaded(record, path);
    }

    @Override
    final void store(R record, List<C> rows) {
        RecordState.loadedRelations(record).put(path, rows);
    }
}
