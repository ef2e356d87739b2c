package dev.rowan.internal.write;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.table.Patch;
import dev.rowan.type.BitsBinding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;

/**
 * Builds the SQL of updates, deletes and reads of many rows: the values are in a derived table with a line per row,
 * which is joined with the table. Immutable.
 *
 * <p>A placeholder in a derived table has no type, and text not the collation of the column that it is compared with:
 * the server would not use the primary key, refuse large numbers and cut long texts. So the derived table begins with a
 * SELECT of the columns themselves that returns no row, but gives the types. Numbers and times are cast too: otherwise
 * they would be text, or lose their fractions.
 */
public final class ValuesJoin {

    private static final Set<Class<?>> INTEGERS = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            UByte.class,
            UShort.class,
            UInteger.class);

    private static final String ALIAS = "`#`"; // a name that no table has
    private static final String LINE = "#"; // a name that no column has

    private final DSLContext dsl;
    private final Table<?> table;
    private final List<Field<?>> identifying;
    private final List<Field<?>> values;
    private final String placeholders;

    /**
     * Builds the SQL for these columns.
     *
     * @param identifying the columns by which a row is found
     * @param values the columns that are written
     */
    public ValuesJoin(DSLContext dsl, Table<?> table, List<Field<?>> identifying, List<Field<?>> values) {
        this.dsl = dsl;
        this.table = table;
        this.identifying = identifying;
        this.values = values;
        this.placeholders = Stream.concat(identifying.stream(), values.stream())
                .map(ValuesJoin::placeholder)
                .collect(Collectors.joining(", "));
    }

    /** Returns the most characters of a line in the SQL, with either engine. */
    int width() {
        return placeholders.length() + "row(), ".length();
    }

    /** Returns the UPDATE of a number of rows. The bind values of a row are its identifying values, then the others. */
    public String update(int rows) {
        return update(rows, List.of());
    }

    /** Returns the UPDATE of a number of rows, which also sets these columns to their defaults. */
    String update(int rows, List<Field<?>> defaults) {
        var set = new StringJoiner(", ");
        for (var field : defaults) {
            set.add(dsl.render(field) + " = default");
        }
        for (var field : values) {
            set.add(dsl.render(field) + " = " + column(field.getName()));
        }
        var version = table.getRecordVersion();
        if (version != null) {
            set.add(dsl.render(version) + " = " + dsl.render(Patch.nextVersion(version)));
        }
        return "update " + joined(lines(rows), "") + " set " + set;
    }

    /** Returns the DELETE of a number of rows. */
    public String delete(int rows) {
        return "delete " + dsl.render(table) + " from " + joined(lines(rows), "");
    }

    /**
     * Returns the SELECT that locks a number of rows, and reads of each the number of its line, from 0, and then these
     * columns.
     */
    String lockingSelect(int rows, List<? extends Field<?>> columns) {
        var selected = new StringJoiner(", ").add(column(LINE));
        for (var field : columns) {
            selected.add(dsl.render(field));
        }
        var lines = new StringJoiner(", ");
        for (int i = 0; i < rows; i++) {
            lines.add(line(placeholders + ", " + i));
        }
        return "select " + selected + " from " + joined(lines.toString(), ", 0 as " + quoted(LINE)) + " for update";
    }

    private String lines(int rows) {
        return String.join(", ", Collections.nCopies(rows, line(placeholders)));
    }

    private String line(String line) {
        return (dsl.dialect() == SQLDialect.MARIADB ? "(" : "row(") + line + ")";
    }

    /**
     * Returns the join. STRAIGHT_JOIN keeps its order: otherwise the server might scan the table, and lock all its
     * rows.
     *
     * @param more the type of a further value of a line
     */
    private String joined(String lines, String more) {
        var types = new StringJoiner(", ");
        var on = new StringJoiner(" and ");
        for (int i = 0; i < identifying.size(); i++) {
            var field = identifying.get(i);
            types.add(type(field, "#" + i));
            var equal = field.getDataType().nullable() ? " <=> " : " = ";
            on.add(dsl.render(field) + equal + column("#" + i));
        }
        for (var field : values) {
            types.add(type(field, field.getName())); // errors about a value name its column
        }
        var name = dsl.render(table);
        return "(select " + types + more + " from " + name + " where false union all values " + lines + ") as " + ALIAS
                + " straight_join " + name + " on " + on;
    }

    private String type(Field<?> field, String alias) {
        // a BIT is assigned from a number, and the union of a number and a BIT would be text
        var untyped = Codec.wire(field.getDataType()) == Boolean.class
                || field.getDataType().getBinding() instanceof BitsBinding;
        var typed = dsl.render(field);
        // bytes and a VECTOR have no union
        var type = field.getType() == float[].class ? "cast(" + typed + " as binary)" : typed;
        return (untyped ? "null" : type) + " as " + quoted(alias);
    }

    private String column(String name) {
        return ALIAS + "." + quoted(name);
    }

    private String quoted(String name) {
        return dsl.render(DSL.quotedName(name));
    }

    /** Returns the placeholder of a value of this column, cast if the server would take the value for another type. */
    public static String placeholder(Field<?> field) {
        var type = field.getDataType();
        var wire = Codec.wire(type);
        if (INTEGERS.contains(wire)) {
            return "cast(? as signed)";
        }
        // MariaDB does not accept a number that is cast directly for a BIT
        if (wire == ULong.class) {
            return "cast(cast(? as decimal(20)) as unsigned)";
        }
        if (wire == BigDecimal.class || wire == BigInteger.class) {
            return "cast(? as decimal(65, " + type.scale() + "))";
        }
        if (wire == Double.class) {
            return "cast(? as double)";
        }
        if (wire == Float.class) {
            return "cast(? as float)";
        }
        if (wire == LocalDateTime.class) {
            return "cast(? as datetime(6))";
        }
        if (wire == LocalDate.class) {
            return "cast(? as date)";
        }
        if (wire == LocalTime.class || wire == Duration.class) {
            return "cast(? as time(6))";
        }
        return "?";
    }
}
