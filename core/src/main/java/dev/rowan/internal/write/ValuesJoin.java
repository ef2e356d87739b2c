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
 * The text of statements that write to many rows at once: values stand in a derived table, one line for each row, and the
 * table is joined to it.
 *
 * <p>A value alone has no type there, and a text no collation of the column it is compared with: the primary key would
 * not be used, large numbers would not fit, long texts would be cut. So a first line, of which no row comes, gives the
 * types of the columns themselves; numbers and times are cast besides, or they would go as text or lose their fractions.
 */
public final class ValuesJoin {

    private static final Set<Class<?>> WHOLE = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            UByte.class,
            UShort.class,
            UInteger.class);

    private static final String ALIAS = "`#`"; // no table has this name

    private final DSLContext dsl;
    private final Table<?> table;
    private final List<Field<?>> identifying;
    private final List<Field<?>> values;
    private final String places;

    /**
     * Makes the text for lines of these columns.
     *
     * @param identifying by which a row is found
     * @param values what is written to it
     */
    public ValuesJoin(DSLContext dsl, Table<?> table, List<Field<?>> identifying, List<Field<?>> values) {
        this.dsl = dsl;
        this.table = table;
        this.identifying = identifying;
        this.values = values;
        this.places = Stream.concat(identifying.stream(), values.stream())
                .map(ValuesJoin::place)
                .collect(Collectors.joining(", "));
    }

    /** Returns how many characters a row takes in the text: for both engines the same. */
    int width() {
        return places.length() + "row(), ".length();
    }

    /** Returns the UPDATE of so many rows; the binds of a row are what identifies it, then its values. */
    public String update(int rows) {
        var set = new StringJoiner(", ");
        for (var field : values) {
            set.add(dsl.render(field) + " = " + written(field.getName()));
        }
        var version = table.getRecordVersion();
        if (version != null) {
            set.add(dsl.render(version) + " = " + dsl.render(Patch.plusOne(version)));
        }
        return "update " + joined(rows) + " set " + set;
    }

    /** Returns the DELETE of so many rows. */
    public String delete(int rows) {
        return "delete " + dsl.render(table) + " from " + joined(rows);
    }

    /** A join in this order alone: a scan of the table would lock every row of it. */
    private String joined(int rows) {
        var types = new StringJoiner(", ");
        var on = new StringJoiner(" and ");
        for (int i = 0; i < identifying.size(); i++) {
            var field = identifying.get(i);
            types.add(type(field, "#" + i));
            var equal = field.getDataType().nullable() ? " <=> " : " = ";
            on.add(dsl.render(field) + equal + written("#" + i));
        }
        for (var field : values) {
            types.add(type(field, field.getName())); // an error about a value names its column
        }
        var name = dsl.render(table);
        var line = (dsl.dialect() == SQLDialect.MARIADB ? "(" : "row(") + places + ")";
        return "(select " + types + " from " + name + " where false union all values "
                + String.join(", ", Collections.nCopies(rows, line)) + ") as " + ALIAS
                + " straight_join " + name + " on " + on;
    }

    private String type(Field<?> field, String alias) {
        // BIT takes a number, and a number joined to a BIT is a text
        var untyped = Codec.wire(field.getDataType()) == Boolean.class
                || field.getDataType().getBinding() instanceof BitsBinding;
        return (untyped ? "null" : dsl.render(field)) + " as " + quoted(alias);
    }

    private String written(String column) {
        return ALIAS + "." + quoted(column);
    }

    private String quoted(String name) {
        return dsl.render(DSL.quotedName(name));
    }

    /** Returns the place of a value of this column, typed where the server would take it for another. */
    public static String place(Field<?> field) {
        var type = field.getDataType();
        var wire = Codec.wire(type);
        if (WHOLE.contains(wire)) {
            return "cast(? as signed)";
        }
        // MariaDB takes a number that is cast at once for one that no BIT holds
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
