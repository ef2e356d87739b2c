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
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/**
 * A position in a {@link KeysetPager}, and the side of it that is asked for, as a short text that is safe in a URL.
 *
 * <p>The text is base64url of: a byte with the version of this format, a byte with the direction and whether the position's own row is meant too, each value as UTF-8
 * behind its length in four bytes (-1 for null), and the first eight bytes of the SHA-256 of all that and of the
 * order's name. That sum makes a damaged token, and one of another order, an {@link InvalidPageToken}. It is no
 * signature: who works at it can make a token of their own, and reads from another row on in the same query, no more.
 */
record PageToken(boolean backwards, boolean inclusive, List<@Nullable Object> values) {

    private static final byte VERSION = 1;
    private static final int BACKWARDS = 1;
    private static final int INCLUSIVE = 2;
    private static final int SUM_LENGTH = 8;

    /** What DECIMAL has at most. */
    private static final int MOST_DIGITS = 65;

    /** A TIME is shorter. */
    private static final Duration MOST_TIME = Duration.ofHours(839);

    /** The types whose text is the value, exactly, and which the server compares as it sorts them. */
    private static final Map<Class<?>, Function<String, Object>> CARRIED = Map.ofEntries(
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
            Map.entry(Year.class, text -> ofMysql(Year.of(Integer.parseInt(text)))),
            Map.entry(LocalDate.class, text -> ofMysql(LocalDate.parse(text))),
            Map.entry(LocalDateTime.class, text -> ofMysql(LocalDateTime.parse(text))));

    /** @throws IllegalArgumentException if rows cannot be paged by this column */
    static void requireCarried(Field<?> field) {
        var wire = wire(field);
        // of a SET the server sorts the bits, and compares the texts
        var isSet = field.getType() == Set.class;
        if (isSet || !(CARRIED.containsKey(wire) || EnumType.class.isAssignableFrom(wire))) {
            throw new IllegalArgumentException("Rows cannot be paged by " + field.getName() + ", of type "
                    + field.getDataType().getTypeName()
                    + ", whose values a token does not carry. Order by another column.");
        }
    }

    String encode(KeysetPager<?> keyset) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte((backwards ? BACKWARDS : 0) | (inclusive ? INCLUSIVE : 0));
            for (int i = 0; i < values.size(); i++) {
                var text = text(keyset.columns().get(i).field(), values.get(i));
                out.writeInt(text == null ? -1 : text.length);
                if (text != null) {
                    out.write(text);
                }
            }
            out.write(sum(bytes.toByteArray(), keyset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** @throws InvalidPageToken if this keyset did not make the token */
    static PageToken decode(String token, KeysetPager<?> keyset) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length <= SUM_LENGTH || bytes[0] != VERSION) {
                throw invalid("It is of another version, or no page token at all.", null);
            }
            var content = Arrays.copyOf(bytes, bytes.length - SUM_LENGTH);
            var sum = Arrays.copyOfRange(bytes, content.length, bytes.length);
            if (!MessageDigest.isEqual(sum, sum(content, keyset))) {
                throw invalid("It is damaged, or was made for another order of the rows.", null);
            }
            var read = read(new DataInputStream(new ByteArrayInputStream(content)), keyset);
            // each position has one text: who makes up another did not get it here
            if (!read.encode(keyset).equals(token)) {
                throw invalid("It is damaged.", null);
            }
            return read;
        } catch (InvalidPageToken e) {
            throw e;
        } catch (RuntimeException | IOException e) { // a converter of the user's may throw whatever it likes
            throw invalid("It is damaged.", null);
        }
    }

    private static PageToken read(DataInputStream in, KeysetPager<?> keyset) throws IOException {
        in.readByte();
        var mode = in.readByte();
        var values = new ArrayList<@Nullable Object>();
        for (var column : keyset.columns()) {
            var length = in.readInt();
            if (length < 0 && !column.field().getDataType().nullable()) {
                throw invalid("It is damaged.", null);
            }
            values.add(length < 0 ? null : value(column.field(), in.readNBytes(length)));
        }
        if (in.read() >= 0) {
            throw invalid("It is too long.", null);
        }
        return new PageToken((mode & BACKWARDS) != 0, (mode & INCLUSIVE) != 0, values);
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
        var parse = CARRIED.get(wire(field));
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

    /** A short text can be a number of millions of digits. */
    private static BigDecimal decimal(String text) {
        return require(
                new BigDecimal(text),
                value -> value.scale() >= 0 && Math.max(value.scale(), value.precision()) <= MOST_DIGITS);
    }

    private static <T extends TemporalAccessor> T ofMysql(T value) {
        return require(
                value, time -> time.get(ChronoField.YEAR) >= 0 && time.get(ChronoField.YEAR) <= ValueCheck.LAST_YEAR);
    }

    private static <T> T require(T value, Predicate<T> possible) {
        if (!possible.test(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static byte[] sum(byte[] content, KeysetPager<?> keyset) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(keyset.name().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(sha.digest(content), SUM_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static InvalidPageToken invalid(String why, @Nullable Throwable cause) {
        return new InvalidPageToken("The page token is not valid. " + why + " Start again at the first page.", cause);
    }
}
