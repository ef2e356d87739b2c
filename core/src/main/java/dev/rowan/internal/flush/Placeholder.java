package dev.rowan.internal.flush;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;

/**
 * Values that unique columns hold for the time between two statements of a flush, when rows exchange their values. They
 * are random, and of types with so many values that no row is likely to have one. Not thread-safe.
 */
final class Placeholder {

    /** The fewest characters that hold a random value. */
    private static final int LEAST_LENGTH = 22;

    /** The values of a MEDIUMINT: its Java type is that of an INT. */
    private static final int INTEGERS = 1 << 23;

    private static final Set<Class<?>> TYPES =
            Set.of(String.class, UUID.class, Integer.class, Long.class, UInteger.class, ULong.class);

    private int last = ThreadLocalRandom.current().nextInt(INTEGERS);

    /**
     * Returns whether a column can hold a placeholder. An unsigned AUTO_INCREMENT column cannot: it would count on from
     * the value. Neither can a column that references other rows, or that other rows reference and do not follow.
     */
    static boolean isPossible(TableField<?, ?> field) {
        var type = field.getDataType();
        var isSigned = type.getType() == Integer.class || type.getType() == Long.class;
        return TYPES.contains(type.getType())
                && type.getConverter().fromType() == type.getType() // a converter may not know the value
                && !type.readonly()
                && (isSigned || !type.identity())
                && (type.getType() != String.class || type.length() == 0 || type.length() >= LEAST_LENGTH)
                && !isReference(field)
                && isFollowed(field);
    }

    private static boolean isReference(TableField<?, ?> field) {
        var table = field.getTable();
        return table != null
                && table.getReferences().stream()
                        .anyMatch(key -> key.getFields().contains(field));
    }

    private static boolean isFollowed(TableField<?, ?> field) {
        var table = field.getTable();
        return table == null
                || table.getKeys().stream()
                        .flatMap(key -> key.getReferences().stream())
                        .filter(key -> key.getKeyFields().contains(field))
                        .allMatch(key -> key.getUpdateRule() == ForeignKeyRule.CASCADE
                                && !key.getTable().equals(table));
    }

    /** Returns another value of the column's type: of a signed number a negative one. */
    Object next(Field<?> field) {
        var random = ThreadLocalRandom.current();
        last = (last + 1) % INTEGERS;
        var type = field.getDataType().getType();
        if (type == Integer.class) {
            return -1 - last;
        }
        if (type == UInteger.class) {
            return UInteger.valueOf(INTEGERS + last);
        }
        if (type == Long.class) {
            return random.nextLong(Long.MIN_VALUE, 0);
        }
        if (type == ULong.class) {
            return ULong.valueOf(random.nextLong(Long.MIN_VALUE, 0));
        }
        if (type == UUID.class) {
            return UUID.randomUUID();
        }
        return random.ints(LEAST_LENGTH, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
