package dev.rowan.type;

import dev.rowan.internal.util.EnumLiterals;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Converter;
import org.jooq.EnumType;
import org.jspecify.annotations.Nullable;

/**
 * Converts a {@code SET} column to a set of constants of a generated enum, in the order of their declaration. The sets
 * that it returns are unmodifiable. Generated code uses it. Thread-safe.
 */
public final class SetConverter<E extends Enum<E> & EnumType> implements Converter<String, Set<E>> {

    private final Class<E> members;
    private final EnumLiterals<E> literals;

    /** Creates a converter to sets of an enum. */
    public SetConverter(Class<E> members) {
        this.members = members;
        this.literals = EnumLiterals.of(members);
    }

    @Override
    public @Nullable Set<E> from(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var set = EnumSet.noneOf(members);
        if (!text.isEmpty()) {
            for (var literal : text.split(",", -1)) {
                set.add(literals.constant(literal));
            }
        }
        return Collections.unmodifiableSet(set);
    }

    @Override
    public @Nullable String to(@Nullable Set<E> set) {
        if (set == null) {
            return null;
        }
        return set.stream().sorted().map(EnumType::getLiteral).collect(Collectors.joining(","));
    }

    @Override
    public Class<String> fromType() {
        return String.class;
    }

    @Override
    @SuppressWarnings("unchecked") // Java has no class literal of Set<E>
    public Class<Set<E>> toType() {
        return (Class<Set<E>>) (Class<?>) Set.class;
    }
}
