package dev.rowan;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the file that LOAD DATA reads when it is told nothing else: a line a row, tabs between the columns, {@code \N}
 * for NULL, escapes with a backslash. What no character set may touch goes by a variable: bytes as hex digits, bits and
 * booleans (which BIT takes for characters) as numbers.
 */
final class LoadFile {

    private static final MethodHandle SET_STREAM;
    private static final Class<?> STATEMENT;
    private static final HexFormat HEX = HexFormat.of();

    static {
        try { // Connector/J is no named module, see GeneratedKey
            STATEMENT = Class.forName("com.mysql.cj.jdbc.StatementImpl");
            SET_STREAM = MethodHandles.publicLookup()
                    .findVirtual(
                            STATEMENT,
                            "setLocalInfileInputStream",
                            MethodType.methodType(void.class, InputStream.class))
                    .asType(MethodType.methodType(void.class, Object.class, InputStream.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Rowan needs MySQL Connector/J 9, com.mysql:mysql-connector-j, on the class path.", e);
        }
    }

    private LoadFile() {}

    /** Says whether values of a column can stand in a file. */
    static boolean takes(Field<?> field) {
        if (CustomBinding.has(field.getDataType())) return false;
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
     * Says whether a row has NULL for a time that must be there. MySQL refuses to insert it; out of a file, the server takes
     * it for the present moment if the column is a TIMESTAMP, without a word.
     */
    static <R extends Row<R>> boolean losesNull(Chunk<R> chunk, Mapping<R> mapping) {
        return chunk.fields().stream()
                .filter(field -> wire(field) == LocalDateTime.class
                        && !field.getDataType().nullable())
                .mapToInt(mapping.table()::indexOf)
                .anyMatch(column -> chunk.rows().stream()
                        .anyMatch(row -> mapping.codec(column).wire(row.get(column)) == null));
    }

    /** Returns the statement that reads a file of these columns. */
    static String text(Mapping<?> mapping, List<Field<?>> fields) {
        var variables = fields.stream().filter(LoadFile::isByVariable).toList();
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

    /** Gives a statement the rows of a chunk to send. */
    static <R extends Row<R>> void send(Chunk<R> chunk, Mapping<R> mapping, PreparedStatement statement)
            throws SQLException {
        var file = new StringBuilder();
        var columns = chunk.columns().stream().toArray();
        for (var row : chunk.rows()) {
            for (int i = 0; i < columns.length; i++) {
                if (i > 0) file.append('\t');
                append(file, mapping.codec(columns[i]).wire(row.get(columns[i])));
            }
            file.append('\n');
        }
        var stream = new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8));
        try {
            SET_STREAM.invokeExact((Object) statement.unwrap(STATEMENT), (InputStream) stream);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The driver does not take the rows to load.", e);
        }
    }

    private static void append(StringBuilder file, @Nullable Object wire) {
        switch (wire) {
            case null -> file.append("\\N");
            case String text -> escape(file, text);
            case JSON json -> escape(file, json.data());
            case EnumType constant -> escape(file, constant.getLiteral());
            case byte[] bytes -> HEX.formatHex(file, bytes);
            case Boolean is -> file.append(is ? '1' : '0');
            case BigDecimal number -> file.append(number.toPlainString());
            case LocalDateTime time -> file.append(LocalDateTimeBinding.text(time));
            case LocalTime time -> // to the microsecond, as the driver rounds what it binds
                DateTimeFormatter.ISO_LOCAL_TIME.formatTo(time.plusNanos(500).truncatedTo(ChronoUnit.MICROS), file);
            case Duration duration -> file.append(DurationBinding.text(duration));
            case Year year ->
                file.append(String.format(Locale.ROOT, "%04d", year.getValue())); // as text, 0 is the year 2000
            default -> file.append(wire);
        }
    }

    private static void escape(StringBuilder file, String text) {
        for (int i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '\\' -> file.append("\\\\");
                case '\t' -> file.append("\\t");
                case '\n' -> file.append("\\n");
                case '\r' -> file.append("\\r");
                case '\0' -> file.append("\\0");
                default -> file.append(character);
            }
        }
    }

    private static boolean isByVariable(Field<?> field) {
        return wire(field) == byte[].class || isBits(field);
    }

    private static boolean isBits(Field<?> field) {
        return wire(field) == Boolean.class || field.getDataType().getBinding() instanceof BitsBinding;
    }

    private static Class<?> wire(Field<?> field) {
        return Codec.wire(field.getDataType());
    }

    private static String name(Mapping<?> mapping, Field<?> field) {
        return mapping.dsl().render(DSL.name(field.getName()));
    }
}
