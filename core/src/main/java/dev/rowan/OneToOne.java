package dev.rowan;

import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.LoadedRelations;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.CheckReturnValue;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

/**
 * A one-to-one relation: from a record to the only row that refers to it, by a foreign key that is unique. It is the
 * inverse side of a {@link ToOne}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record that is referred to
 * @param <C> the record that refers
 */
public final class OneToOne<R extends TableRecord<R>, C extends TableRecord<C>> extends Relation<R, C> {

    private final ForeignKey<C, R> key;

    /** Creates the relation of a foreign key; generated repositories call it with the name of the constant. */
    public OneToOne(String name, ForeignKey<C, R> key, Supplier<C> newRecord) {
        this(key, RelationPath.toReferring(name, key, newRecord), List.of());
    }

    private OneToOne(ForeignKey<C, R> key, RelationPath<R, C> path, List<Relation<C, ?>> nested) {
        super(path, nested);
        this.key = key;
    }

    @CheckReturnValue
    @Override
    public OneToOne<R, C> then(Relation<C, ?> relation) {
        return new OneToOne<>(key, path, plus(nested, relation));
    }

    /**
     * Returns the loaded row of the record; empty if no row refers to it. After {@link #set}, the row that was set.
     *
     * @throws dev.rowan.error.NotLoaded if the relation was not loaded for the record
     */
    @SuppressWarnings("unchecked") // store put it there
    public Optional<C> of(R record) {
        var rows = (List<C>) loaded(record, path);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast());
    }

    /**
     * Makes the row refer to the record. If the record is new and has no key yet, the row gets the key when the record
     * is inserted. A session that the record is in, or is added to, also inserts the row. A row that refers to the
     * record already stays as it is: delete it, or make it refer to another record, and flush the session before.
     *
     * <pre>{@code
     * UsersRepository.PROFILES.set(ann, new ProfilesRecord().setMotto(motto));
     * }</pre>
     *
     * @throws IllegalArgumentException if the record was read without the columns that the foreign key refers to
     */
    public void set(R record, C row) {
        Objects.requireNonNull(row, () -> path.name() + ".set was given null instead of a row.");
        var parent = RecordAccess.keyed(record);
        PendingReferences.setReference(path.name(), key, RecordAccess.keyed(row), parent);
        RecordState.ensurePendingReferences(parent).addChild(path, path.name(), RecordAccess.keyed(row));
    }

    /**
     * Makes a row of the record refer to no record any more: its foreign key is NULL with the next flush. If the
     * relation was loaded, the row leaves its loaded rows. To delete the row instead, call {@link Session#delete}.
     *
     * @throws IllegalArgumentException if the row does not refer to the record, or is stored and its foreign key is NOT
     *     NULL
     */
    public void remove(R record, C row) {
        Objects.requireNonNull(row, () -> path.name() + ".remove was given null instead of a row.");
        var parent = RecordAccess.keyed(record);
        var child = RecordAccess.keyed(row);
        if (!PendingReferences.refersTo(child, key, parent)) {
            throw new IllegalArgumentException("The row does not refer to the record by " + path.name() + ".");
        }
        PendingReferences.clearReference(path.name(), key, child);
        RecordState.ensurePendingReferences(parent).removeChild(path, path.name(), child);
    }

    /**
     * Deletes the row that refers to the record with the next flush, and those along the nested relations. They are
     * read now, by one query for each relation. To delete the record too, call {@link Session#delete}.
     *
     * <pre>{@code
     * UsersRepository.PROFILES.delete(session, ann);
     * session.delete(ann);
     * }</pre>
     *
     * @throws IllegalArgumentException if a nested relation does not lead to rows that refer to its records
     * @throws IllegalStateException if the session only reads
     */
    public void delete(Session session, R record) {
        deleteRows(session, record);
    }

    @Override
    void store(R record, List<C> rows) {
        RecordState.loadedRelations(record).put(path, rows);
        var inverse = Optional.of(record);
        for (var row : rows) {
            if (key.getFields().stream().noneMatch(row::modified)) { // else it refers to another row by now
                RecordState.loadedRelations(row).put(key, inverse, LoadedRelations.values(row, key.getFields()));
            }
        }
    }
}
