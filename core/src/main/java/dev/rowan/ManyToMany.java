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
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.OrderField;
import org.jooq.TableRecord;

/**
 * A many-to-many relation: from a record to the rows that a link table links it to. For example,
 * {@code UsersRepository.ROLES} leads from a user to the roles, through {@code user_roles}. Records that are linked to
 * the same row share one record of it.
 *
 * <p>Immutable and thread-safe. {@link #where}, {@link #orderBy} and {@link #limit} return a {@link RelationPart}; they
 * may use columns of the link table too.
 *
 * @param <R> the record that the relation leads from
 * @param <C> the record that it leads to
 */
public final class ManyToMany<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C> {

    /**
     * Creates the relation of a link table; generated repositories call it with the name of the constant.
     *
     * @param here the link table's foreign key to the records that the relation leads from
     * @param there the link table's foreign key to the rows that the relation leads to
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

    private ManyToMany(RelationPath<R, C> path, List<Relation<C, ?>> nested) {
        super(path, nested);
    }

    @CheckReturnValue
    @Override
    public ManyToMany<R, C> then(Relation<C, ?> relation) {
        return new ManyToMany<>(path, plus(nested, relation));
    }

    /** Returns the part of this relation with the rows that meet the condition. */
    @CheckReturnValue
    public RelationPart<R, C> where(Condition condition) {
        return part(RowFilter.NONE.and(condition));
    }

    /** Returns this relation with its rows in the order of these fields. */
    @CheckReturnValue
    public RelationPart<R, C> orderBy(OrderField<?>... fields) {
        return part(RowFilter.NONE.orderedBy(ReadQuery.sorts(fields)));
    }

    /** Returns the part of this relation with a number of rows per record: the first by primary key. */
    @CheckReturnValue
    public RelationPart<R, C> limit(long rows) {
        return part(RowFilter.NONE.limitedTo(ReadQuery.positive(rows)));
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
     * Links the record to exactly these rows. The links are written when the session commits or {@link Session#flush}
     * is called: existing links stay as they are, missing links are inserted, and all other links of the record are
     * deleted. The changes of all records since the last flush are written together. If the record or a row is new, it
     * is added to the session. If the relation was loaded, or the record is new, these become its loaded rows.
     *
     * <pre>{@code
     * UsersRepository.ROLES.set(session, ann, List.of(admin, clerk));
     * }</pre>
     *
     * <p>The last call for a record counts. The flush locks the rows of the records, so that two transactions that set
     * the links of the same record run one after the other. Other columns of the link table get their defaults.
     *
     * @param rows the linked rows, in which duplicates are ignored; an empty collection deletes all links
     * @throws IllegalArgumentException if the record or a row is stored, and was read without its key
     * @throws IllegalStateException if the session only reads
     */
    public void set(Session session, R record, Collection<C> rows) {
        Objects.requireNonNull(rows, () -> path.name() + ".set was given null. To delete all links, use List.of().");
        var work = session.executor().unitOfWork();
        Set<KeyedRecord<?>> distinct = new IdentitySet<>();
        for (var row : rows) {
            distinct.add(RecordAccess.keyed(row));
        }
        work.link(new LinkChange(path, RecordAccess.keyed(record), List.copyOf(distinct)));
    }

    @Override
    void store(R record, List<C> rows) {
        RecordAccess.loadedRelations(record).put(path, rows);
    }
}
