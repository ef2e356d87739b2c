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
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.UniqueKey;

/**
 * The base class of generated repositories of views, and of tables without a primary key. It reads rows, and never
 * writes them: {@link Database#dsl} does, as with {@code dsl().insertInto(LOG).set(record).execute()}. A line of
 * {@code <keys>} in the plugin's configuration makes a unique key of such a table its primary key.
 *
 * <p>Thread-safe if bound to a {@link Database}. Bound to a {@link Session}, it is for the session's thread only.
 * Database errors are thrown as a {@link dev.rowan.error.DatabaseException}.
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

    /** Returns a query of the rows that meet the condition. */
    @CheckReturnValue
    public ReadQuery<R> where(Condition condition) {
        return new ReadQuery<>(executor, Selection.all(mapping).and(condition), List.of());
    }

    /** Returns a query of all rows. */
    @CheckReturnValue
    public ReadQuery<R> all() {
        return new ReadQuery<>(executor, Selection.all(mapping), List.of());
    }

    /**
     * Loads a relation for records that were read before, by one query for all records. Each nested relation takes one
     * more query, in the same transaction. Rows that were loaded along the relation before are replaced. A record whose
     * key was changed and not yet written is looked up by the key that its row has.
     *
     * @throws IllegalArgumentException if a record was read without the key that the relation follows
     */
    public void load(Collection<R> records, Relation<R, ?> relation) {
        var targets = List.copyOf(records);
        if (targets.isEmpty()) {
            return;
        }
        if (relation.nested.isEmpty()) {
            relation.load(targets, executor);
        } else {
            executor.consistently(session -> {
                relation.load(targets, session);
                return targets;
            });
        }
    }

    /**
     * Returns the row with these values of a unique key, if there is one; generated methods call it.
     *
     * @param values in the order of the key's fields
     * @throws IllegalArgumentException if a value is null
     */
    protected final Optional<R> findBy(UniqueKey<R> key, Object... values) {
        var fields = key.getFields();
        var text = mapping.text(
                List.of("findBy", key.getName()), () -> mapping.select().where(TableMapping.equal(fields)));
        var binds = new BindValues();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                throw new IllegalArgumentException("The " + fields.get(i).getName() + " of a row of "
                        + mapping.table().getName()
                        + " to find is null, which equals nothing. Find such rows with where(…"
                        + ".isNull()).");
            }
            binds.add(mapping.codec(fields.get(i)), values[i]);
        }
        return executor.run(SqlCommand.first(mapping.table(), text, binds, mapping::read))
                .map(executor.tracker()::canonical);
    }
}
