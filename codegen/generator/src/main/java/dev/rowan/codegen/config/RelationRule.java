package dev.rowan.codegen.config;

import java.util.regex.Pattern;

/**
 * The relations of foreign keys and link tables: {@code orders.fk_orders_user = none}.
 *
 * @param keys matches {@code table.constraint}, or the name of a link table, in any case
 */
public record RelationRule(RuleLine line, Pattern keys, Choice choice) {

    /** What there is along a foreign key or through a link table. */
    public enum Choice {
        /** No relation, in either direction. */
        NONE,
        /** A to-many relation on the inverse side, even of a foreign key that is unique. */
        MANY,
        /** A many-to-many relation that is only read. */
        READ,
        /** A many-to-many relation whose links can be set. */
        WRITE
    }

    static RelationRule of(RuleLine line) {
        Choice choice = switch (line.value()) {
            case Rules.NONE -> Choice.NONE;
            case "many" -> Choice.MANY;
            case "read" -> Choice.READ;
            case "write" -> Choice.WRITE;
            default -> throw line.malformed("\"" + line.value() + "\" is neither none, many, read nor write");
        };
        return new RelationRule(line, RegularExpression.ofLine(line), choice);
    }

    /** Returns whether the rule is about a foreign key. */
    public boolean matches(String table, String constraint) {
        return keys.matcher(table + "." + constraint).matches();
    }

    /** Returns whether the rule is about a link table. */
    public boolean matches(String linkTable) {
        return keys.matcher(linkTable).matches();
    }
}
