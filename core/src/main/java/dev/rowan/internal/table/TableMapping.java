package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.codec.UserBinding;
import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.util.UnreadableValueException;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The mapping between one table and its records: the codecs of the columns, and a cache of the SQL of its statements by
 * shape. Thread-safe.
 */
public final class TableMapping<R extends TableRecord<R>> {

    /** The most cached texts. Most programs have few shapes; one with ever new shapes empties the cache at times. */
    private static final int MOST_TEXTS = 1_000;

    /** The most characters of the cached texts: a few texts of long lists take as much memory as all others. */
    private static final int MOST_CHARACTERS = 2 << 20;

    private final Table<R> table;
    private final Supplier<R> newRecord;
    private final DSLContext dsl;
    private final Codec[] codecs;
    private final @Nullable ValueCheck[] checks;
    private final BitSet all = new BitSet();
    private final BitSet generated = new BitSet();
    private final int identityIndex;
    private final int versionIndex;
    private final Map<Object, String> texts = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong rendered = new AtomicLong();

    /**
     * Creates the mapping of a table.
     *
     * @param newRecord creates a blank record
     * @param dsl renders the statements; it needs no connection
     */
    public TableMapping(Table<R> table, Supplier<R> newRecord, DSLContext dsl) {
        this.table = table;
        this.newRecord = newRecord;
        this.dsl = dsl;
        this.codecs =
                table.fieldStream().map(field -> Codec.of(field.getDataType())).toArray(Codec[]::new);
        this.checks = table.fieldStream().map(ValueCheck::of).toArray(ValueCheck[]::new);
        all.set(0, codecs.length);
        for (int i = 0; i < codecs.length; i++) {
            if (table.fields()[i].getDataType().readonly()) {
                generated.set(i);
            }
        }
        var identity = identity();
        this.identityIndex = identity == null ? -1 : table.indexOf(identity);
        var version = version();
        this.versionIndex = version == null ? -1 : table.indexOf(version);
    }

    /** Returns the table. */
    public Table<R> table() {
        return table;
    }

    /** Returns a SELECT of all columns of the table, in their order. */
    public SelectJoinStep<Record> select() {
        return dsl.select(selected(List.of(table.fields()))).from(table);
    }

    /**
     * Returns fields as a SELECT names them: the driver cannot read a VECTOR from a prepared statement, but can read
     * its bytes.
     */
    public static List<Field<?>> selected(List<? extends Field<?>> fields) {
        return fields.stream()
                .<Field<?>>map(field -> field.getType() == float[].class
                        ? DSL.field("cast({0} as binary)", field.getDataType(), field)
                                .as(field.getName())
                        : field)
                .toList();
    }

    /** Returns jOOQ's DSL for rendering; it has no connection. */
    public DSLContext dsl() {
        return dsl;
    }

    /** Returns the fields of a table's primary key, in its order. @throws IllegalArgumentException if it has none */
    public static <R extends TableRecord<R>> List<TableField<R, ?>> primaryKey(Table<R> table) {
        var key = table.getPrimaryKey();
        if (key == null) {
            throw new IllegalArgumentException(
                    table.getName() + " has no primary key. Read it with a ReadRepository, and write it with dsl().");
        }
        return key.getFields();
    }

    /** Returns the fields of a table's primary key, in its order; none if it has none. */
    public static List<? extends TableField<?, ?>> keyFields(Table<?> table) {
        var key = table.getPrimaryKey();
        return key == null ? List.of() : key.getFields();
    }

    /** Returns a blank record. */
    public R newRecord() {
        return newRecord.get();
    }

    /** Returns the codec of a column. */
    public Codec codec(Field<?> field) {
        return codecs[table.indexOf(field)];
    }

    /** Returns the codec of the column at a position. */
    public Codec codec(int index) {
        return codecs[index];
    }

    /** Checks values. @throws dev.rowan.error.InvalidValue if one of these columns cannot hold its value unchanged */
    void requireValidValues(KeyedRecord<?> record, BitSet columns) {
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            var check = checks[i];
            if (check == null) {
                continue;
            }
            var wire = codecs[i].wire(record.get(i));
            if (wire != null) {
                check.require(wire);
            }
        }
    }

    /** Returns the positions of the generated columns. The caller must not change the set. */
    public BitSet generated() {
        return generated;
    }

    /** Returns the AUTO_INCREMENT column, or null. */
    public @Nullable TableField<R, ?> identity() {
        var identity = table.getIdentity();
        return identity == null ? null : identity.getField();
    }

    /** Returns the position of the AUTO_INCREMENT column, or -1. */
    public int identityIndex() {
        return identityIndex;
    }

    /** Returns the version column, or null. */
    public @Nullable TableField<R, ?> version() {
        return table.getRecordVersion();
    }

    /** Returns the SQL of this shape; the query is rendered if it is not cached. */
    public String text(Object shape, Supplier<? extends QueryPart> part) {
        var known = texts.get(shape);
        return known != null ? known : textOf(shape, () -> dsl.render(part.get()));
    }

    /** Returns the SQL of this shape; the supplier is asked if it is not cached. */
    public String textOf(Object shape, Supplier<String> sql) {
        var known = texts.get(shape);
        if (known != null) {
            return known;
        }
        var text = sql.get();
        rendered.incrementAndGet();
        if (texts.size() >= MOST_TEXTS || characters.addAndGet(text.length()) > MOST_CHARACTERS) {
            texts.clear();
            characters.set(text.length());
        }
        texts.put(shape, text);
        return text;
    }

    /** Returns how many texts were rendered: those that were not cached. */
    long renderedTexts() {
        return rendered.get();
    }

    /** Returns how many texts are cached. */
    int cachedTexts() {
        return texts.size();
    }

    /** Returns the condition that each of these columns equals a placeholder, in their order. */
    public static Condition equal(List<? extends Field<?>> fields) {
        return DSL.and(fields.stream().map(TableMapping::equal).toList());
    }

    private static <T> Condition equal(Field<T> field) {
        return field.eq(placeholder(field));
    }

    /** Returns the placeholder of a value that is compared with a column. */
    public static <T> Field<T> placeholder(Field<T> field) {
        return DSL.val(null, field);
    }

    /**
     * Returns the placeholder of a value that is written to a column. JSON is sent as plain text: jOOQ would cast it,
     * and the server's error about invalid JSON would then not name the column.
     */
    public static Param<?> writePlaceholder(Field<?> field, @Nullable Object value) {
        var type = field.getDataType();
        if (Codec.wire(type) != JSON.class || UserBinding.has(type)) {
            return DSL.val(value, type);
        }
        var json = (JSON) Codec.of(type).wire(value);
        return DSL.val(json == null ? null : json.data(), SQLDataType.CLOB);
    }

    /**
     * Marks a record as inserted: sets the generated id and the initial version.
     *
     * @param id that the server generated; 0 for none
     * @param written the columns that the insert wrote
     */
    public void markInserted(KeyedRecord<?> record, long id, BitSet written) {
        setGeneratedId(record, id, written);
        if (versionIndex >= 0
                && !written.get(versionIndex)
                && field(versionIndex).getDataType().default_() instanceof Param<?> first) {
            RecordAccess.setStored(record, versionIndex, first.getValue());
        }
        record.touched(false);
        RecordAccess.setKnown(record, written);
    }

    /**
     * Marks a record as upserted.
     *
     * @param written the columns that the upsert wrote
     * @param isInserted whether it is certain that the row is new; otherwise its version is not known
     */
    public void markUpserted(KeyedRecord<?> record, BitSet written, boolean isInserted) {
        if (isInserted) {
            markInserted(record, 0, written);
            return;
        }
        var known = written;
        if (versionIndex >= 0) {
            RecordAccess.setStored(record, versionIndex, null);
            known = (BitSet) written.clone(); // records share their sets
            known.clear(versionIndex);
        }
        record.touched(false);
        RecordAccess.setKnown(record, known);
    }

    /** Marks a record as updated: sets the next version, if the table has one. */
    public void markUpdated(KeyedRecord<?> record, BitSet written) {
        if (versionIndex >= 0) {
            RecordAccess.setStored(record, versionIndex, nextVersion(expectedVersion(record)));
        }
        record.touched(false);
        RecordAccess.addKnown(record, written);
    }

    /** Returns which of these columns a write over an existing row sets: without the key and the version. */
    public BitSet replacedColumns(BitSet given) {
        var columns = (BitSet) given.clone();
        for (var field : keyFields(table)) {
            columns.clear(table.indexOf(field));
        }
        if (versionIndex >= 0) {
            columns.clear(versionIndex);
        }
        return columns;
    }

    /** Returns the columns that get their defaults when a row is written over with these. */
    public BitSet defaultedColumns(BitSet replaced) {
        var columns = replacedColumns(all);
        columns.andNot(replaced);
        columns.andNot(generated);
        return columns;
    }

    /**
     * Returns the version that a write of the record expects its row to have: the one that was set on the record, or
     * else the one that it was read or last written with. Null if the record has none, or the table.
     */
    public @Nullable Object expectedVersion(KeyedRecord<?> record) {
        if (versionIndex < 0) {
            return null;
        }
        return record.modified(versionIndex) ? record.get(versionIndex) : record.original(versionIndex);
    }

    /** Returns the version of a row after its next write; null if the table has none. */
    public @Nullable Object versionAfter(@Nullable Object version) {
        return versionIndex < 0 ? null : nextVersion(version);
    }

    /** Returns whether one of these columns has an expression as its default. */
    public boolean hasComputedDefault(BitSet columns) {
        return columns.stream().anyMatch(i -> {
            var first = field(i).getDataType().default_();
            return first != null && !(first instanceof Param<?>);
        });
    }

    /** Marks a new record as written over an existing row. */
    public void markReplaced(KeyedRecord<?> record, BitSet written, @Nullable Object version) {
        if (versionIndex >= 0) {
            RecordAccess.setStored(record, versionIndex, version);
        }
        record.touched(false);
        var known = (BitSet) written.clone();
        for (var field : keyFields(table)) {
            known.set(table.indexOf(field));
        }
        RecordAccess.setKnown(record, known);
    }

    /** Marks a record as deleted: it is new again, with the values that it had. */
    public void markDeleted(KeyedRecord<?> record) {
        RecordAccess.detachFromRow(record, WriteColumns.given(record, this));
    }

    private Object nextVersion(@Nullable Object version) {
        var from = version == null ? 0 : ((Number) version).longValue();
        return number(field(versionIndex), from + 1);
    }

    /**
     * Sets the AUTO_INCREMENT column of a record, unless it was among the columns that were written.
     *
     * @param id that the server generated; 0 for none
     */
    public void setGeneratedId(KeyedRecord<?> record, long id, BitSet written) {
        if (identityIndex >= 0 && id != 0 && !written.get(identityIndex)) {
            RecordAccess.setStored(record, identityIndex, number(field(identityIndex), id));
        }
    }

    private Field<?> field(int index) {
        return Objects.requireNonNull(table.field(index));
    }

    /** Converts a number to the type of the field. */
    public static Object number(Field<?> field, long number) {
        return DSL.val(number, field.getDataType()).getValue();
    }

    /** Returns the record of the cursor's current row. */
    public R read(ResultSet rows) throws SQLException {
        var record = newRecord.get();
        try {
            RecordAccess.fill(record, codecs, all, rows);
        } catch (UnreadableValueException e) {
            throw isNumbered() ? e.inRow(numbersOf(rows)) : e;
        }
        return record;
    }

    /** Returns whether the primary key consists of numbers, which a message may show: they are no data of a person. */
    private boolean isNumbered() {
        var key = table.getPrimaryKey();
        return key != null
                && key.getFields().stream().allMatch(field -> Number.class.isAssignableFrom(field.getType()));
    }

    private String numbersOf(ResultSet rows) throws SQLException {
        var numbers = new StringJoiner(", ", table.getName() + " with ", "");
        for (var field : primaryKey(table)) {
            var index = table.indexOf(field);
            numbers.add(field.getName() + " " + codecs[index].read(field, rows, index + 1));
        }
        return numbers.toString();
    }
}
