package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.write.ValuesJoin;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.RowN;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/**
 * What the columns at the beginning of a way hold in the records that it is followed from: each combination once, as it
 * goes to the server, without those that have a NULL. Not thread-safe.
 */
public final class PathKeys {

    /** The place of a record whose key has a NULL. */
    static final int NOWHERE = -1;

    /** The name of a table of keys, and of the column that holds a key's place; no column has it. */
    static final String NAME = "#";

    /** As many keys as a table of lines has at most: its text is not to fall out of the driver's cache of prepared ones. */
    static final int MOST_LINES = 1024;

    /** As many keys as one value of JSON holds at most: the longest, UUIDs, stay within a quarter of a packet. */
    static final int MOST_IN_JSON = 100_000;

    /** What a table made of JSON calls the types whose equality in Java is the server's. */
    private static final Map<Class<?>, String> IN_JSON = Map.of(
            Boolean.class, "bigint",
            Byte.class, "bigint",
            Short.class, "bigint",
            Integer.class, "bigint",
            Long.class, "bigint",
            UByte.class, "bigint",
            UShort.class, "bigint",
            UInteger.class, "bigint",
            ULong.class, "bigint unsigned",
            LocalDate.class, "date");

    private final List<? extends TableField<?, ?>> columns;
    private final List<? extends TableField<?, ?>> far;
    private final List<Codec> codecs;
    private final boolean equalInJava;
    private final List<Object[]> keys = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();

    /**
     * Makes no keys yet.
     *
     * @param columns of the records
     * @param far those that equal them
     */
    PathKeys(List<? extends TableField<?, ?>> columns, List<? extends TableField<?, ?>> far) {
        this.columns = columns;
        this.far = far;
        this.codecs =
                columns.stream().map(column -> Codec.of(column.getDataType())).toList();
        this.equalInJava = areEqualInJava(columns, far);
    }

    /** Returns the place of a record's key among them, from 0; {@value #NOWHERE} if it has none. */
    int add(TableRecord<?> record) {
        var key = new Object[columns.size()];
        for (int i = 0; i < key.length; i++) {
            var value = record.get(columns.get(i));
            if (value == null) {
                return NOWHERE;
            }
            key[i] = value;
        }
        return add(key);
    }

    /** Returns the place of a key among them, from 0. */
    int add(Object[] key) {
        var known = places.putIfAbsent(onWire(key, codecs), keys.size());
        if (known != null) {
            return known;
        }
        keys.add(key);
        return keys.size() - 1;
    }

    int size() {
        return keys.size();
    }

    /** Returns the key at this place. */
    Object[] key(int place) {
        return keys.get(place);
    }

    /** Says whether one statement takes all of them. */
    boolean areOneStatement() {
        return size() <= (areEqualInJava() ? MOST_IN_JSON : MOST_LINES);
    }

    /** Returns the number of places for so many keys: a power of two, so that texts are few. */
    static int padded(int keys) {
        return Integer.highestOneBit(keys * 2 - 1);
    }

    /** Returns the values of the IN list. */
    BindValues binds() {
        var binds = new BindValues();
        for (int i = 0; i < padded(size()); i++) {
            addTo(binds, keys.get(Math.min(i, size() - 1)));
        }
        return binds;
    }

    /** Returns the values of so many keys, from one place on. */
    BindValues binds(int from, int size) {
        var binds = new BindValues();
        for (var key : keys.subList(from, from + size)) {
            addTo(binds, key);
        }
        return binds;
    }

    /** Returns the one value of the table made of JSON that begins at this place. */
    BindValues jsonBinds(int from) {
        return new BindValues().add(Codec.of(SQLDataType.CLOB), json(from));
    }

    /** Returns the values of the table of lines that begins at this place. */
    BindValues lineBinds(int from) {
        var binds = new BindValues();
        for (var key : lines(from)) {
            addTo(binds, key);
        }
        return binds;
    }

    /** Returns the keys of a table of lines; those that fill it up are NULL, which equals nothing. */
    private List<@Nullable Object[]> lines(int from) {
        var lines = new ArrayList<@Nullable Object[]>(keys.subList(from, Math.min(size(), from + MOST_LINES)));
        for (int i = padded(lines.size()) - lines.size(); i > 0; i--) {
            lines.add(new Object[columns.size()]);
        }
        return lines;
    }

    private void addTo(BindValues binds, @Nullable Object[] key) {
        for (int i = 0; i < key.length; i++) {
            binds.add(codecs.get(i), key[i]);
        }
    }

    /** Returns the place of a key that was read from columns of the same types, with codecs of their own. */
    int place(Object[] key, List<Codec> codecsOfKey) {
        return places.getOrDefault(onWire(key, codecsOfKey), NOWHERE);
    }

    /** Says whether two keys are equal in Java exactly if they are in the database. */
    boolean areEqualInJava() {
        return equalInJava;
    }

    private static boolean areEqualInJava(
            List<? extends TableField<?, ?>> columns, List<? extends TableField<?, ?>> far) {
        for (int i = 0; i < columns.size(); i++) {
            var wire = Codec.wire(columns.get(i).getDataType());
            if (wire != Codec.wire(far.get(i).getDataType())) {
                return false;
            }
            if (wire != byte[].class && !IN_JSON.containsKey(wire)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the condition that the columns equal one of the keys; the last is repeated up to a power of two. */
    Condition among() {
        var rows = new ArrayList<RowN>();
        for (int i = 0; i < padded(size()); i++) {
            rows.add(row(keys.get(Math.min(i, size() - 1))));
        }
        if (columns.size() > 1) {
            return DSL.row(far).in(rows);
        }
        return DSL.condition(
                "{0} in ({1})",
                far.getFirst(), DSL.list(rows.stream().map(row -> row.field(0)).toArray(QueryPart[]::new)));
    }

    private RowN row(@Nullable Object[] key) {
        var values = new ArrayList<Field<?>>();
        for (int i = 0; i < key.length; i++) {
            values.add(DSL.val(key[i], columns.get(i).getDataType()));
        }
        return DSL.row(values);
    }

    /** Returns a table of the keys from one place on, at most {@value #MOST_IN_JSON}, and their places, as one value. */
    Table<?> inJson(int from) {
        var types = new StringJoiner(", ");
        for (int i = 0; i < columns.size(); i++) {
            var type = IN_JSON.getOrDefault(Codec.wire(columns.get(i).getDataType()), "text");
            types.add("`#" + i + "` " + type + " path '$[" + i + "]'");
        }
        return DSL.table(
                        "json_table({0}, '$[*]' columns (`#` for ordinality, " + types + "))",
                        DSL.val(json(from), SQLDataType.CLOB))
                .as(NAME);
    }

    private String json(int from) {
        var array = new StringJoiner(",", "[", "]");
        for (var key : keys.subList(from, Math.min(size(), from + MOST_IN_JSON))) {
            var line = new StringJoiner(",", "[", "]");
            for (int i = 0; i < key.length; i++) {
                line.add(json(onWire(codecs.get(i), key[i])));
            }
            array.add(line.toString());
        }
        return array.toString();
    }

    private static String json(Object value) {
        return switch (value) {
            case byte[] bytes -> '"' + HexFormat.of().formatHex(bytes) + '"';
            case LocalDate date -> "\"" + date + '"';
            case Boolean bit -> bit ? "1" : "0";
            default -> value.toString();
        };
    }

    /**
     * Returns a table of the keys from one place on, at most {@value #MOST_LINES}, line by line. They are compared as the
     * columns are: so a first line, of which no row comes, gives them the types and collations of those.
     */
    Table<?> inLines(int from, Table<?> table, SQLDialect dialect) {
        var parts = new ArrayList<QueryPart>();
        var types = new StringJoiner(", ");
        for (int i = 0; i < far.size(); i++) {
            types.add("{" + parts.size() + "} as `#" + i + "`");
            parts.add(far.get(i));
        }
        var text = new StringBuilder("(select " + types + ", 0 as `#` from {" + parts.size() + "} where false");
        parts.add(table);
        var row = dialect == SQLDialect.MARIADB ? "(" : "row(";
        var separator = " union all values ";
        int place = 1;
        for (var key : lines(from)) {
            var line = new StringJoiner(", ", separator + row, ", " + place++ + ")");
            for (var value : row(key).fields()) {
                line.add(ValuesJoin.place(value).replace("?", "{" + parts.size() + "}"));
                parts.add(value);
            }
            text.append(line);
            separator = ", ";
        }
        return DSL.table(text + ")", parts.toArray(QueryPart[]::new)).as(NAME);
    }

    /** Returns the condition that the columns equal those of the table of keys. */
    Condition joined() {
        var conditions = new ArrayList<Condition>();
        for (int i = 0; i < far.size(); i++) {
            var hex = areEqualInJava() && Codec.wire(far.get(i).getDataType()) == byte[].class;
            conditions.add(DSL.condition(
                    hex ? "{0} = unhex({1})" : "{0} = {1}", far.get(i), DSL.field(DSL.name(NAME, NAME + i))));
        }
        return DSL.and(conditions);
    }

    /** Returns a key as it goes to the server, to be compared by. */
    static List<Object> onWire(Object[] key, List<Codec> codecs) {
        var wire = new Object[key.length];
        for (int i = 0; i < key.length; i++) {
            wire[i] = comparable(onWire(codecs.get(i), key[i]));
        }
        return Arrays.asList(wire);
    }

    /** Only null goes as null. */
    private static Object onWire(Codec codec, Object value) {
        return Objects.requireNonNull(codec.wire(value));
    }

    /** Returns what equals another if the value does. */
    public static Object comparable(Object value) {
        return switch (value) {
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case BigDecimal number -> number.stripTrailingZeros();
            default -> value;
        };
    }
}
