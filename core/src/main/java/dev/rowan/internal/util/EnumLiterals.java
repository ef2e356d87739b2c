package dev.rowan.internal.util;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.EnumType;

/** The constants of an enum by their literals in the database: what an {@link EnumType} says, else their names. */
public record EnumLiterals<E>(Class<E> type, Map<String, E> constants) {

    public static <E> EnumLiterals<E> of(Class<E> type) {
        return new EnumLiterals<>(
                type,
                Stream.of(type.getEnumConstants())
                        .collect(Collectors.toMap(EnumLiterals::literal, Function.identity())));
    }

    public static String literal(Object constant) {
        return constant instanceof EnumType typed ? typed.getLiteral() : ((Enum<?>) constant).name();
    }

    /** Returns the constant of a literal. @throws UnreadableValueException if there is none */
    public E constant(String literal) {
        var constant = constants.get(literal);
        // '' is what MySQL stores for a value that was none of the enum's, in a mode that is not strict
        if (constant == null) {
            throw new UnreadableValueException(type.getSimpleName() + " has no constant for what the row holds:"
                    + " generate the sources from the live schema again, or add it to an enum of yours.");
        }
        return constant;
    }
}
