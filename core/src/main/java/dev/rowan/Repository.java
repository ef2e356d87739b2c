package dev.rowan;

import dev.rowan.error.NotFound;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The rows of one table with a primary key: found by key, queried, and written. Generated code extends it, with the
 * finders of the table's unique keys.
 *
 * <pre>{@code
 * var ann = users.insert(u -> u.setName("Ann").setAge(31));   // only the columns touched; the id filled in
 * var adults = users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).limit(20).list();
 * users.update(ann.getId(), u -> u.setAge(32));               // a patch: u is blank
 * }</pre>
 *
 * <p>Thread-safe if bound to a {@link Database}; bound to a {@link Session}, as that is. What a call throws about the
 * database is a {@link dev.rowan.error.DatabaseException}.
 *
 * @param <R> the record of a row
 * @param <K> the primary key: the type of its column, or a generated record of its columns
 */
public abstract class Repository<R extends Row<R>, K> extends ReadRepository<R> {

    private final List<TableField<R, ?>> keyFields;
    private final Function<K, Object[]> keyValues;

    /** Binds the repository of a table with a primary key of one column to a database: each call is atomic. */
    protected Repository(Database database, Table<R> table, Supplier<R> newRecord, TableField<R, K> key) {
        this(database.channel(), table, newRecord, List.of(key), value -> new Object[] {value});
    }

    /** Binds the repository of a table with a primary key of one column to a session: it joins its transaction. */
    protected Repository(Session session, Table<R> table, Supplier<R> newRecord, TableField<R, K> key) {
        this(session.channel(), table, newRecord, List.of(key), value -> new Object[] {value});
    }

    /** Binds the repository of a table with a composite primary key to a database: each call is atomic. */
    protected Repository(Database database, Table<R> table, Supplier<R> newRecord, Function<K, Object[]> keyValues) {
        this(database.channel(), table, newRecord, primaryKey(table), keyValues);
    }

    /** Binds the repository of a table with a composite primary key to a session: it joins its transaction. */
    protected Repository(Session session, Table<R> table, Supplier<R> newRecord, Function<K, Object[]> keyValues) {
        this(session.channel(), table, newRecord, primaryKey(table), keyValues);
    }

    private Repository(
            Channel channel,
            Table<R> table,
            Supplier<R> newRecord,
            List<TableField<R, ?>> keyFields,
            Function<K, Object[]> keyValues) {
        super(channel, table, newRecord);
        this.keyFields = keyFields;
        this.keyValues = keyValues;
    }

    /**
     * Inserts a row with the columns that are set on a blank record, and returns the record with the key that the
     * server made. What else the server made (defaults, rounding, generated columns) is not in it: {@link #get} reads
     * that.
     */
    public R insert(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return insert(record);
    }

    /**
     * Inserts a row with the columns that were set on the record, and returns it with the key that the server made.
     *
     * @throws IllegalArgumentException if the record was read, and nothing was set on it since
     */
    public R insert(R record) {
        requireInsertable(record);
        var table = mapping.table();
        var text = mapping.text(List.of("insert", Touched.of(record)), () -> insertQuery(record));
        var id = channel.run(Call.insert(table, text, Touched.values(record, mapping)));
        Mapping.learnId(record, id);
        record.touched(false);
        return record;
    }

    /** Returns the row with this key, if there is one. */
    public Optional<R> find(K key) {
        var text = mapping.text(
                "find", () -> mapping.dsl().selectFrom(mapping.table()).where(Mapping.equal(keyFields)));
        return channel.run(Call.query(mapping.table(), text, bind(new Binds(), key), mapping::readFirst));
    }

    /**
     * Returns the row with this key.
     *
     * @throws NotFound if there is none
     */
    public R get(K key) {
        return find(key)
                .orElseThrow(() -> new NotFound(
                        "No row of " + mapping.table().getName() + " has this key. Use find where there may be none."));
    }

    /**
     * Returns the rows with these keys, in the order of the keys; a key without a row is passed over, and a row that
     * several of the keys mean stands where the first of them does. More than about a thousand keys take several
     * statements, in one transaction.
     */
    public List<R> findAll(Collection<? extends K> keys) {
        var values =
                keys.stream().map(key -> Arrays.asList(keyValues.apply(key))).toList();
        return new KeyLookup<>(mapping, keyFields).find(values, channel);
    }

    /** Says whether there is a row with this key. */
    public boolean exists(K key) {
        var text = mapping.text(
                "existsByKey",
                () -> mapping.dsl().selectOne().from(mapping.table()).where(Mapping.equal(keyFields)));
        return channel.run(Call.query(mapping.table(), text, bind(new Binds(), key), ResultSet::next));
    }

    /**
     * Writes the columns that the patch sets, to the row with this key, and says whether there is such a row. The patch
     * is given a blank record, not the row: it can set columns, also to expressions, and has nothing to read. A version
     * column adds one by itself.
     */
    public boolean update(K key, Consumer<? super R> patch) {
        var record = mapping.newRecord();
        patch.accept(record);
        var written = new Patch<>(mapping, record);
        if (written.isEmpty()) return exists(key);
        if (written.hasExpressions())
            return channel.run(Selection.of(mapping, is(key)).update(written)) > 0;
        var text = mapping.text(
                List.of("updateByKey", written.shape()),
                () -> mapping.dsl()
                        .update(mapping.table())
                        .set(written.assignments())
                        .where(Mapping.equal(keyFields)));
        return channel.run(Call.write(Verb.UPDATE, mapping.table(), text, bind(written.values(), key))) > 0;
    }

    /** Deletes the row with this key, and says whether there was one. */
    public boolean delete(K key) {
        var text = mapping.text(
                "deleteByKey", () -> mapping.dsl().deleteFrom(mapping.table()).where(Mapping.equal(keyFields)));
        return channel.run(Call.write(Verb.DELETE, mapping.table(), text, bind(new Binds(), key))) > 0;
    }

    @Override
    public TableQuery<R> where(Condition condition) {
        return new TableQuery<>(channel, Selection.of(mapping, condition), false);
    }

    @Override
    public TableQuery<R> all() {
        return new TableQuery<>(channel, Selection.of(mapping, null), true);
    }

    /**
     * Inserts rows with the columns that were set on each of the records, and returns the records with the keys that
     * the server made, in the same order, which is the order of the inserts too. A row that was not given a column that
     * another was takes its default.
     *
     * <p>All or none: what does not fit into one statement (of 1,000 rows, or about a megabyte) takes several, in one
     * transaction. An error about a row says which it is, counted from 1.
     *
     * @throws IllegalArgumentException as {@link #insert(Row)} does
     */
    public List<R> insertAll(Collection<R> records) {
        records.forEach(this::requireInsertable);
        var rows = List.copyOf(records);
        new MultiInsert<>(mapping).insert(rows, channel);
        return rows;
    }

    /** Returns the fields of a table's primary key, in its order. */
    static <R extends Row<R>> List<TableField<R, ?>> primaryKey(Table<R> table) {
        var key = table.getPrimaryKey();
        if (key == null) throw new IllegalArgumentException(table.getName() + " has no primary key.");
        return List.copyOf(key.getFields());
    }

    private void requireInsertable(R record) {
        if (!record.touched() && record.intoStream().anyMatch(Objects::nonNull))
            throw new IllegalArgumentException(
                    "Nothing was set on this record of "
                            + mapping.table().getName()
                            + " since it was read, and an insert writes what was set. For a copy, set the columns of a new one.");
        Touched.refuseGenerated(record);
        if (!record.expressions().isEmpty())
            throw new IllegalArgumentException("An insert takes values. Write expressions by an update, or by dsl().");
    }

    private Query insertQuery(R record) {
        var fields = Touched.fields(record);
        var places = fields.stream().map(field -> Mapping.written(field, null)).toList();
        return fields.isEmpty()
                ? mapping.dsl().insertInto(mapping.table()).defaultValues()
                : mapping.dsl().insertInto(mapping.table()).columns(fields).values(places);
    }

    private Binds bind(Binds binds, K key) {
        var values = keyValues.apply(key);
        for (int i = 0; i < values.length; i++) binds.add(mapping.codec(keyFields.get(i)), values[i]);
        return binds;
    }

    private Condition is(K key) {
        var values = keyValues.apply(key);
        Condition is = DSL.noCondition();
        for (int i = 0; i < values.length; i++) is = is.and(equal(keyFields.get(i), values[i]));
        return is;
    }

    @SuppressWarnings("unchecked") // the values of a key are those of its fields, in their order
    private static <T> Condition equal(TableField<?, T> field, Object value) {
        return field.eq((T) value);
    }
}
