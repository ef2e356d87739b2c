package dev.rowan.type;

import dev.rowan.internal.util.EnumLiterals;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Converter;
import org.jooq.EnumType;
import org.jspecify.annotations.Nullable;

/**
 * Makes an enum of yours of a column: of an {@code ENUM}, or of text. A constant stands for the literal of its name, or,
 * if the enum is an {@link EnumType}, for the literal that it says. What a row holds and no constant stands for is an
 * {@link IllegalStateException}. Generated code names it. Thread-safe.
 *
 * @param <T> the generated enum of an ENUM column, String for text
 * @param <E> your enum
 */
public final class EnumConverter<T, E extends Enum<E>> implements Converter<T, E> {

    private final EnumLiterals<E> constants;
    private final @Nullable EnumLiterals<T> column;
    private final Class<T> columnType;

    /**
     * Makes a converter.
     *
     * @param name of the column, as errors say it: {@code users.status}
     * @throws IllegalStateException if an ENUM column and your enum do not have the same literals
     */
    public EnumConverter(String name, Class<T> column, Class<E> constants) {
        this.columnType = column;
        this.constants = EnumLiterals.of(constants);
        this.column = column == String.class ? null : EnumLiterals.of(column);
        if (this.column != null) {
            requireSame(name, this.column.constants().keySet());
        }
    }

    private void requireSame(String name, Set<String> inColumn) {
        var inJava = constants.constants().keySet();
        if (inColumn.equals(inJava)) {
            return;
        }
        var lacking = new TreeSet<>(inColumn);
        lacking.removeAll(inJava);
        var unknown = new TreeSet<>(inJava);
        unknown.removeAll(inColumn);
        throw new IllegalStateException(constants.type().getName() + " does not have the literals of the ENUM column "
                + name
                + (lacking.isEmpty() ? "" : ", it lacks " + lacking)
                + (unknown.isEmpty() ? "" : ", the column lacks " + unknown)
                + ". Name its constants as the literals, or let it say them as an org.jooq.EnumType.");
    }

    @Override
    public @Nullable E from(@Nullable T value) {
        return value == null ? null : constants.constant(column == null ? (String) value : EnumLiterals.literal(value));
    }

    @Override
    @SuppressWarnings("unchecked") // T is String without a column
    public @Nullable T to(@Nullable E constant) {
        if (constant == null) {
            return null;
        }
        var literal = EnumLiterals.literal(constant);
        return column == null ? (T) literal : column.constant(literal);
    }

    @Override
    public Class<T> fromType() {
        return columnType;
    }

    @Override
    public Class<E> toType() {
        return constants.type();
    }
}
