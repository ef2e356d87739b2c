package dev.rowan;

import dev.rowan.error.NotLoaded;
import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.LoadedRelations;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.CheckReturnValue;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

/**
 * A many-to-one relation: from a record to the row that it refers to by a foreign key. For example,
 * {@code OrdersRepository.USER} leads from an order to its user. Records that refer to the same row share one record of
 * it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record that refers
 * @param <P> the record that is referred to
 */
public final class ToOne<R extends TableRecord<R>, P extends TableRecord<P>> extends Relation<R, P> {

    private final ForeignKey<R, P> key;

    /** Creates the relation of a foreign key; generated repositories call it with the name of the constant. */
    public ToOne(String name, ForeignKey<R, P> key, Supplier<P> newRecord) {
        this(key, RelationPath.toReferenced(name, key, newRecord), List.of(), false);
    }

    private ToOne(ForeignKey<R, P> key, RelationPath<R, P> path, List<Relation<P, ?>> nested, boolean recursive) {
        super(path, nested, recursive);
        this.key = key;
    }

    /**
     * Returns a relation of a table to itself that is loaded to any depth: also the row that the row refers to, and so
     * on. Each level is one statement, until there are no more rows; rows that refer to one another in a circle are
     * loaded once.
     *
     * <pre>{@code
     * users.all().with(ToOne.recursive(UsersRepository.INVITER)).list(); // the inviter, and the inviter's inviter
     * }</pre>
     */
    @CheckReturnValue
    public static <R extends TableRecord<R>> ToOne<R, R> recursive(ToOne<R, R> relation) {
        return new ToOne<>(relation.key, relation.path, relation.nested, true);
    }

    @CheckReturnValue
    @Override
    public ToOne<R, P> then(Relation<P, ?> relation) {
        return new ToOne<>(key, path, plus(nested, relation), recursive);
    }

    /**
     * Returns the loaded row of the record; empty if the record refers to no row.
     *
     * @throws NotLoaded if the relation was not loaded for the record, or its foreign key was set to another value
     *     since
     */
    @SuppressWarnings("unchecked") // store put it there
    public Optional<P> of(R record) {
        var row = (Optional<P>) loaded(record, key);
        if (!RecordState.loadedRelations(record).isLoadedBy(key, LoadedRelations.values(record, key.getFields()))) {
            throw new NotLoaded(path.name() + " was loaded for this record before its " + SchemaNames.columnNames(key)
                    + " changed. Call load(records, " + path.name() + ") on the repository, or set the row itself by "
                    + path.name() + ".set(record, row).");
        }
        return row;
    }

    /**
     * Returns the loaded row of the record.
     *
     * @throws NotLoaded as {@link #of}
     * @throws IllegalStateException if the record refers to no row
     */
    public P get(R record) {
        return of(record)
                .orElseThrow(() -> new IllegalStateException(
                        "The record refers to no row by " + path.name() + ". Use of(record) where there may be none."));
    }

    /**
     * Makes the record refer to the row. If the row is new and has no key yet, the record gets the key when a session
     * inserts both, first the row. A later call replaces the reference, and so does setting the foreign key's columns.
     * This does not add a new record to the session that the row is in: call {@link Session#add}, or {@link ToMany#add}
     * instead.
     *
     * <pre>{@code
     * OrdersRepository.USER.set(order, ann);
     * }</pre>
     *
     * @throws IllegalArgumentException if the row was read without the columns that the foreign key refers to
     */
    public void set(R record, P row) {
        Objects.requireNonNull(
                row,
                () -> path.name() + ".set was given null. To refer to no row, call " + path.name() + ".clear(record).");
        PendingReferences.setReference(path.name(), key, RecordAccess.keyed(record), RecordAccess.keyed(row));
    }

    /**
     * Makes the record refer to no row. On a new record this undoes {@link #set} and {@link ToMany#add}: its foreign
     * key is as if it had never been set. A session that the record was added to by these calls still inserts it.
     *
     * @throws IllegalArgumentException if the record is stored, and all columns of the foreign key are NOT NULL
     */
    public void clear(R record) {
        PendingReferences.clearReference(path.name(), key, RecordAccess.keyed(record));
    }

    @Override
    @SuppressWarnings("unchecked") // store put it there
    List<P> rows(R record) {
        var row = (Optional<P>) RecordState.loadedRelations(record).find(key);
        return row == null ? List.of() : row.stream().toList();
    }

    @Override
    void store(R record, List<P> rows) {
        var given = record instanceof KeyedRecord<?> keyed ? RecordState.pendingReferences(keyed) : null;
        if (given == null || !given.unresolved().containsKey(key)) { // else it refers to another row by now
            RecordState.loadedRelations(record)
                    .put(key, rows.stream().findFirst(), LoadedRelations.values(record, key.getFields()));
        }
    }
}
