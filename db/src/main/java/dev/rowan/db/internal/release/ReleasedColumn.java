package dev.rowan.db.internal.release;

import java.util.List;
import java.util.Set;

/**
 * A column, as far as generated classes rely on it.
 *
 * @param type its type; {@link ColumnType#UNKNOWN} in a view, where the servers differ
 * @param traits what else there is to say of it
 * @param charset its character set; empty if it has none
 * @param sensitivity what its comparisons heed, such as {@code ai_ci}; empty if it has no collation
 */
record ReleasedColumn(String name, ColumnType type, Set<Trait> traits, String charset, String sensitivity) {

    /** What a column may be besides. */
    enum Trait {
        NULL("null"),
        DEFAULT("default"),
        AUTO_INCREMENT("auto_increment"),
        GENERATED("generated"),
        ON_UPDATE("on_update");

        private final String word;

        Trait(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    ReleasedColumn {
        traits = Set.copyOf(traits);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns whether an INSERT may leave it out. */
    boolean isOptional() {
        return List.of(Trait.NULL, Trait.DEFAULT, Trait.AUTO_INCREMENT, Trait.GENERATED).stream()
                .anyMatch(this::is);
    }

    /** Returns whether it is null in all rows of those who do not know it. */
    boolean isNullByDefault() {
        return is(Trait.NULL) && !is(Trait.DEFAULT) && !is(Trait.GENERATED);
    }
}
