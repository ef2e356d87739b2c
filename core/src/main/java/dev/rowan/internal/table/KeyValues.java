package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.failure.ColumnDeclaration;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/** Compares the values of keys in Java, as far as Java's equality is the database's. */
public final class KeyValues {

    private static final Set<Class<?>> EQUAL_IN_JAVA = Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            UByte.class,
            UShort.class,
            UInteger.class,
            ULong.class,
            UUID.class,
            LocalDate.class,
            Boolean.class);

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SUPPLEMENTARY = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

    private KeyValues() {}

    /**
     * Returns whether two values of each of the columns are equal in Java exactly if they are equal in the database:
     * numbers, UUIDs and dates, but not text, decimals or timestamps.
     */
    public static boolean areEqualInJava(List<? extends TableField<?, ?>> fields) {
        for (var field : fields) {
            if (!isEqualInJava(field)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqualInJava(TableField<?, ?> field) {
        var type = field.getType();
        var wire = Codec.wire(field.getDataType());
        // a user's converter may map two values of the database to one
        return EQUAL_IN_JAVA.contains(type) && (wire == type || wire == byte[].class);
    }

    /** Returns a value whose {@code equals} and {@code hashCode} compare what this value holds. */
    public static Object comparable(Object value) {
        return switch (value) {
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case BigDecimal number -> number.stripTrailingZeros();
            default -> value;
        };
    }

    /**
     * Returns a value that is equal to that of each value of the column which the database may find equal: text is
     * compared without spaces at its end and, unless its collation is binary, without case and accents. Values that the
     * database tells apart may be equal here.
     */
    public static Object loose(Field<?> field, Object value) {
        if (!(value instanceof String text)) {
            return comparable(value);
        }
        return isBinary(field) ? text.stripTrailing() : loose(text);
    }

    /** Returns such values of columns; null if one is NULL. */
    public static @Nullable List<Object> loose(
            List<? extends TableField<?, ?>> fields, Function<TableField<?, ?>, @Nullable Object> value) {
        var values = new ArrayList<>(fields.size());
        for (var field : fields) {
            var one = value.apply(field);
            if (one == null) {
                return null;
            }
            values.add(loose(field, one));
        }
        return values;
    }

    private static boolean isBinary(Field<?> field) {
        return ColumnDeclaration.of(field)
                .map(ColumnDeclaration::collation)
                .filter(collation -> collation.endsWith("_bin"))
                .isPresent();
    }

    private static String loose(String text) {
        var plain = text;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                        .replaceAll("");
                break;
            }
        }
        // some collations take all characters beyond the basic plane for equal
        return SUPPLEMENTARY
                .matcher(plain)
                .replaceAll("?")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .stripTrailing();
    }
}
