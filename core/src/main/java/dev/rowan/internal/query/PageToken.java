package dev.rowan.internal.query;

import dev.rowan.error.InvalidPageToken;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.codec.UserBinding;
import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.util.EnumLiterals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.QOM;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/**
 * A position in the order of a {@link KeysetPager}, and a direction from it. It is encoded as a short text that is safe
 * in a URL. Immutable.
 *
 * <p>The text is the base64url encoding of: a byte with the version of the format; a byte of flags; each value as
 * UTF-8, preceded by its length in four bytes (-1 for null); and a checksum, the first eight bytes of the SHA-256 of
 * all that and of the order's name. A damaged token, or a token of another order, has a wrong checksum and is an
 * {@link InvalidPageToken}. The checksum is no signature: a client can forge a token, but only to read the same query
 * from another position.
 *
 * @param backwards whether the page before the position is requested
 * @param inclusive whether the row at the position belongs to the page
 */
record PageToken(boolean backwards, boolean inclusive, List<@Nullable Object> values) {

    private static final byte VERSION = 1;
    private static final int BACKWARDS = 1;
    private static final int INCLUSIVE = 2;
    private static final int CHECKSUM_LENGTH = 8;

    /** The bytes before the values, and after them. */
    private static final int FRAME_LENGTH = 2 + CHECKSUM_LENGTH;

    /** The bytes of the longest number or time; the longest DECIMAL has 65 digits, a sign and a point. */
    private static final int LONGEST_LITERAL = 80;

    /** The most digits of a DECIMAL. */
    private static final int MOST_DIGITS = 65;

    /** Every TIME is shorter. */
    private static final Duration MOST_TIME = Duration.ofHours(839);

    /**
     * Parsers of the types that a token can hold: their text is exact, and the server sorts them as it compares them.
     */
    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.ofEntries(
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(UByte.class, UByte::valueOf),
            Map.entry(UShort.class, UShort::valueOf),
            Map.entry(UInteger.class, UInteger::valueOf),
            Map.entry(ULong.class, ULong::valueOf),
            Map.entry(Boolean.class, Boolean::valueOf),
            Map.entry(Double.class, PageToken::finite),
            Map.entry(Float.class, PageToken::finiteFloat),
            Map.entry(BigDecimal.class, PageToken::decimal),
            Map.entry(BigInteger.class, text -> decimal(text).toBigIntegerExact()),
            Map.entry(String.class, text -> text),
            Map.entry(byte[].class, HexFormat.of()::parseHex),
            Map.entry(LocalTime.class, LocalTime::parse),
            Map.entry(
                    Duration.class,
                    text -> require(Duration.parse(text), time -> time.abs().compareTo(MOST_TIME) < 0)),
            Map.entry(Year.class, text -> inMysqlRange(Year.of(Integer.parseInt(text)))),
            Map.entry(LocalDate.class, text -> inMysqlRange(LocalDate.parse(text))),
            Map.entry(LocalDateTime.class, text -> inMysqlRange(LocalDateTime.parse(text))));

    /** @throws IllegalArgumentException if rows cannot be paged by the column */
    static void requirePageable(KeysetPager.Column column) {
        var field = column.field();
        var wire = wire(field);
        var isColumn = field instanceof TableField<?, ?>;
        // without a cast, jOOQ's type of an expression may be narrower than the value by which the server sorts
        if (!isColumn && (!(field instanceof QOM.Cast<?>) || wire == Float.class)) {
            throw new IllegalArgumentException("Rows cannot be paged by an expression, unless it is cast to the type by"
                    + " which they are sorted, other than FLOAT. Cast it, as in expression.cast(VARCHAR(100)), or order"
                    + " by a column.");
        }
        // the server sorts a SET by its bits, but compares its text; it sorts an ENUM by its position, but not what is
        // computed of one
        var isSet = field.getType() == Set.class;
        var isEnum = isColumn && EnumType.class.isAssignableFrom(wire);
        if (isSet || !(PARSERS.containsKey(wire) || isEnum)) {
            throw new IllegalArgumentException("Rows cannot be paged by " + shown(field) + ", of type "
                    + (isSet ? "set" : field.getDataType().getTypeName())
                    + ", whose values a page token cannot hold. Order by another column.");
        }
    }

    /** Returns the name of a field for a message; that of an expression may contain values. */
    static String shown(Field<?> field) {
        return field instanceof TableField<?, ?> ? field.getName() : "an expression";
    }

    /** Returns the text of this token for a pager. */
    String encode(KeysetPager<?, ?> pager) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte((backwards ? BACKWARDS : 0) | (inclusive ? INCLUSIVE : 0));
            for (int i = 0; i < values.size(); i++) {
                var text = text(pager.columns().get(i).field(), values.get(i));
                out.writeInt(text == null ? -1 : text.length);
                if (text != null) {
                    out.write(text);
                }
            }
            out.write(checksum(bytes.toByteArray(), pager));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Returns the token with this text. @throws InvalidPageToken if it was not made for the order of the pager */
    static PageToken decode(String token, KeysetPager<?, ?> pager) {
        if (token.length() > mostCharacters(pager)) {
            throw invalid("It is too long.", null);
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length <= CHECKSUM_LENGTH || bytes[0] != VERSION) {
                throw invalid("It is of another version, or no page token at all.", null);
            }
            var content = Arrays.copyOf(bytes, bytes.length - CHECKSUM_LENGTH);
            var checksum = Arrays.copyOfRange(bytes, content.length, bytes.length);
            if (!MessageDigest.isEqual(checksum, checksum(content, pager))) {
                throw invalid("It is damaged, or was made for another order of the rows.", null);
            }
            var read = read(new DataInputStream(new ByteArrayInputStream(content)), pager);
            // each position has exactly one text: any other text was forged
            if (!read.encode(pager).equals(token)) {
                throw invalid("It is damaged.", null);
            }
            return read;
        } catch (InvalidPageToken e) {
            throw e;
        } catch (RuntimeException | IOException e) { // a user's converter may throw any exception
            throw invalid("It is damaged.", null);
        }
    }

    private static PageToken read(DataInputStream in, KeysetPager<?, ?> pager) throws IOException {
        in.readByte();
        var flags = in.readByte();
        var values = new ArrayList<@Nullable Object>();
        for (var column : pager.columns()) {
            var length = in.readInt();
            if (length > mostBytes(column.field()) || (length < 0 && !column.isNullable())) {
                throw invalid("It is damaged.", null);
            }
            values.add(length < 0 ? null : value(column.field(), in.readNBytes(length)));
        }
        if (in.read() >= 0) {
            throw invalid("It is too long.", null);
        }
        return new PageToken((flags & BACKWARDS) != 0, (flags & INCLUSIVE) != 0, values);
    }

    /** Returns the length of the longest token; each three bytes are four characters. */
    private static long mostCharacters(KeysetPager<?, ?> pager) {
        var bytes = pager.columns().stream()
                .mapToLong(column -> Integer.BYTES + mostBytes(column.field()))
                .sum();
        return (FRAME_LENGTH + bytes) * 4 / 3 + 1;
    }

    /** Returns the length of the longest value of a column, so that nothing longer is parsed or sent to the server. */
    private static long mostBytes(Field<?> field) {
        var type = field.getDataType();
        var wire = wire(field);
        if (EnumType.class.isAssignableFrom(wire)) {
            return Arrays.stream(wire.getEnumConstants())
                    .mapToLong(constant -> text(constant).getBytes(StandardCharsets.UTF_8).length)
                    .max()
                    .orElse(0);
        }
        if (wire != String.class && wire != byte[].class) {
            return LONGEST_LITERAL;
        }
        // a character takes four bytes at most, and a byte two hexadecimal digits
        return type.lengthDefined() ? 4L * type.length() : Integer.MAX_VALUE;
    }

    private static byte @Nullable [] text(Field<?> field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        var wire = UserBinding.has(field.getDataType()) ? value : codec(field).wire(value);
        return text(Objects.requireNonNull(wire)).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object wire) {
        if (wire instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return wire instanceof EnumType constant ? constant.getLiteral() : wire.toString();
    }

    private static @Nullable Object value(Field<?> field, byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var parse = PARSERS.get(wire(field));
        var wire = parse == null ? EnumLiterals.of(wire(field)).constant(text) : parse.apply(text);
        return UserBinding.has(field.getDataType()) ? wire : codec(field).value(wire);
    }

    private static Codec codec(Field<?> field) {
        return Codec.of(field.getDataType());
    }

    private static Class<?> wire(Field<?> field) {
        return UserBinding.has(field.getDataType()) ? field.getType() : Codec.wire(field.getDataType());
    }

    private static Float finiteFloat(String text) {
        return require(Float.valueOf(text), Float::isFinite);
    }

    private static Double finite(String text) {
        return require(Double.valueOf(text), Double::isFinite);
    }

    /** Parses a decimal, and refuses what no column holds: a short text can be a number with millions of digits. */
    private static BigDecimal decimal(String text) {
        return require(
                new BigDecimal(text),
                value -> value.scale() >= 0 && Math.max(value.scale(), value.precision()) <= MOST_DIGITS);
    }

    private static <T extends TemporalAccessor> T inMysqlRange(T value) {
        return require(
                value, time -> time.get(ChronoField.YEAR) >= 0 && time.get(ChronoField.YEAR) <= ValueCheck.LAST_YEAR);
    }

    private static <T> T require(T value, Predicate<T> possible) {
        if (!possible.test(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static byte[] checksum(byte[] content, KeysetPager<?, ?> pager) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(pager.orderName().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(sha.digest(content), CHECKSUM_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static InvalidPageToken invalid(String why, @Nullable Throwable cause) {
        return new InvalidPageToken("The page token is not valid. " + why + " Start again at the first page.", cause);
    }
}
