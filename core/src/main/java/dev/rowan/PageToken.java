package dev.rowan;

import dev.rowan.error.InvalidPageToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/**
 * A position in a {@link Keyset}, and the side of it that is asked for, as a short text that is safe in a URL.
 *
 * <p>The text is base64url of: a byte with the version of this format, a byte with the direction, each value as UTF-8
 * behind its length in four bytes (-1 for null), and the first eight bytes of the SHA-256 of all that and of the
 * order's name. That sum makes a damaged token, and one of another order, an {@link InvalidPageToken}. It is no
 * signature: who works at it can make a token of their own, and reads from another row on in the same query, no more.
 */
record PageToken(boolean backwards, List<@Nullable Object> values) {

    private static final byte VERSION = 1;
    private static final int SUM_LENGTH = 8;

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
            Map.entry(Boolean.class, PageToken::booleanOf),
            Map.entry(Double.class, Double::valueOf),
            Map.entry(BigDecimal.class, BigDecimal::new),
            Map.entry(String.class, text -> text),
            Map.entry(UUID.class, UUID::fromString),
            Map.entry(LocalDate.class, LocalDate::parse),
            Map.entry(LocalDateTime.class, LocalDateTime::parse));

    /** @throws IllegalArgumentException if rows cannot be paged by this column */
    static void requireCarried(Field<?> field) {
        if (!CARRIED.containsKey(field.getType()))
            throw new IllegalArgumentException("Rows cannot be paged by " + field.getName() + ", of type "
                    + field.getDataType().getTypeName()
                    + ", which the server does not compare the way it sorts. Order by another column.");
    }

    String encode(Keyset<?> keyset) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeBoolean(backwards);
            for (var value : values) {
                var text = value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text == null ? -1 : text.length);
                if (text != null) out.write(text);
            }
            out.write(sum(bytes.toByteArray(), keyset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** @throws InvalidPageToken if this keyset did not make the token */
    static PageToken decode(String token, Keyset<?> keyset) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length <= SUM_LENGTH || bytes[0] != VERSION)
                throw invalid("It is of another version, or no page token at all.", null);
            var content = Arrays.copyOf(bytes, bytes.length - SUM_LENGTH);
            var sum = Arrays.copyOfRange(bytes, content.length, bytes.length);
            if (!MessageDigest.isEqual(sum, sum(content, keyset)))
                throw invalid("It is damaged, or was made for another order of the rows.", null);
            return read(new DataInputStream(new ByteArrayInputStream(content)), keyset);
        } catch (IllegalArgumentException | DateTimeException | IOException e) {
            throw invalid("It is damaged.", null);
        }
    }

    private static PageToken read(DataInputStream in, Keyset<?> keyset) throws IOException {
        in.readByte();
        var backwards = in.readBoolean();
        var values = new ArrayList<@Nullable Object>();
        for (var column : keyset.columns()) {
            var length = in.readInt();
            values.add(length < 0 ? null : value(column.field(), in.readNBytes(length)));
        }
        if (in.read() >= 0) throw invalid("It is too long.", null);
        return new PageToken(backwards, values);
    }

    private static Object value(Field<?> field, byte[] text) {
        requireCarried(field);
        var parse = CARRIED.get(field.getType());
        if (parse == null) throw new IllegalArgumentException();
        return parse.apply(new String(text, StandardCharsets.UTF_8));
    }

    private static Boolean booleanOf(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static byte[] sum(byte[] content, Keyset<?> keyset) {
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
