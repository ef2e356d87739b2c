package dev.rowan.type;

import dev.rowan.internal.util.EnumLiterals;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Converter;
import org.jooq.EnumType;
import org.jspecify.annotations.Nullable;

/**
 * Converts an {@code ENUM} or text column to your own enum. A constant has the literal of its name or, if the enum is
 * an {@link EnumType}, the literal that it returns. Reading a value without a constant throws an
 * {@link IllegalStateException}. Generated code uses it. Thread-safe.
 *
 * @param <T> the generated enum of an ENUM column; String for text
 * @param <E> your enum
 */
public final class EnumConverter<T, E extends Enum<E>> implements Converter<T, E> {

    private final EnumLiterals<E> constants;
    private final @Nullable EnumLiterals<T> column;
    private final Class<T> columnType;

    /**
     * Creates a converter.
     *
     * @param name the name of the column in messages, such as {@code users.status}
     * @param column the generated enum of an ENUM column, or String
     * @param constants your enum
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
        var missing = new TreeSet<>(inColumn);
        missing.removeAll(inJava);
        var unknown = new TreeSet<>(inJava);
        unknown.removeAll(inColumn);
        throw new IllegalStateException(constants.type().getName() + " and the ENUM column " + name
                + " have different literals."
                + (missing.isEmpty() ? "" : " Only the column has " + missing + ".")
                + (unknown.isEmpty() ? "" : " Only the Java type has " + unknown + ".")
                + " Name the constants like the literals, or implement org.jooq.EnumType, whose getLiteral() returns"
                + " them.");
    }

    @Override
    public @Nullable E from(@Nullable T value) {
        return value == null ? null : constants.constant(column == null ? (String) value : EnumLiterals.literal(value));
    }

    @Override
    @SuppressWarnings("unchecked") // without a column, T is String
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
