package dev.rowan;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.EnumType;

/** The constants of an enum by their literals in the database: what an {@link EnumType} says, else their names. */
record Literals<E>(Class<E> type, Map<String, E> constants) {

    static <E> Literals<E> of(Class<E> type) {
        return new Literals<>(
                type,
                Stream.of(type.getEnumConstants()).collect(Collectors.toMap(Literals::literal, Function.identity())));
    }

    static String literal(Object constant) {
        return constant instanceof EnumType typed ? typed.getLiteral() : ((Enum<?>) constant).name();
    }

    /** @throws Unreadable if there is none */
    E constant(String literal) {
        var constant = constants.get(literal);
        // '' is what MySQL stores for a value that was none of the enum's, in a mode that is not strict
        if (constant == null) {
            throw new Unreadable(type.getSimpleName() + " has no constant for what the row holds:"
                    + " generate the sources from the live schema again, or add it to an enum of yours.");
        }
        return constant;
    }
}
