package dev.rowan;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.TableMapping;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.UniqueKey;

/**
 * The rows of one view, or of one table without a primary key: read, never written. Generated code extends it.
 *
 * <p>Thread-safe if bound to a {@link Database}; bound to a {@link Session}, as that is. What a call throws about the
 * database is a {@link dev.rowan.error.DatabaseException}.
 *
 * @param <R> the record of a row
 */
public abstract class ReadRepository<R extends TableRecord<R>> {

    final Executor executor;
    final TableMapping<R> mapping;

    /** Binds the repository to a database: each call is atomic. */
    protected ReadRepository(Database database, Table<R> table, Supplier<R> newRecord) {
        this(database.executor(), table, newRecord);
    }

    /** Binds the repository to a session: each call is part of its transaction. */
    protected ReadRepository(Session session, Table<R> table, Supplier<R> newRecord) {
        this(session.executor(), table, newRecord);
    }

    ReadRepository(Executor executor, Table<R> table, Supplier<R> newRecord) {
        this.executor = executor;
        this.mapping = executor.mappings().of(table, newRecord);
    }

    /** Opens a query of the rows that meet the condition. */
    public ReadQuery<R> where(Condition condition) {
        return new ReadQuery<>(executor, Selection.of(mapping, condition), List.of());
    }

    /** Opens a query of all rows. */
    public ReadQuery<R> all() {
        return new ReadQuery<>(executor, Selection.of(mapping, null), List.of());
    }

    /**
     * Loads a relation for records in hand, by one statement for all of them: for each relation beyond it, one more, in
     * the same transaction. What was loaded along it before is replaced.
     */
    public void load(Collection<R> records, Relation<R, ?> relation) {
        var all = List.copyOf(records);
        if (all.isEmpty()) {
            return;
        }
        if (relation.beyond.isEmpty()) {
            relation.load(all, executor);
        } else {
            executor.consistently(session -> {
                relation.load(all, session);
                return all;
            });
        }
    }

    /** Returns the row with these values in the fields of a unique key, in their order, if there is one. */
    protected final Optional<R> findBy(UniqueKey<R> key, Object... values) {
        var fields = key.getFields();
        var text = mapping.text(
                List.of("findBy", key.getName()),
                () -> mapping.dsl().selectFrom(mapping.table()).where(TableMapping.equal(fields)));
        var binds = new BindValues();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                throw new IllegalArgumentException("The " + fields.get(i).getName() + " of a row of "
                        + mapping.table().getName()
                        + " to find is null, which equals nothing. Find such rows by where(…"
                        + ".isNull()).");
            }
            binds.add(mapping.codec(fields.get(i)), values[i]);
        }
        return executor.run(SqlCommand.query(mapping.table(), text, binds, mapping::readFirst))
                .map(executor.tracker()::known);
    }
}
