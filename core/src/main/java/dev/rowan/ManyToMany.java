package dev.rowan;

import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.relation.LinkChange.Mode;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.CheckReturnValue;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

/**
 * A many-to-many relation: from a record to the rows that a link table links it to. For example,
 * {@code UsersRepository.ROLES} leads from a user to the roles, through {@code user_roles}. Records that are linked to
 * the same row share one record of it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record that the relation leads from
 * @param <C> the record that it leads to
 */
public final class ManyToMany<R extends TableRecord<R>, C extends TableRecord<C>> extends ReadManyToMany<R, C> {

    /**
     * Creates the relation of a link table; generated repositories call it with the name of the constant.
     *
     * @param here the link table's foreign key to the records that the relation leads from
     * @param there the link table's foreign key to the rows that the relation leads to
     */
    public <L extends TableRecord<L>> ManyToMany(
            String name, ForeignKey<L, R> here, ForeignKey<L, C> there, Supplier<C> newRecord) {
        super(name, here, there, newRecord);
    }

    private ManyToMany(RelationPath<R, C> path, List<Relation<C, ?>> nested) {
        super(path, nested);
    }

    @CheckReturnValue
    @Override
    public ManyToMany<R, C> then(Relation<C, ?> relation) {
        return new ManyToMany<>(path, plus(nested, relation));
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
        Set<KeyedRecord<?>> distinct = new IdentitySet<>();
        for (var row : rows) {
            distinct.add(RecordAccess.keyed(row));
        }
        change(session, Mode.SET, record, List.copyOf(distinct));
    }

    /**
     * Links the record to the row, and leaves its other links as they are. The link is written when the session commits
     * or {@link Session#flush} is called, without reading the links: a link that exists stays, with all its columns. If
     * the record or the row is new, it is added to the session. If the relation was loaded, or the record is new, the
     * row becomes one of its loaded rows.
     *
     * <pre>{@code
     * UsersRepository.ROLES.add(session, ann, admin);
     * }</pre>
     *
     * <p>The last call about a link counts, from whichever side it comes. All links that are added to a table since the
     * last flush are one statement.
     *
     * @throws IllegalArgumentException if the record or the row is stored, and was read without its key
     * @throws IllegalStateException if the session only reads
     */
    public void add(Session session, R record, C row) {
        Objects.requireNonNull(row, () -> path.name() + ".add was given null instead of a row.");
        change(session, Mode.ADD, record, List.of(RecordAccess.keyed(row)));
    }

    /**
     * Deletes the link between the record and the row, if there is one; the other links of the record stay. The link is
     * deleted when the session commits or {@link Session#flush} is called, without reading the links. The row itself
     * stays. If the relation was loaded, the row leaves its loaded rows.
     *
     * <p>The last call about a link counts, from whichever side it comes. All links that are removed from a table since
     * the last flush are one statement.
     *
     * @throws IllegalArgumentException if the record or the row is stored, and was read without its key
     * @throws IllegalStateException if the session only reads
     */
    public void remove(Session session, R record, C row) {
        Objects.requireNonNull(row, () -> path.name() + ".remove was given null instead of a row.");
        change(session, Mode.REMOVE, record, List.of(RecordAccess.keyed(row)));
    }

    private void change(Session session, Mode mode, R record, List<KeyedRecord<?>> rows) {
        session.executor().unitOfWork().link(new LinkChange(mode, path, RecordAccess.keyed(record), rows));
    }
}
