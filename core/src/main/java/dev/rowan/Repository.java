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
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of one table with a primary key. Generated repositories extend it and add finders for the
 * table's unique keys.
 *
 * <pre>{@code
 * var ann = users.insert(u -> u.setName("Ann").setAge(31));   // these columns alone; returns the new id
 * var adults = users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).limit(20).list();
 * users.update(ann.getId(), u -> u.setAge(32));               // the column age alone
 * }</pre>
 *
 * <p>Inserts and updates by key write the <em>touched</em> columns of a record: those that were set, also to null.
 * Updates by record write the <em>modified</em> columns: those whose value differs from the one that was read. Upserts
 * write all that a record was given: what was set on it, and what it was read or written with. A record is <em>new</em>
 * if it was never read or written, or if its row was deleted with it.
 *
 * <p>A repository that is bound to a {@link Database} runs each call atomically and is thread-safe. One that is bound
 * to a {@link Session} joins its transaction and is no more thread-safe than the session. Failures of the database are
 * thrown as a {@link dev.rowan.error.DatabaseException}.
 *
 * @param <R> the type of the records
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
     * Inserts a row with the columns that are set on a new record, and returns the record with its generated key.
     * Defaults and generated columns are not read back: {@link #insertAndGet} does that.
     */
    public R insert(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return insert(record);
    }

    /**
     * Inserts a row with the columns touched on the record, and returns the record with its generated key. Only that
     * row is inserted: children that were added to the record ({@link ToMany#add}) are written by {@link Session#add}.
     *
     * @throws IllegalArgumentException if the record was read or written before: {@link #save} writes its changes,
     *     {@link #upsert(KeyedRecord)} all its columns, and {@code insert(record.copy())} makes a new row
     */
    public R insert(R record) {
        records.insert(record, executor);
        return record;
    }

    /**
     * Inserts a row with the columns that are set on a new record, and returns the record with all columns as they are
     * stored, including defaults and generated columns. Runs an insert and a read in one transaction.
     *
     * @throws IllegalArgumentException if the database generates the key, but not by AUTO_INCREMENT: then the row
     *     cannot be found again
     */
    public R insertAndGet(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return insertAndGet(record);
    }

    /**
     * Inserts a row with the columns touched on the record, and returns the record with all columns as they are stored,
     * including defaults and generated columns. Runs an insert and a read in one transaction.
     *
     * @throws IllegalArgumentException as {@link #insert(KeyedRecord)}; also if the database generates the key, but not
     *     by AUTO_INCREMENT: then the row cannot be found again
     */
    public R insertAndGet(R record) {
        records.insertAndGet(record, executor);
        return record;
    }

    /**
     * Inserts the record if it is new, as {@link #insert(KeyedRecord)} does; otherwise updates its row, as
     * {@link #update(KeyedRecord)} does. Returns the record with its generated key and its new version. Only that row
     * is written: children that were added to the record ({@link ToMany#add}) are written by {@link Session#add}.
     *
     * @throws dev.rowan.error.StaleRecord if the row was changed or deleted since the record was read
     */
    public R save(R record) {
        records.save(record, executor);
        return record;
    }

    /**
     * Writes the modified columns of the record to its row. Without modified columns it does nothing. If the primary
     * key was modified, the row is found by the original key.
     *
     * <p>If the table has a version column, the update uses optimistic locking: the row must still have the version of
     * the record, and both versions are incremented. After a failure the record is unchanged and can be written again.
     *
     * @throws dev.rowan.error.StaleRecord if the row was changed or deleted since the record was read; without a
     *     version column, only if it was deleted
     * @throws IllegalArgumentException if the record is new, or its version or an expression was set on it
     */
    public void update(R record) {
        records.update(record, executor);
    }

    /**
     * Deletes the row of the record. If the table has a version column, the row must still have the version of the
     * record (optimistic locking). The record is new afterwards: saving it inserts it again.
     *
     * @throws dev.rowan.error.StaleRecord if the row was changed or deleted since the record was read; without a
     *     version column, only if it was deleted
     * @throws IllegalArgumentException if the record is new
     */
    public void delete(R record) {
        records.delete(record, executor);
    }

    /**
     * Updates the rows of the records, as {@link #update(KeyedRecord)} does, in batches: one statement for some hundred
     * records with the same modified columns. Records without modified columns are skipped. Either all rows are written
     * or none: the statements run in one transaction, or under a savepoint of the session.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read, with the
     *     number of the record; nothing is written, and the records are as before
     * @throws IllegalArgumentException as {@link #update(KeyedRecord)}; also if two of the records have the same row
     */
    public void updateAll(Collection<R> records) {
        many.updateAll(read(records), executor);
    }

    /**
     * Deletes the rows of the records, as {@link #delete(KeyedRecord)} does, in batches. Either all rows are deleted or
     * none.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read, with the
     *     number of the record; nothing is deleted
     * @throws IllegalArgumentException as {@link #delete(KeyedRecord)}; also if two of the records have the same row
     */
    public void deleteAll(Collection<R> records) {
        many.deleteAll(read(records), executor);
    }

    /**
     * Saves the records, as {@link #save} does, in batches: inserts the new ones in their order, then updates the
     * others. Either all are written or none. Returns the records.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read, with the
     *     number of the record; nothing is written, and the records are as before
     */
    public List<R> saveAll(Collection<R> records) {
        var rows = read(records);
        many.saveAll(rows, executor);
        return List.copyOf(rows);
    }

    /** Returns the row with this key, or empty if there is none. */
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
     * Returns the rows with these keys, in the order of the keys. Keys without a row are skipped. If several keys match
     * the same row, it is returned once, at the position of the first. Up to about a thousand keys take one statement;
     * more take several, in one transaction.
     */
    public List<R> findAll(Collection<? extends K> keys) {
        return lookup.find(keys.stream().map(this::values).toList(), executor);
    }

    /** Returns whether there is a row with this key. */
    public boolean exists(K key) {
        return lookup.exists(values(key), executor);
    }

    /**
     * Writes the columns that the patch sets to the row with this key, and returns whether the row exists. The patch
     * receives an empty record, not the row: it can set columns to values or expressions, but has nothing to read. A
     * version column is incremented, but not checked; {@link #update(KeyedRecord)} checks it.
     */
    public boolean update(K key, Consumer<? super R> patch) {
        var record = mapping.newRecord();
        patch.accept(record);
        return writer.update(values(key), record, executor);
    }

    /**
     * Writes a stream to a BLOB column of the row with this key, and returns whether the row exists. The value may be
     * as large as the server's {@code max_allowed_packet}; with Rowan's own pool, only a part of it is in memory at a
     * time. A version column is incremented, but not checked. The stream is read to its end once, so the write is not
     * retried; the caller closes the stream.
     *
     * @throws IOException that the stream throws, unchanged; nothing is written
     * @throws IllegalArgumentException if the column is not a BLOB of this table
     */
    public boolean writeBytes(K key, TableField<R, byte[]> column, InputStream bytes) throws IOException {
        return large(key, column).write(bytes, executor);
    }

    /**
     * Writes a reader's text to a TEXT column of the row with this key, as {@link #writeBytes} does for bytes.
     *
     * @throws IOException that the reader throws, unchanged; nothing is written
     * @throws IllegalArgumentException if the column is not a TEXT of this table
     */
    public boolean writeText(K key, TableField<R, String> column, Reader text) throws IOException {
        return large(key, column).write(new ReaderInputStream(text), executor);
    }

    /**
     * Runs the body with a stream of the value in a BLOB column of the row with this key, and returns the body's
     * result; empty if the row does not exist or the value is NULL. The body runs once.
     *
     * <pre>{@code
     * long size = docs.readBytes(7, DOCS.BODY, body -> body.transferTo(out)).orElseThrow();
     * }</pre>
     *
     * <p>The value is read in chunks of some megabytes, in one transaction, so that all chunks are of the same state of
     * the row. In a session whose isolation level is not REPEATABLE READ, lock the row first.
     *
     * @throws X what the body throws, unchanged
     * @throws IllegalStateException from the stream, if it is read after the body has returned
     * @throws IllegalArgumentException if the column is not a BLOB of this table
     */
    public <T extends @Nullable Object, X extends Exception> Optional<T> readBytes(
            K key, TableField<R, byte[]> column, ContentBody<InputStream, T, X> body) throws X {
        return large(key, column).read(body::read, executor);
    }

    /**
     * Runs the body with a reader of the value in a TEXT column of the row with this key, as {@link #readBytes} does
     * for bytes.
     *
     * @throws X what the body throws, unchanged
     */
    public <T extends @Nullable Object, X extends Exception> Optional<T> readText(
            K key, TableField<R, String> column, ContentBody<Reader, T, X> body) throws X {
        return large(key, column)
                .read(bytes -> body.read(new InputStreamReader(bytes, StandardCharsets.UTF_8)), executor);
    }

    /**
     * Code that reads one large value.
     *
     * @param <S> an {@link InputStream} or a {@link Reader}
     * @param <T> the result
     * @param <X> the exception that it may throw
     */
    @FunctionalInterface
    public interface ContentBody<S, T extends @Nullable Object, X extends Exception> {
        /** Reads as much of the value as it needs. The stream is closed when it returns. */
        T read(S content) throws X;
    }

    private LobColumn<R> large(K key, TableField<R, ?> column) {
        return new LobColumn<>(mapping, column, lookup.fields(), values(key));
    }

    /** Deletes the row with this key, and returns whether it existed. The version is not checked. */
    public boolean delete(K key) {
        return writer.delete(values(key), executor);
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> where(Condition condition) {
        return new TableQuery<>(executor, Selection.all(mapping).and(condition), false, List.of());
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> all() {
        return new TableQuery<>(executor, Selection.all(mapping), true, List.of());
    }

    /**
     * Inserts rows with the columns touched on each of the records, and returns the records with their generated keys.
     * The rows are inserted in the order of the records. A column that is set on other records only takes its default.
     *
     * <p>Either all rows are inserted or none. A statement takes up to 1,000 rows and about a megabyte, fewer rows if
     * there are many columns; larger inserts take several statements, in one transaction. An error of a row names its
     * position, counted from 1. If the database generates the keys, one more statement queries
     * {@code auto_increment_increment}: once in each transaction, and again before the commit if a later insert used
     * it.
     *
     * @throws IllegalArgumentException as {@link #insert(KeyedRecord)}
     */
    public List<R> insertAll(Collection<R> records) {
        var rows = read(records);
        RowCheck.each(rows, this.records::prepareInsert);
        new BatchInsert<>(mapping).insert(rows, executor);
        return List.copyOf(rows);
    }

    /**
     * Starts an upsert of a row with the columns that are set on a new record. {@link Upsert#on} runs it, with the
     * unique key that identifies the row:
     *
     * <pre>{@code
     * users.upsert(u -> u.setEmail(email).setName("Ann")).on(Keys.KEY_USERS_UK_USERS_EMAIL);
     * }</pre>
     */
    @CheckReturnValue
    public Upsert<R> upsert(Consumer<? super R> values) {
        var record = mapping.newRecord();
        values.accept(record);
        return upsert(record);
    }

    /**
     * Starts an upsert of a row with all that the record was given: the columns that were set, and those that it was
     * read or written with. {@link Upsert#on} runs it.
     */
    @CheckReturnValue
    public Upsert<R> upsert(R record) {
        return new Upsert<>(mapping, executor, record);
    }

    /**
     * Starts an upsert of many rows with all that each record was given: the columns that were set, and those that it
     * was read or written with. {@link UpsertAll#on} runs it.
     */
    @CheckReturnValue
    public UpsertAll<R> upsertAll(Collection<R> records) {
        return new UpsertAll<>(mapping, executor, read(records));
    }

    /**
     * Inserts any number of rows from a stream, in one transaction and with little memory, and returns how many rows
     * there were and how they were sent. It uses LOAD DATA LOCAL on a connection of its own if the database was opened
     * by {@link Database#open} and the server has {@code local_infile=ON}. Otherwise, and in a session, it uses inserts
     * of many rows.
     *
     * <p>Either all rows are inserted or none. A row that {@link #insert(KeyedRecord)} would reject is rejected here,
     * with its position, counted from 1. The records do not receive their generated keys. The stream is read once, so
     * the load is not retried; the caller closes the stream.
     *
     * @throws IllegalArgumentException if the columns set on a record differ from those of the first; nothing is
     *     written
     */
    public LoadResult load(Stream<R> records) {
        var rows = new BulkRows<>(mapping, records.iterator(), this.records::prepareInsert);
        return new BulkLoad<>(mapping).load(rows, executor);
    }

    /**
     * Returns the records, read once: a collection may make other records each time, or run statements. A null stays,
     * for the checks to report its position.
     */
    private static <R> List<R> read(Collection<R> records) {
        return new ArrayList<>(records);
    }

    /** Returns the column values of a key. @throws IllegalArgumentException if the key is null */
    private List<Object> values(@Nullable K key) {
        if (key == null) {
            throw new IllegalArgumentException(
                    "The key of a row of " + mapping.table().getName() + " is null. Pass the key of a row.");
        }
        return Arrays.asList(keyValues.apply(key));
    }
}
