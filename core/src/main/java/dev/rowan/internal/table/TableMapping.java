package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.codec.UserBinding;
import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one table are written and read: the codecs of its columns, and the text of each statement about it,
 * rendered once for each shape. Thread-safe.
 */
public final class TableMapping<R extends TableRecord<R>> {

    /** Shapes depend on code alone, so that they are few; what makes more (ever longer IN lists) starts afresh. */
    private static final int MOST_TEXTS = 1_000;

    private final Table<R> table;
    private final Supplier<R> newRecord;
    private final DSLContext dsl;
    private final Codec[] codecs;
    private final @Nullable ValueCheck[] fits;
    private final BitSet generated = new BitSet();
    private final int identityIndex;
    private final Map<Object, String> texts = new ConcurrentHashMap<>();

    public TableMapping(Table<R> table, Supplier<R> newRecord, DSLContext dsl) {
        this.table = table;
        this.newRecord = newRecord;
        this.dsl = dsl;
        this.codecs =
                table.fieldStream().map(field -> Codec.of(field.getDataType())).toArray(Codec[]::new);
        this.fits = table.fieldStream().map(ValueCheck::of).toArray(ValueCheck[]::new);
        for (int i = 0; i < codecs.length; i++) {
            if (table.fields()[i].getDataType().readonly()) {
                generated.set(i);
            }
        }
        var identity = identity();
        this.identityIndex = identity == null ? -1 : table.indexOf(identity);
    }

    public Table<R> table() {
        return table;
    }

    /** Returns jOOQ's DSL to render with; it has no connection. */
    public DSLContext dsl() {
        return dsl;
    }

    /** Returns the fields of a table's primary key, in its order. @throws IllegalArgumentException if it has none */
    public static <R extends TableRecord<R>> List<TableField<R, ?>> primaryKey(Table<R> table) {
        var key = table.getPrimaryKey();
        if (key == null) {
            throw new IllegalArgumentException(table.getName() + " has no primary key. Read it by a ReadRepository.");
        }
        return key.getFields();
    }

    /** Returns a blank record. */
    public R newRecord() {
        return newRecord.get();
    }

    public Codec codec(Field<?> field) {
        return codecs[table.indexOf(field)];
    }

    public Codec codec(int index) {
        return codecs[index];
    }

    /** @throws dev.rowan.error.InvalidValue if one of these columns would hold something else than the record's value for it */
    void requireFit(KeyedRecord<?> record, BitSet columns) {
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            var fit = fits[i];
            if (fit == null) {
                continue;
            }
            var wire = codecs[i].wire(record.get(i));
            if (wire != null) {
                fit.require(wire);
            }
        }
    }

    /** Returns the positions of the columns that the database works out itself; not to be changed. */
    public BitSet generated() {
        return generated;
    }

    /** Returns the column that the server numbers, if there is one. */
    public @Nullable TableField<R, ?> identity() {
        var identity = table.getIdentity();
        return identity == null ? null : identity.getField();
    }

    /** Returns the position of that column, or -1. */
    public int identityIndex() {
        return identityIndex;
    }

    /** Returns the column that counts the updates of a row, if there is one. */
    public @Nullable TableField<R, ?> version() {
        return table.getRecordVersion();
    }

    /** Returns the text of this shape, rendered the first time it is asked for. */
    public String text(Object shape, Supplier<? extends QueryPart> part) {
        var known = texts.get(shape);
        return known != null ? known : textOf(shape, () -> dsl.render(part.get()));
    }

    /** Returns the text of this shape, made the first time it is asked for. */
    public String textOf(Object shape, Supplier<String> made) {
        var known = texts.get(shape);
        if (known != null) {
            return known;
        }
        if (texts.size() >= MOST_TEXTS) {
            texts.clear();
        }
        return texts.computeIfAbsent(shape, s -> made.get());
    }

    /** Returns the condition that each of these columns equals a value yet to be bound, in their order. */
    public static Condition equal(List<? extends Field<?>> fields) {
        return DSL.and(fields.stream().map(TableMapping::equal).toList());
    }

    private static <T> Condition equal(Field<T> field) {
        return field.eq(unbound(field));
    }

    /** Returns the place of a value yet to be bound. */
    public static <T> Field<T> unbound(Field<T> field) {
        return DSL.val(null, field);
    }

    /**
     * Returns the place of a value that is written to a column. JSON goes as the text it is: jOOQ would cast it, and the
     * server would then no longer name the column of what is not JSON.
     */
    public static Param<?> written(Field<?> field, @Nullable Object value) {
        var type = field.getDataType();
        if (Codec.wire(type) != JSON.class || UserBinding.has(type)) {
            return DSL.val(value, type);
        }
        var json = (JSON) Codec.of(type).wire(value);
        return DSL.val(json == null ? null : json.data(), SQLDataType.CLOB);
    }

    /** Reads the first row, if there is one. */
    public Optional<R> readFirst(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(read(rows)) : Optional.empty();
    }

    /** Takes what an insert made known: the key that the server made, 0 for none, and the version that rows begin with. */
    public void inserted(KeyedRecord<?> record, long id) {
        learnId(record, id);
        var version = version();
        if (version != null && !record.touched(version) && version.getDataType().default_() instanceof Param<?> first) {
            RecordAccess.learn(record, version, first.getValue());
        }
        record.touched(false);
    }

    /** Fills in the id that the server made for the row of a record, if it made one. */
    public void learnId(KeyedRecord<?> record, long id) {
        if (identityIndex < 0 || id == 0) {
            return;
        }
        if (record.touched(identityIndex) && record.get(identityIndex) != null) {
            // it was given
            return;
        }
        RecordAccess.learn(record, identityIndex, number(Objects.requireNonNull(table.field(identityIndex)), id));
    }

    /** Says whether the record was given a value for the field, for the next write. */
    public static boolean isGiven(KeyedRecord<?> record, Field<?> field) {
        return record.touched(field) && record.get(field) != null;
    }

    /** Returns a number as a value of the field. */
    public static Object number(Field<?> field, long number) {
        return DSL.val(number, field.getDataType()).getValue();
    }

    /** Reads the row that the cursor stands on. */
    public R read(ResultSet rows) throws SQLException {
        var record = newRecord.get();
        RecordAccess.fill(record, codecs, rows);
        return record;
    }
}
