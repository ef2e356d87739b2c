package dev.rowan;

import dev.rowan.error.NotLoaded;
import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.LoadedRelations;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

/**
 * The relation of a record to the row that it refers to by a foreign key, as {@code OrdersRepository.USER} leads from an
 * order to its user. Records that refer to the same row are given the same record of it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record that refers
 * @param <P> the record that is referred to
 */
public final class ToOne<R extends TableRecord<R>, P extends TableRecord<P>> extends Relation<R, P> {

    private final ForeignKey<R, P> key;

    /** Makes the relation of a foreign key; generated repositories call it with the name of their constant. */
    public ToOne(String name, ForeignKey<R, P> key, Supplier<P> newRecord) {
        this(
                key,
                new RelationPath<>(
                        name, key.getFields(), key.getKeyFields(), key.getKey().getTable(), newRecord, null),
                List.of());
    }

    private ToOne(ForeignKey<R, P> key, RelationPath<R, P> path, List<Relation<P, ?>> beyond) {
        super(path, beyond);
        this.key = key;
    }

    @Override
    public ToOne<R, P> then(Relation<P, ?> relation) {
        return new ToOne<>(key, path, plus(beyond, relation));
    }

    /**
     * Returns the row that was loaded for the record, empty if it refers to none.
     *
     * @throws NotLoaded if it was not, or the record's foreign key was set to another since
     */
    @SuppressWarnings("unchecked") // put there by give
    public Optional<P> of(R record) {
        var row = (Optional<P>) given(record, key);
        if (!RecordAccess.loads(record).isBy(key, LoadedRelations.values(record, key.getFields()))) {
            throw new NotLoaded(path.name() + " was loaded for this record before its " + SchemaNames.columnNames(key)
                    + " changed. Call load(records, " + path.name() + ") on the repository, or set the row itself by "
                    + path.name() + ".set(record, row).");
        }
        return row;
    }

    /**
     * Returns the row that was loaded for the record, which must refer to one.
     *
     * @throws NotLoaded if it was not
     * @throws IllegalStateException if the record refers to none
     */
    public P get(R record) {
        return of(record)
                .orElseThrow(() -> new IllegalStateException(
                        "The record refers to no row by " + path.name() + ". Use of(record) where there may be none."));
    }

    /**
     * Makes the record refer to the row, which need not be written yet: where its key is not known, the record takes it
     * when a session inserts both, the row first. The last call counts, of this and of setting the foreign key itself.
     *
     * <pre>{@code
     * OrdersRepository.USER.set(order, ann);
     * }</pre>
     *
     * @throws IllegalArgumentException if the row was read without the columns that the foreign key refers to
     */
    public void set(R record, P row) {
        Objects.requireNonNull(row, () -> path.name() + ".set was given no row. To refer to none, use clear(record).");
        PendingReferences.tie(path.name(), key, RecordAccess.keyed(record), RecordAccess.keyed(row));
    }

    /**
     * Makes the record refer to no row. On a new record that takes {@link #set} and {@link ToMany#add} back, so that its
     * foreign key is as if never set; a session that it came to by them still inserts it.
     *
     * @throws IllegalArgumentException if its row is stored, and the foreign key has no column that may be NULL
     */
    public void clear(R record) {
        PendingReferences.untie(path.name(), key, RecordAccess.keyed(record));
    }

    @Override
    void give(R record, List<P> rows) {
        RecordAccess.loads(record).put(key, rows.stream().findFirst(), LoadedRelations.values(record, key.getFields()));
    }
}
