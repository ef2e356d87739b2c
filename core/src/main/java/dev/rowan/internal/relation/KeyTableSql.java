package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.write.ValuesJoin;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.RowN;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.ULong;
import org.jspecify.annotations.Nullable;

/**
 * Builds the SQL that finds the rows of {@link PathKeys}: an IN list, or a table of keys that is joined with the rows.
 * Such a table has the columns of the keys, and a column with the number of a key, from 1. It comes in two forms:
 *
 * <ul>
 *   <li>a JSON table: all keys are one bind value. Values are compared as in Java, so the keys must be equal in Java
 *       exactly if they are in the database;
 *   <li>a table of lines: a derived table with one line of placeholders per key. Values are compared as those of the
 *       columns are, under their collations.
 * </ul>
 */
final class KeyTableSql {

    /** The name of a table of keys, and of its column with the number of a key; no column of a user has it. */
    static final String NAME = "#";

    /**
     * The most keys of a table of lines. With more, the SQL would be too long for the driver's cache of prepared
     * statements.
     */
    static final int MOST_LINES = 1024;

    /** The most keys of a JSON table: those of the longest type, UUID, take a quarter of a packet. */
    static final int MOST_IN_JSON = 100_000;

    private final PathKeys keys;

    /** Builds the SQL for these keys. Keys that are added later are included. */
    KeyTableSql(PathKeys keys) {
        this.keys = keys;
    }

    /** Returns whether one statement can take all keys. */
    boolean isOneStatement() {
        return keys.size() <= (keys.areEqualInJava() ? MOST_IN_JSON : MOST_LINES);
    }

    /**
     * Returns the number of placeholders for a number of keys: the next power of two, so that there are few statements.
     */
    static int padded(int keys) {
        return Integer.highestOneBit(keys * 2 - 1);
    }

    /**
     * Returns the condition that the far columns equal one of the keys. The last key is repeated up to a power of two.
     */
    Condition inList() {
        var rows = new ArrayList<RowN>();
        for (int i = 0; i < padded(keys.size()); i++) {
            rows.add(row(keys.key(Math.min(i, keys.size() - 1))));
        }
        if (keys.far().size() > 1) {
            return DSL.row(keys.far()).in(rows);
        }
        return DSL.condition(
                "{0} in ({1})",
                keys.far().getFirst(),
                DSL.list(rows.stream().map(row -> row.field(0)).toArray(QueryPart[]::new)));
    }

    /** Returns the bind values of the IN list. */
    BindValues inListBinds() {
        var binds = new BindValues();
        for (int i = 0; i < padded(keys.size()); i++) {
            keys.addTo(binds, keys.key(Math.min(i, keys.size() - 1)));
        }
        return binds;
    }

    /** Returns the JSON table of at most {@value #MOST_IN_JSON} keys from a place on. */
    Table<?> jsonTable(int from) {
        var columns = new StringJoiner(", ");
        for (int i = 0; i < keys.near().size(); i++) {
            var type = jsonType(Codec.wire(keys.near().get(i).getDataType()));
            columns.add("`#" + i + "` " + type + " path '$[" + i + "]'");
        }
        return DSL.table(
                        "json_table({0}, '$[*]' columns (`#` for ordinality, " + columns + "))",
                        DSL.val(json(from), SQLDataType.CLOB))
                .as(NAME);
    }

    private static String jsonType(Class<?> wire) {
        if (wire == LocalDate.class) {
            return "date";
        }
        if (wire == byte[].class) {
            return "text"; // hex digits
        }
        return wire == ULong.class ? "bigint unsigned" : "bigint";
    }

    /** Returns the bind value of the JSON table from a place on. */
    BindValues jsonBinds(int from) {
        return new BindValues().add(Codec.of(SQLDataType.CLOB), json(from));
    }

    private String json(int from) {
        var array = new StringJoiner(",", "[", "]");
        for (var key : keys.keys(from, Math.min(keys.size(), from + MOST_IN_JSON))) {
            var values = new StringJoiner(",", "[", "]");
            for (int i = 0; i < key.length; i++) {
                values.add(json(keys.wire(key, i)));
            }
            array.add(values.toString());
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
     * Returns the table of lines of at most {@value #MOST_LINES} keys from a place on. It begins with a SELECT of the
     * far columns that returns no row, but gives the lines their types and collations.
     *
     * @param table the table of the far columns
     */
    Table<?> lineTable(int from, Table<?> table, SQLDialect dialect) {
        var far = keys.far();
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
        int number = 1;
        for (var key : lines(from)) {
            var line = new StringJoiner(", ", separator + row, ", " + number++ + ")");
            for (var value : row(key).fields()) {
                line.add(ValuesJoin.placeholder(value).replace("?", "{" + parts.size() + "}"));
                parts.add(value);
            }
            text.append(line);
            separator = ", ";
        }
        return DSL.table(text + ")", parts.toArray(QueryPart[]::new)).as(NAME);
    }

    /** Returns the bind values of the table of lines from a place on. */
    BindValues lineBinds(int from) {
        var binds = new BindValues();
        for (var key : lines(from)) {
            keys.addTo(binds, key);
        }
        return binds;
    }

    /** Returns the keys of a table of lines, filled up to a power of two with NULL, which equals nothing. */
    private List<@Nullable Object[]> lines(int from) {
        var lines = new ArrayList<@Nullable Object[]>(keys.keys(from, Math.min(keys.size(), from + MOST_LINES)));
        for (int i = padded(lines.size()) - lines.size(); i > 0; i--) {
            lines.add(new Object[keys.near().size()]);
        }
        return lines;
    }

    private RowN row(@Nullable Object[] key) {
        var values = new ArrayList<Field<?>>();
        for (int i = 0; i < key.length; i++) {
            values.add(DSL.val(key[i], keys.near().get(i).getDataType()));
        }
        return DSL.row(values);
    }

    /** Returns the condition that the far columns equal those of the table of keys. */
    Condition matches() {
        var far = keys.far();
        var conditions = new ArrayList<Condition>();
        for (int i = 0; i < far.size(); i++) {
            var hex = keys.areEqualInJava() && Codec.wire(far.get(i).getDataType()) == byte[].class;
            conditions.add(DSL.condition(
                    hex ? "{0} = unhex({1})" : "{0} = {1}", far.get(i), DSL.field(DSL.name(NAME, NAME + i))));
        }
        return DSL.and(conditions);
    }
}
