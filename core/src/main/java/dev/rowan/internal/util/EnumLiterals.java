package dev.rowan.internal.util;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.EnumType;

/** The constants of an enum by their literals in the database: those of an {@link EnumType}, or else their names. */
public record EnumLiterals<E>(Class<E> type, Map<String, E> constants) {

    /** Returns the literals of an enum. */
    public static <E> EnumLiterals<E> of(Class<E> type) {
        return new EnumLiterals<>(
                type,
                Stream.of(type.getEnumConstants())
                        .collect(Collectors.toMap(EnumLiterals::literal, Function.identity())));
    }

    /** Returns the literal of a constant. */
    public static String literal(Object constant) {
        return constant instanceof EnumType typed ? typed.getLiteral() : ((Enum<?>) constant).name();
    }

    /** Returns the constant of a literal. @throws UnreadableValueException if there is none */
    public E constant(String literal) {
        var constant = constants.get(literal);
        // without strict mode, MySQL stores '' for a value that is not a literal
        if (constant == null) {
            throw new UnreadableValueException(type.getSimpleName() + " has no constant for the value in the row."
                    + " Generate the sources again, or add a constant to your own enum.");
        }
        return constant;
    }
}
