package dev.rowan;

import dev.rowan.error.NotFound;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.load.BulkLoad;
import dev.rowan.internal.load.BulkRows;
import dev.rowan.internal.lob.LobColumn;
import dev.rowan.internal.lob.ReaderInputStream;
import dev.rowan.internal.query.KeyLookup;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.BatchInsert;
import dev.rowan.internal.write.BatchRecordWriter;
import dev.rowan.internal.write.KeyWriter;
import dev.rowan.internal.write.RecordWriter;
import dev.rowan.internal.write.RowCheck;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.LoadResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

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
public abstract class Repository<R extends KeyedRecord<R>, K> extends ReadRepository<R> {

    private final Function<K, Object[]> keyValues;
    private final KeyLookup<R> lookup;
    private final KeyWriter<R> writer;
    private final RecordWriter<R> records;
    private final BatchRecordWriter<R> many;

    /** Binds the repository of a table with a primary key of one column to a database: each call is atomic. */
    protected Repository(Database database, Table<R> table, Supplier<R> newRecord, TableField<R, K> key) {
        this(database.executor(), table, newRecord, List.of(key), value -> new Object[] {value});
    }

    /** Binds the repository of a table with a primary key of one column to a session: it joins its transaction. */
    protected Repository(Session session, Table<R> table, Supplier<R> newRecord, TableField<R, K> key) {
        this(session.executor(), table, newRecord, List.of(key), value -> new Object[] {value});
    }

    /** Binds the repository of a table with a composite primary key to a database: each call is atomic. */
    protected Repository(Database database, Table<R> table, Supplier<R> newRecord, Function<K, Object[]> keyValues) {
        this(database.executor(), table, newRecord, TableMapping.primaryKey(table), keyValues);
    }

    /** Binds the repository of a table with a composite primary key to a session: it joins its transaction. */
    protected Repository(Session session, Table<R> table, Supplier<R> newRecord, Function<K, Object[]> keyValues) {
        this(session.executor(), table, newRecord, TableMapping.primaryKey(table), keyValues);
    }

    private Repository(
            Executor executor,
            Table<R> table,
            Supplier<R> newRecord,
            List<TableField<R, ?>> keyFields,
            Function<K, Object[]> keyValues) {
        super(executor, table, newRecord);
        this.keyValues = keyValues;
        this.lookup = new KeyLookup<>(mapping, keyFields);
        this.writer = new KeyWriter<>(mapping, lookup);
        this.records = new RecordWriter<>(mapping);
        this.many = new BatchRecordWriter<>(mapping, records);
    }

    /**
     * Inserts a row with the columns that are <em>touched</em> on a blank record (set, also to null), and returns the
     * record with the key that the server made. What else the server made (defaults, generated columns) is not in it:
     * {@link #insertAndGet} reads that.
     */
    public R insert(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return insert(record);
    }

    /**
     * Inserts a row with the columns <em>touched</em> on the record (set, also to null), and returns it with the key that
     * the server made. That row alone: what was added under the record ({@link ToMany#add}) is for a session to write, by
     * {@link Session#add}.
     *
     * @throws IllegalArgumentException if the record was read, and nothing was set on it since
     */
    public R insert(R record) {
        records.insert(record, executor);
        return record;
    }

    /**
     * Inserts a row with the columns that are set on a blank record, and returns the whole of it as the database made
     * it: defaults, generated columns. An insert and a read, in one transaction.
     *
     * @throws IllegalArgumentException if the database makes the key, and by other means than AUTO_INCREMENT: the row
     *     could not be found again
     */
    public R insertAndGet(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return insertAndGet(record);
    }

    /**
     * Inserts a row with the columns that were set on the record, and returns the record with the whole row as the
     * database made it: defaults, generated columns. An insert and a read, in one transaction.
     *
     * @throws IllegalArgumentException as {@link #insert} does; also if the database makes the key, and by other means
     *     than AUTO_INCREMENT: the row could not be found again
     */
    public R insertAndGet(R record) {
        records.insertAndGet(record, executor);
        return record;
    }

    /**
     * Inserts the record if it was never read or written, with the columns <em>touched</em>, as {@link #insert} does;
     * else updates its row with the columns <em>modified</em>, as {@link #update(Row)} does. Returns the record, which
     * then holds what is stored: the key that the server made, and the row's next version. It writes that row alone, not
     * what was added under the record ({@link ToMany#add}): that is for a session, by {@link Session#add}.
     *
     * @throws dev.rowan.error.StaleRecord if the row was changed or deleted since the record was read
     */
    public R save(R record) {
        records.save(record, executor);
        return record;
    }

    /**
     * Writes the columns <em>modified</em> on the record to the row it was read from or last written to: those whose
     * value is another now, so that a record with none writes nothing. The row is the one with the original key, should
     * the record's key be another now. If the table has a version column, the row must still have the record's version,
     * and both then count one on.
     *
     * <p>When it fails, the record is as before, and can be written again.
     *
     * @throws dev.rowan.error.StaleRecord if the row was changed or deleted since the record was read; without a
     *     version column, if it was deleted
     * @throws IllegalArgumentException if the record was never read or written, or sets its version or an expression
     */
    public void update(R record) {
        records.update(record, executor);
    }

    /**
     * Deletes the row that the record was read from or last written to. If the table has a version column, the row must
     * still have the record's version. The record then stands for no row: saving it inserts it again.
     *
     * @throws dev.rowan.error.StaleRecord if the row was changed or deleted since the record was read; without a
     *     version column, if it was deleted
     * @throws IllegalArgumentException if the record was never read or written
     */
    public void delete(R record) {
        records.delete(record, executor);
    }

    /**
     * Updates the row of each record, as {@link #update(Row)} does, by few statements: one for each some hundred of
     * those modified in the same columns. All or none: in one transaction, or under a savepoint of the session's. A
     * record with nothing modified is passed over.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read; nothing is written
     *     then, and all records are as before
     * @throws IllegalArgumentException as {@link #update(Row)} does; also if two of the records stand for the same row
     */
    public void updateAll(Collection<R> records) {
        many.update(records, executor);
    }

    /**
     * Deletes the row of each record, as {@link #delete(Row)} does, by few statements; all or none.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read; nothing is deleted
     *     then
     * @throws IllegalArgumentException as {@link #delete(Row)} does; also if two of the records stand for the same row
     */
    public void deleteAll(Collection<R> records) {
        many.delete(records, executor);
    }

    /**
     * Saves each record as {@link #save} does, by few statements: first inserts those never read or written, in their
     * order, as {@link #insertAll} does, then updates the others as {@link #updateAll} does. All or none. Returns the
     * records.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read; nothing is written
     *     then, and all records are as before
     */
    public List<R> saveAll(Collection<R> records) {
        many.save(records, executor);
        return List.copyOf(records);
    }

    /** Returns the row with this key, if there is one. */
    public Optional<R> find(K key) {
        return lookup.findOne(values(key), executor);
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
        return lookup.find(keys.stream().map(this::values).toList(), executor);
    }

    /** Says whether there is a row with this key. */
    public boolean exists(K key) {
        return lookup.exists(values(key), executor);
    }

    /**
     * Writes the columns that the patch <em>touches</em> (sets, also to null), to the row with this key, and says whether
     * there is such a row. The patch is given a blank record, not the row: it can set columns, also to expressions, and
     * has nothing to read. A version column adds one by itself; no version is checked: see {@link #update(Row)}.
     */
    public boolean update(K key, Consumer<? super R> patch) {
        var record = mapping.newRecord();
        patch.accept(record);
        return writer.update(values(key), record, executor);
    }

    /**
     * Writes a BLOB column of the row with this key from a stream, to its end, and says whether there is such a row. The
     * value may be as large as the server's {@code max_allowed_packet}; of Rowan's own pool, no more than a piece of it
     * is ever in memory. A version column adds one by itself. The stream is read once, and left for the caller to close;
     * what fails in passing is not run again.
     *
     * @throws IOException that the stream throws, as it is; nothing is written then
     * @throws IllegalArgumentException if the column is not a BLOB of this table
     */
    public boolean writeBytes(K key, TableField<R, byte[]> column, InputStream bytes) throws IOException {
        return large(key, column).write(bytes, executor);
    }

    /**
     * Writes a TEXT column of the row with this key from a reader, to its end, as {@link #writeBytes} does.
     *
     * @throws IOException that the reader throws, as it is; nothing is written then
     * @throws IllegalArgumentException if the column is not a TEXT of this table
     */
    public boolean writeText(K key, TableField<R, String> column, Reader text) throws IOException {
        return large(key, column).write(new ReaderInputStream(text), executor);
    }

    /**
     * Runs the body with a stream of the value that a BLOB column has in the row with this key, and returns what the body
     * returns; empty if there is no such row, or it holds NULL. The value is read in pieces of some megabytes, all of the
     * same state of the row, in one transaction (in a session that is not REPEATABLE READ, lock the row first). The body
     * is run once.
     *
     * <pre>{@code
     * long size = docs.readBytes(7, DOCS.BODY, body -> body.transferTo(out)).orElseThrow();
     * }</pre>
     *
     * @throws X what the body throws, as it is
     * @throws IllegalStateException from the stream, if it is read after the body has returned
     * @throws IllegalArgumentException if the column is not a BLOB of this table
     */
    public <T extends @Nullable Object, X extends Exception> Optional<T> readBytes(
            K key, TableField<R, byte[]> column, ContentBody<InputStream, T, X> body) throws X {
        return large(key, column).read(body::read, executor);
    }

    /**
     * Runs the body with a reader of the value that a TEXT column has in the row with this key, as {@link #readBytes}
     * does.
     *
     * @throws X what the body throws, as it is
     */
    public <T extends @Nullable Object, X extends Exception> Optional<T> readText(
            K key, TableField<R, String> column, ContentBody<Reader, T, X> body) throws X {
        return large(key, column)
                .read(bytes -> body.read(new InputStreamReader(bytes, StandardCharsets.UTF_8)), executor);
    }

    /**
     * What is done with one large value while it is read.
     *
     * @param <S> an {@link InputStream} or a {@link Reader}
     * @param <T> the result
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface ContentBody<S, T extends @Nullable Object, X extends Exception> {
        /** Reads the value as far as it needs it; the stream ends with this call. */
        T read(S content) throws X;
    }

    private LobColumn<R> large(K key, TableField<R, ?> column) {
        return new LobColumn<>(mapping, column, lookup.fields(), values(key));
    }

    /** Deletes the row with this key, and says whether there was one. */
    public boolean delete(K key) {
        return writer.delete(values(key), executor);
    }

    @Override
    public TableQuery<R> where(Condition condition) {
        return new TableQuery<>(executor, Selection.of(mapping, condition), false, List.of());
    }

    @Override
    public TableQuery<R> all() {
        return new TableQuery<>(executor, Selection.of(mapping, null), true, List.of());
    }

    /**
     * Inserts rows with the columns that were set on each of the records, and returns the records with the keys that
     * the server made, in the same order, which is the order of the inserts too. A row that was not given a column that
     * another was takes its default.
     *
     * <p>All or none: what does not fit into one statement (of up to 1,000 rows, fewer of many columns, and about a
     * megabyte) takes several, in one transaction. An error about a row says which it is, counted from 1. Where the
     * server numbers the rows, one more asks by how much it counts; in a transaction one alone, and one before the commit
     * if others relied on it.
     *
     * @throws IllegalArgumentException as {@link #insert(Row)} does
     */
    public List<R> insertAll(Collection<R> records) {
        RowCheck.each(records, this.records::prepareInsert);
        var rows = List.copyOf(records);
        new BatchInsert<>(mapping).insert(rows, executor);
        return rows;
    }

    /**
     * Begins an upsert of a row with the columns that are set on a blank record; the key by which the row is found runs
     * it: {@code users.upsert(u -> u.setEmail(email).setName("Ann")).on(Keys.KEY_USERS_UK_USERS_EMAIL)}.
     */
    public Upsert<R> upsert(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return upsert(record);
    }

    /** Begins an upsert of a row with the columns that were set on the record; {@link Upsert#on} runs it. */
    public Upsert<R> upsert(R record) {
        return new Upsert<>(mapping, executor, record);
    }

    /** Begins an upsert of many rows with the columns that were set on each record; {@link UpsertAll#on} runs it. */
    public UpsertAll<R> upsertAll(Collection<R> records) {
        return new UpsertAll<>(mapping, executor, new ArrayList<>(records)); // refuses null by its number
    }

    /**
     * Inserts rows as they come out of a stream, however many, in one transaction and in little memory, and says how many
     * there were and how they were sent: by LOAD DATA LOCAL, on a connection of its own, where the database is opened by
     * Rowan and the server has {@code local_infile=ON}; in a session, and elsewhere, by inserts of many rows.
     *
     * <p>All or none: what {@link #insert} would refuse is refused, with the number of the row, counted from 1. The records
     * do not get their ids. The stream is read once, and left for the caller to close; what fails in passing is not run
     * again.
     *
     * @throws IllegalArgumentException if a record was given other columns than the first; nothing is written then
     */
    public LoadResult load(Stream<R> records) {
        var rows = new BulkRows<>(mapping, records.iterator(), this.records::prepareInsert);
        return new BulkLoad<>(mapping).load(rows, executor);
    }

    /** Returns the values of a key. @throws IllegalArgumentException if it is null */
    private List<Object> values(@Nullable K key) {
        if (key == null) {
            throw new IllegalArgumentException("The key of a row of "
                    + mapping.table().getName() + " is null, which no row has. Call it with a key.");
        }
        return Arrays.asList(keyValues.apply(key));
    }
}
