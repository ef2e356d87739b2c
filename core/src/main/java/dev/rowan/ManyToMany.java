package dev.rowan;

import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RowFilter;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * The relation of a record to the rows that a link table joins it to, as {@code UsersRepository.ROLES} leads from a user
 * by {@code user_roles} to the roles. Records that are joined to the same row are given the same record of it.
 *
 * <p>Immutable and thread-safe. {@link #where}, {@link #orderBy} and {@link #limit} make a {@link RelationPart} of it; their
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
                new RelationPath<>(
                        name,
                        here.getKeyFields(),
                        here.getFields(),
                        there.getKey().getTable(),
                        newRecord,
                        there),
                List.of());
    }

    private ManyToMany(RelationPath<R, C> path, List<Relation<C, ?>> beyond) {
        super(path, beyond);
    }

    @Override
    public ManyToMany<R, C> then(Relation<C, ?> relation) {
        return new ManyToMany<>(path, plus(beyond, relation));
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
     * Has the record linked to exactly these rows when the session commits, or by {@link Session#flush}: links that are
     * there stay as they are, others are deleted, and those that are missing inserted, for all records that were set since
     * the last flush together. The record and the rows need not be written yet: those that are new are added to the
     * session. These are the record's loaded rows from now on, if those were loaded or the record is new.
     *
     * <pre>{@code
     * UsersRepository.ROLES.set(session, ann, List.of(admin, clerk));
     * }</pre>
     *
     * <p>The last call for a record counts. The flush locks the rows of the records, so that of two transactions that set
     * the links of one, one waits for the other. The link table's other columns are left to their defaults.
     *
     * @param rows a row that is given twice counts once; none deletes all links
     * @throws IllegalArgumentException if the record or a row was read without its key
     * @throws IllegalStateException if the session only reads
     */
    public void set(Session session, R record, Collection<C> rows) {
        Objects.requireNonNull(
                rows, () -> path.name() + ".set was given no rows. To be linked to none, use List.of().");
        var work = session.executor().unitOfWork();
        Set<KeyedRecord<?>> distinct = new IdentitySet<>();
        for (var row : rows) {
            distinct.add(RecordAccess.keyed(row));
        }
        work.link(new LinkChange(path, RecordAccess.keyed(record), List.copyOf(distinct)));
    }

    @Override
    void give(R record, List<C> rows) {
        RecordAccess.loads(record).put(path, rows);
    }
}
