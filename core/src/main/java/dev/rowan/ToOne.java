package dev.rowan;

import java.util.List;
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
                new Way<>(
                        name, key.getFields(), key.getKeyFields(), key.getKey().getTable(), newRecord, null),
                List.of());
    }

    private ToOne(ForeignKey<R, P> key, Way<R, P> way, List<Relation<P, ?>> beyond) {
        super(way, beyond);
        this.key = key;
    }

    @Override
    public ToOne<R, P> then(Relation<P, ?> relation) {
        return new ToOne<>(key, way, plus(beyond, relation));
    }

    /**
     * Returns the row that was loaded for the record, empty if it refers to none.
     *
     * @throws dev.rowan.error.NotLoaded if it was not
     */
    @SuppressWarnings("unchecked") // put there by give
    public Optional<P> of(R record) {
        return (Optional<P>) given(record, key);
    }

    /**
     * Returns the row that was loaded for the record, which must refer to one.
     *
     * @throws dev.rowan.error.NotLoaded if it was not
     * @throws IllegalStateException if the record refers to none
     */
    public P get(R record) {
        return of(record)
                .orElseThrow(() -> new IllegalStateException(
                        "The record refers to no row by " + way.name() + ". Use of(record) where there may be none."));
    }

    /**
     * Makes the record refer to the row, which need not be written yet: where its key is not known, the record takes it
     * when a session inserts both, the row first.
     *
     * <pre>{@code
     * OrdersRepository.USER.set(order, ann);
     * }</pre>
     */
    public void set(R record, P row) {
        Links.tie(key, Row.of(record), Row.of(row));
    }

    /** Makes the record refer to no row. */
    public void clear(R record) {
        Links.untie(key, Row.of(record));
    }

    @Override
    void give(R record, List<P> rows) {
        Loads.of(record).put(key, rows.stream().findFirst());
    }
}
