package dev.rowan;

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

/**
 * What the columns at the beginning of a way hold in the records that it is followed from: each combination once, as it
 * goes to the server, without those that have a NULL. Not thread-safe.
 */
final class WayKeys {

    /** The place of a record whose key has a NULL. */
    static final int NOWHERE = -1;

    /** The name of a table of keys, and of the column that holds a key's place; no column has it. */
    static final String NAME = "#";

    /** As many keys as a table of lines may have. */
    static final int MOST_LINES = 1000;

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
    private final List<Codec> codecs;
    private final List<Object[]> keys = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();

    WayKeys(List<? extends TableField<?, ?>> columns) {
        this.columns = columns;
        this.codecs =
                columns.stream().map(column -> Codec.of(column.getDataType())).toList();
    }

    /** Returns the place of a record's key among them, from 0; {@value #NOWHERE} if it has none. */
    int add(TableRecord<?> record) {
        var key = new Object[columns.size()];
        for (int i = 0; i < key.length; i++) {
            var value = record.get(columns.get(i));
            if (value == null) return NOWHERE;
            key[i] = value;
        }
        var known = places.putIfAbsent(onWire(key, codecs), keys.size());
        if (known != null) return known;
        keys.add(key);
        return keys.size() - 1;
    }

    int size() {
        return keys.size();
    }

    /** Returns the number of places in the IN list. */
    int paddedSize() {
        return Integer.highestOneBit(keys.size() * 2 - 1);
    }

    /** Returns the values of the IN list. */
    Binds binds() {
        var binds = lineBinds(0, keys.size());
        for (int i = keys.size(); i < paddedSize(); i++) addTo(binds, keys.getLast());
        return binds;
    }

    /** Returns the one value of the table made of JSON. */
    Binds jsonBinds() {
        return new Binds().add(Codec.of(SQLDataType.CLOB), json());
    }

    /** Returns the values of the table of lines that begins at this place. */
    Binds lineBinds(int from) {
        return lineBinds(from, Math.min(size(), from + MOST_LINES));
    }

    private Binds lineBinds(int from, int to) {
        var binds = new Binds();
        for (var key : keys.subList(from, to)) addTo(binds, key);
        return binds;
    }

    private void addTo(Binds binds, Object[] key) {
        for (int i = 0; i < key.length; i++) binds.add(codecs.get(i), key[i]);
    }

    /** Returns the place of a key that was read from columns of the same types, with codecs of their own. */
    int place(Object[] key, List<Codec> codecsOfKey) {
        return places.getOrDefault(onWire(key, codecsOfKey), NOWHERE);
    }

    /** Says whether two keys are equal in Java exactly if they are in the database. */
    boolean areEqualInJava() {
        return columns.stream().map(WayKeys::wire).allMatch(type -> type == byte[].class || IN_JSON.containsKey(type));
    }

    /** Returns the condition that these columns equal one of the keys; the last is repeated up to a power of two. */
    Condition among(List<? extends Field<?>> those) {
        var rows = new ArrayList<RowN>();
        for (var key : keys) rows.add(row(key));
        while (rows.size() < paddedSize()) rows.add(rows.getLast());
        if (columns.size() > 1) return DSL.row(those).in(rows);
        return DSL.condition(
                "{0} in ({1})",
                those.getFirst(),
                DSL.list(rows.stream().map(row -> row.field(0)).toArray(QueryPart[]::new)));
    }

    private RowN row(Object[] key) {
        var values = new ArrayList<Field<?>>();
        for (int i = 0; i < key.length; i++)
            values.add(DSL.val(key[i], columns.get(i).getDataType()));
        return DSL.row(values);
    }

    /** Returns a table of all keys and their places, as one value. */
    Table<?> inJson() {
        var types = new StringJoiner(", ");
        for (int i = 0; i < columns.size(); i++)
            types.add("`#" + i + "` " + IN_JSON.getOrDefault(wire(columns.get(i)), "text") + " path '$[" + i + "]'");
        return DSL.table(
                        "json_table({0}, '$[*]' columns (`#` for ordinality, " + types + "))",
                        DSL.val(json(), SQLDataType.CLOB))
                .as(NAME);
    }

    private String json() {
        var array = new StringJoiner(",", "[", "]");
        for (var key : keys) {
            var line = new StringJoiner(",", "[", "]");
            for (int i = 0; i < key.length; i++) line.add(json(onWire(codecs.get(i), key[i])));
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
    Table<?> inLines(int from, List<? extends TableField<?, ?>> those, Table<?> table, SQLDialect dialect) {
        var parts = new ArrayList<QueryPart>();
        var types = new StringJoiner(", ");
        for (int i = 0; i < those.size(); i++) {
            types.add("{" + parts.size() + "} as `#" + i + "`");
            parts.add(those.get(i));
        }
        var text = new StringBuilder("(select " + types + ", 0 as `#` from {" + parts.size() + "} where false");
        parts.add(table);
        var row = dialect == SQLDialect.MARIADB ? "(" : "row(";
        var separator = " union all values ";
        for (int place = from; place < Math.min(size(), from + MOST_LINES); place++) {
            var line = new StringJoiner(", ", separator + row, ", " + (place + 1 - from) + ")");
            for (var value : row(keys.get(place)).fields()) {
                line.add(DerivedRows.place(value).replace("?", "{" + parts.size() + "}"));
                parts.add(value);
            }
            text.append(line);
            separator = ", ";
        }
        return DSL.table(text + ")", parts.toArray(QueryPart[]::new)).as(NAME);
    }

    /** Returns the condition that these columns equal those of the table of keys. */
    Condition joined(List<? extends TableField<?, ?>> those) {
        var conditions = new ArrayList<Condition>();
        for (int i = 0; i < those.size(); i++) {
            var hex = areEqualInJava() && wire(columns.get(i)) == byte[].class;
            conditions.add(DSL.condition(
                    hex ? "{0} = unhex({1})" : "{0} = {1}", those.get(i), DSL.field(DSL.name(NAME, NAME + i))));
        }
        return DSL.and(conditions);
    }

    private static Class<?> wire(Field<?> column) {
        return column.getDataType().getBinding().converter().fromType();
    }

    private static List<Object> onWire(Object[] key, List<Codec> codecs) {
        var wire = new Object[key.length];
        for (int i = 0; i < key.length; i++) wire[i] = comparable(onWire(codecs.get(i), key[i]));
        return Arrays.asList(wire);
    }

    /** Only null goes as null. */
    private static Object onWire(Codec codec, Object value) {
        return Objects.requireNonNull(codec.wire(value));
    }

    /** Returns what equals another if the value does. */
    static Object comparable(Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
