package dev.rowan.internal.load;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.codec.UserBinding;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.InsertChunk;
import dev.rowan.record.KeyedRecord;
import dev.rowan.type.BitsBinding;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Builds the LOAD DATA statement of an {@link InfileStream}. Values that must not be converted between character sets
 * are read into variables: bytes as hexadecimal digits, and bits as numbers, as the server would take their digits for
 * characters.
 */
public final class LoadDataSql {

    private LoadDataSql() {}

    /** Returns whether a file can hold values of the column. */
    public static boolean supports(Field<?> field) {
        if (UserBinding.has(field.getDataType())) {
            return false;
        }
        var wire = wire(field);
        return wire == String.class
                || wire == JSON.class
                || wire == byte[].class
                || wire == Boolean.class
                || wire == LocalDateTime.class
                || wire == LocalDate.class
                || wire == LocalTime.class
                || wire == Duration.class
                || wire == Year.class
                || EnumType.class.isAssignableFrom(wire)
                || Number.class.isAssignableFrom(wire);
    }

    /**
     * Returns whether a row has NULL in a NOT NULL column of a time. MySQL refuses it in an INSERT, but in a file it
     * silently replaces it with the current time if the column is a TIMESTAMP.
     */
    static <R extends KeyedRecord<R>> boolean losesNull(InsertChunk<R> chunk, TableMapping<R> mapping) {
        return chunk.fields().stream()
                .filter(field -> wire(field) == LocalDateTime.class
                        && !field.getDataType().nullable())
                .mapToInt(mapping.table()::indexOf)
                .anyMatch(column -> chunk.rows().stream()
                        .anyMatch(row -> mapping.codec(column).wire(row.get(column)) == null));
    }

    /** Returns the LOAD DATA statement for a file of these columns. */
    static String text(TableMapping<?> mapping, List<Field<?>> fields) {
        var variables = fields.stream().filter(LoadDataSql::isByVariable).toList();
        return "load data local infile 'rowan' into table " + mapping.dsl().render(mapping.table())
                + " character set utf8mb4 ("
                + fields.stream()
                        .map(field -> isByVariable(field) ? "@c" + variables.indexOf(field) : name(mapping, field))
                        .collect(Collectors.joining(", "))
                + ")"
                + variables.stream()
                        .map(field -> name(mapping, field)
                                + (isBits(field) ? " = cast(@c" : " = unhex(@c")
                                + variables.indexOf(field)
                                + (isBits(field) ? " as unsigned)" : ")"))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), set -> set.isEmpty() ? "" : " set " + set));
    }

    private static boolean isByVariable(Field<?> field) {
        return wire(field) == byte[].class || isBits(field);
    }

    private static boolean isBits(Field<?> field) {
        var type = field.getDataType();
        return type.getBinding() instanceof BitsBinding
                || (wire(field) == Boolean.class && !SQLDataType.BOOLEAN.equals(type.getSQLDataType()));
    }

    private static Class<?> wire(Field<?> field) {
        return Codec.wire(field.getDataType());
    }

    private static String name(TableMapping<?> mapping, Field<?> field) {
        return mapping.dsl().render(DSL.name(field.getName()));
    }
}
