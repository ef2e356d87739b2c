package dev.rowan.internal.codec;

import dev.rowan.internal.driver.UnsignedBigint;
import dev.rowan.internal.util.BooleanNumbers;
import dev.rowan.internal.util.EnumLiterals;
import dev.rowan.internal.util.UnreadableValueException;
import dev.rowan.type.BooleanBinding;
import dev.rowan.type.DurationBinding;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.Set;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jooq.impl.IdentityConverter;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/**
 * Binds values of one data type to a statement, and reads them from a result, with the driver's typed methods. It
 * applies the converter of the data type. Thread-safe.
 */
public final class Codec {

    /** An upper bound for numbers and times: the longest DECIMAL has 65 digits, a sign and a point. */
    private static final int LONGEST_LITERAL = 80;

    /** Binds a value that is not null. */
    @FunctionalInterface
    interface Binder {
        void bind(PreparedStatement statement, int index, Object value) throws SQLException;
    }

    /** Reads a value; null for NULL. */
    @FunctionalInterface
    interface Reader {
        @Nullable Object read(ResultSet rows, int index) throws SQLException;
    }

    /** Sends an {@link InputStream} while it is read: in pieces if the server prepares the statement. */
    public static final Codec STREAM =
            new Codec((s, i, v) -> s.setBinaryStream(i, (InputStream) v), (r, i) -> r.getBinaryStream(i), null, null);

    /** The types that {@code getObject} returns, null for NULL; the getters of primitives would box a second time. */
    private static final Set<Class<?>> READ_AS_OBJECTS = Set.of(
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            Boolean.class,
            Double.class,
            Float.class,
            LocalDateTime.class,
            LocalDate.class,
            LocalTime.class,
            Duration.class);

    private final Binder binder;
    private final Reader reader;
    private final @Nullable Converter<Object, Object> converter;
    private final @Nullable UserBinding<?> custom;

    private Codec(
            Binder binder,
            Reader reader,
            @Nullable Converter<Object, Object> converter,
            @Nullable UserBinding<?> custom) {
        this.binder = binder;
        this.reader = reader;
        this.converter = converter;
        this.custom = custom;
    }

    /** Returns the codec of a data type. */
    @SuppressWarnings("unchecked")
    public static Codec of(DataType<?> type) {
        if (UserBinding.has(type)) {
            var custom = UserBinding.of(type);
            return new Codec(custom::bind, custom::read, null, custom);
        }
        var binding = type.getBinding();
        var converter = (Converter<Object, Object>) binding.converter();
        var wire = wire(type);
        var needed = binding instanceof DurationBinding || converter instanceof IdentityConverter ? null : converter;
        return new Codec(binder(wire), reader(wire, type), needed, null);
    }

    /** Returns the class with which the driver binds and reads a data type. */
    public static Class<?> wire(DataType<?> type) {
        var binding = type.getBinding();
        return binding instanceof DurationBinding
                ? Duration.class
                : binding.converter().fromType();
    }

    /** Binds the value at the index, which counts from 1. */
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (custom != null) { // it may write its own value for null
            custom.bind(statement, index, value);
            return;
        }
        var wire = wire(value);
        if (wire == null) {
            statement.setNull(index, Types.NULL);
        } else {
            binder.bind(statement, index, wire);
        }
    }

    /** Converts a value for the driver. */
    public @Nullable Object wire(@Nullable Object value) {
        return converter == null || value == null ? value : converter.to(value);
    }

    /** Returns the codec of the values that {@link #wire(Object)} returns. */
    Codec ofWire() {
        return converter == null ? this : new Codec(binder, reader, null, custom);
    }

    /** Returns whether a binding of the user's binds and reads the values. */
    boolean isCustom() {
        return custom != null;
    }

    /** Converts a value that the driver read. */
    public @Nullable Object value(@Nullable Object wire) {
        return converter == null ? wire : converter.from(wire);
    }

    /** Returns an upper bound of the bytes that a value takes in a statement, with quotes and escapes. */
    public long bytes(@Nullable Object value) {
        return switch (wire(value)) {
            case null -> "null".length();
            case String text -> bytes(text);
            case JSON json -> bytes(json.data());
            case EnumType constant -> bytes(constant.getLiteral());
            case byte[] bytes -> 2L * bytes.length + "_binary ''".length();
            default -> LONGEST_LITERAL;
        };
    }

    /** A char takes at most three bytes of UTF-8; an escaped one takes two. */
    private static long bytes(String text) {
        return 3L * text.length() + "''".length();
    }

    /**
     * Reads the value of a field at the index, which counts from 1.
     *
     * @throws IllegalStateException if the value cannot be represented in its Java type
     */
    public @Nullable Object read(Field<?> field, ResultSet rows, int index) throws SQLException {
        try {
            return value(reader.read(rows, index));
        } catch (RuntimeException e) {
            throw UnreadableValueException.of(field, e);
        } catch (SQLException e) {
            if (UnreadableValueException.isCausedBy(e)) {
                throw UnreadableValueException.of(field, e);
            }
            throw e;
        }
    }

    private static Binder binder(Class<?> type) {
        if (type == Integer.class) {
            return (s, i, v) -> s.setInt(i, (Integer) v);
        }
        if (type == Long.class) {
            return (s, i, v) -> s.setLong(i, (Long) v);
        }
        if (type == Short.class) {
            return (s, i, v) -> s.setShort(i, (Short) v);
        }
        if (type == Byte.class) {
            return (s, i, v) -> s.setByte(i, (Byte) v);
        }
        if (type == Boolean.class) {
            return (s, i, v) -> s.setBoolean(i, (Boolean) v);
        }
        if (type == Double.class) {
            return (s, i, v) -> s.setDouble(i, (Double) v);
        }
        if (type == Float.class) {
            return (s, i, v) -> s.setFloat(i, (Float) v);
        }
        if (type == String.class) {
            return (s, i, v) -> s.setString(i, ValueCheck.requirePaired((String) v));
        }
        if (type == BigDecimal.class) {
            return (s, i, v) -> s.setBigDecimal(i, (BigDecimal) v);
        }
        if (type == BigInteger.class) {
            return (s, i, v) -> s.setBigDecimal(i, new BigDecimal((BigInteger) v));
        }
        if (type == byte[].class) {
            return (s, i, v) -> s.setBytes(i, (byte[]) v);
        }
        if (type == JSON.class) {
            return (s, i, v) -> s.setString(i, ValueCheck.requirePaired(((JSON) v).data()));
        }
        if (type == UByte.class || type == UShort.class || type == UInteger.class) {
            return (s, i, v) -> s.setLong(i, ((Number) v).longValue());
        }
        // as a decimal, MariaDB finds no row with a BIGINT > 9223372036854775808 and <=> 18446744073709551615
        if (type == ULong.class) {
            return (s, i, v) -> s.setObject(i, ((ULong) v).toBigInteger(), UnsignedBigint.TYPE);
        }
        if (type == Year.class) {
            return (s, i, v) -> s.setInt(i, ((Year) v).getValue());
        }
        if (EnumType.class.isAssignableFrom(type)) {
            return (s, i, v) -> s.setString(i, ((EnumType) v).getLiteral());
        }
        return PreparedStatement::setObject; // java.time, among others
    }

    private static Reader reader(Class<?> type, DataType<?> dataType) {
        if (type == String.class) {
            return ResultSet::getString;
        }
        if (type == BigDecimal.class) {
            return ResultSet::getBigDecimal;
        }
        if (type == byte[].class) {
            return ResultSet::getBytes;
        }
        if (dataType.getBinding() instanceof BooleanBinding) {
            return BooleanNumbers::read;
        }
        if (READ_AS_OBJECTS.contains(type)) {
            return (r, i) -> r.getObject(i, type);
        }
        if (type == Year.class) {
            return Codec::year;
        }
        if (type == JSON.class) {
            return (r, i) -> JSON.jsonOrNull(r.getString(i));
        }
        if (type == UByte.class) {
            return (r, i) -> orNull(r, UByte.valueOf(r.getShort(i)));
        }
        if (type == UShort.class) {
            return (r, i) -> orNull(r, UShort.valueOf(r.getInt(i)));
        }
        if (type == UInteger.class) {
            return (r, i) -> orNull(r, UInteger.valueOf(r.getLong(i)));
        }
        if (type == ULong.class) {
            return Codec::unsignedLong;
        }
        if (EnumType.class.isAssignableFrom(type)) {
            return enumReader(type);
        }
        return (r, i) -> DSL.val(r.getObject(i), dataType).getValue();
    }

    private static Reader enumReader(Class<?> type) {
        var literals = EnumLiterals.of(type);
        return (r, i) -> {
            var literal = r.getString(i);
            return literal == null ? null : literals.constant(literal);
        };
    }

    /** The driver's getLong does not cover the upper half of the range. */
    private static @Nullable Object unsignedLong(ResultSet rows, int index) throws SQLException {
        var number = rows.getBigDecimal(index);
        return number == null ? null : ULong.valueOf(number.toBigInteger());
    }

    private static @Nullable Object year(ResultSet rows, int index) throws SQLException {
        var year = rows.getInt(index);
        return rows.wasNull() ? null : Year.of(year);
    }

    private static @Nullable Object orNull(ResultSet rows, Object value) throws SQLException {
        return rows.wasNull() ? null : value;
    }
}
