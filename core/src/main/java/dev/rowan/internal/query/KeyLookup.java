package dev.rowan.internal.query;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.LockMode;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RowN;
import org.jooq.SelectSeekStepN;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Finds rows by primary key: one row, or many rows in the order of the keys. The values of a key are in the order of
 * its fields. Immutable and thread-safe.
 *
 * <p>If keys are equal in Java exactly if they are in the database (numbers, UUIDs, dates), the rows are sorted in
 * Java. Otherwise (text under a collation, decimals, timestamps that the column rounds) the database sorts them.
 */
public final class KeyLookup<R extends KeyedRecord<R>> {

    /**
     * The most keys of a statement. With more, its text would be too long for the driver's cache of prepared
     * statements.
     */
    private static final int CHUNK = 1024;

    /** The most keys of a statement whose rows the database sorts: it compares each row with each key. */
    private static final int ORDERED_CHUNK = 128;

    private final TableMapping<R> mapping;
    private final List<TableField<R, ?>> fields;
    private final Codec[] codecs;
    private final boolean equalInJava;
    private final MergedFinds<R> merged;

    /** Finds rows of a table by these fields, which are its primary key. */
    public KeyLookup(TableMapping<R> mapping, List<TableField<R, ?>> fields) {
        this.mapping = mapping;
        this.fields = fields;
        this.codecs = new Codec[fields.size()];
        for (int i = 0; i < codecs.length; i++) {
            codecs[i] = mapping.codec(fields.get(i));
        }
        this.equalInJava = KeyValues.areEqualInJava(fields);
        this.merged = new MergedFinds<>(mapping, this);
    }

    /** Returns whether keys are equal in Java exactly if they are in the database. */
    public boolean isEqualInJava() {
        return equalInJava;
    }

    /** Returns the row with a key, if there is one: in a session, without a statement if it holds its record. */
    public Optional<R> findOne(List<Object> key, Executor executor) {
        var held = executor.tracker().held(mapping.table(), key);
        if (held != null) {
            return Optional.of(held);
        }
        var text = mapping.text("find", () -> mapping.select().where(TableMapping.equal(fields)));
        var call = SqlCommand.first(mapping.table(), text, bind(new BindValues(), key), mapping::read);
        return executor.run(call, merged).map(executor.tracker()::canonical);
    }

    /** Returns whether there is a row with a key. */
    public boolean exists(List<Object> key, Executor executor) {
        var text = mapping.text(
                "existsByKey",
                () -> mapping.dsl().selectOne().from(mapping.table()).where(TableMapping.equal(fields)));
        return executor.run(SqlCommand.exists(mapping.table(), text, bind(new BindValues(), key)));
    }

    /** Adds the values of a key to the bind values of a statement, and returns these. */
    public BindValues bind(BindValues binds, List<Object> key) {
        for (int i = 0; i < codecs.length; i++) {
            binds.add(codecs[i], key.get(i));
        }
        return binds;
    }

    /** Returns the rows with these keys, in the order of the keys. Keys without a row are skipped. */
    public List<R> find(Collection<List<Object>> keys, Executor executor) {
        var distinct = keys.stream().distinct().toList();
        var size = equalInJava ? CHUNK : ORDERED_CHUNK;
        if (distinct.isEmpty()) {
            return List.of();
        }
        if (distinct.size() <= size) {
            return inOrder(distinct, executor.run(call(distinct)), executor);
        }
        return executor.consistently(session -> inOrder(distinct, read(distinct, session), session));
    }

    /** Returns what the rows with these keys hold, in any order: not the records of a session. */
    public List<R> read(List<List<Object>> keys, Executor executor) {
        var size = equalInJava ? CHUNK : ORDERED_CHUNK;
        var rows = new ArrayList<R>();
        for (int i = 0; i < keys.size(); i += size) {
            rows.addAll(executor.run(call(keys.subList(i, Math.min(i + size, keys.size())))));
        }
        return rows;
    }

    private List<R> inOrder(List<List<Object>> keys, List<R> rows, Executor executor) {
        Map<List<Object>, R> byKey = new LinkedHashMap<>();
        for (var row : rows) {
            byKey.putIfAbsent(key(row), row);
        }
        var found = equalInJava ? keys.stream().filter(byKey::containsKey).map(byKey::get) : byKey.values().stream();
        return found.map(executor.tracker()::canonical).toList();
    }

    /** Returns the key of a row, as values that are comparable in Java. */
    List<Object> key(R row) {
        var key = new ArrayList<>(codecs.length);
        for (var field : fields) {
            key.add(KeyValues.comparable(row.get(field)));
        }
        return key;
    }

    private SqlCommand<List<R>> call(List<List<Object>> keys) {
        return call(keys, mapping::read);
    }

    /** Returns the query of the rows with these keys, each mapped by the reader. */
    <E> SqlCommand<List<E>> call(List<List<Object>> keys, SqlCommand.Reader<E> row) {
        var padded = padded(keys);
        var text = mapping.text(List.of("findAll", padded.size()), () -> query(padded.size()));
        var binds = binds(padded);
        if (!equalInJava) {
            binds.addAll(binds(padded));
        }
        return SqlCommand.list(mapping.table(), text, binds, row);
    }

    private BindValues binds(List<List<Object>> keys) {
        var binds = new BindValues();
        for (var key : keys) {
            bind(binds, key);
        }
        return binds;
    }

    /** Returns the query that locks the rows with these keys, and returns the keys of the rows that it could lock. */
    public SqlCommand<List<List<Object>>> locking(List<List<Object>> keys) {
        var padded = padded(keys);
        var text = mapping.text(List.of("lockAll", padded.size()), () -> {
            var query = mapping.dsl()
                    .select(fields)
                    .from(mapping.table())
                    .where(in(padded.size()))
                    .getQuery();
            new LockMode(false, LockMode.Held.SKIP).on(query);
            return query;
        });
        return SqlCommand.list(mapping.table(), text, binds(padded), this::key);
    }

    private List<Object> key(ResultSet rows) throws SQLException {
        var key = new ArrayList<>(codecs.length);
        for (int i = 0; i < codecs.length; i++) {
            key.add(codecs[i].read(fields.get(i), rows, i + 1));
        }
        return key;
    }

    /** Returns the SQL that deletes the rows with a number of keys. */
    public String delete(int size) {
        return mapping.dsl().render(mapping.dsl().deleteFrom(mapping.table()).where(in(size)));
    }

    /** Returns the fields of the key. */
    public List<TableField<R, ?>> fields() {
        return fields;
    }

    private SelectSeekStepN<Record> query(int size) {
        var found = mapping.select().where(in(size));
        return found.orderBy(equalInJava ? List.of() : List.of(position(size)));
    }

    private Condition in(int size) {
        if (fields.size() == 1) {
            return in(fields.getFirst(), size);
        }
        var rows = new ArrayList<RowN>();
        for (int i = 0; i < size; i++) {
            rows.add(DSL.row(
                    fields.stream().<Field<?>>map(TableMapping::placeholder).toList()));
        }
        return DSL.row(fields).in(rows);
    }

    private static <T> Condition in(Field<T> field, int size) {
        var placeholders = new ArrayList<Field<T>>();
        for (int i = 0; i < size; i++) {
            placeholders.add(TableMapping.placeholder(field));
        }
        return field.in(placeholders);
    }

    /** Returns the expression of the position of a row's key among the keys. */
    private Field<Integer> position(int size) {
        var position = DSL.when(TableMapping.equal(fields), DSL.inline(0));
        for (int i = 1; i < size; i++) {
            position = position.when(TableMapping.equal(fields), DSL.inline(i));
        }
        return position;
    }

    /** Repeats the last key until their number is a power of two, so that lists of all lengths need few statements. */
    private static List<List<Object>> padded(List<List<Object>> keys) {
        var size = Integer.highestOneBit(keys.size() * 2 - 1);
        var padded = new ArrayList<>(keys);
        while (padded.size() < size) {
            padded.add(keys.getLast());
        }
        return padded;
    }
}
