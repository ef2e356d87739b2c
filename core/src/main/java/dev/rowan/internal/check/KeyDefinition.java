package dev.rowan.internal.check;

import dev.rowan.internal.failure.SchemaNames;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Key;
import org.jooq.UniqueKey;
import org.jooq.impl.QOM.ForeignKeyRule;

/**
 * A primary, unique or foreign key of a table, as it is in the generated classes or in a live table.
 *
 * @param target the table that a foreign key refers to; empty if it is none
 * @param onDelete what becomes of a row that refers to a deleted one; empty if that is not known
 */
record KeyDefinition(String name, List<String> columns, String target, List<String> targetColumns, String onDelete) {

    private static final String PRIMARY = "PRIMARY";

    static KeyDefinition of(UniqueKey<?> key) {
        return new KeyDefinition(SchemaNames.constraint(key), columns(key), "", List.of(), "");
    }

    static KeyDefinition of(ForeignKey<?, ?> key, String target) {
        var rule = key.getDeleteRule();
        return new KeyDefinition(
                key.getName(),
                columns(key),
                target,
                key.getKeyFields().stream().map(Field::getName).toList(),
                rule == null ? "" : ruleOf(rule.name()));
    }

    private static List<String> columns(Key<?> key) {
        return key.getFields().stream().map(Field::getName).toList();
    }

    /** Returns a rule in SQL; RESTRICT, which InnoDB does not tell from NO ACTION, as that. */
    static String ruleOf(String name) {
        var rule = name.replace('_', ' ');
        return rule.equals(ForeignKeyRule.RESTRICT.name()) ? "NO ACTION" : rule;
    }

    boolean isForeign() {
        return !target.isEmpty();
    }

    /** Says whether its columns are these, in this order. */
    boolean isOn(List<String> names) {
        return columns(columns).equalsIgnoreCase(columns(names));
    }

    /** Says whether it is the same but for its name. */
    boolean isLike(KeyDefinition other) {
        return isOn(other.columns)
                && target.equalsIgnoreCase(other.target)
                && columns(targetColumns).equalsIgnoreCase(columns(other.targetColumns))
                && (onDelete.isEmpty() || other.onDelete.isEmpty() || onDelete.equals(other.onDelete));
    }

    /** Returns it in words. */
    String words() {
        var kind = name.equals(PRIMARY) ? "primary key" : (isForeign() ? "foreign key " : "unique key ") + name;
        return kind + " (" + String.join(", ", columns) + ")"
                + (isForeign() ? " to " + target + " (" + String.join(", ", targetColumns) + ")" + deleting() : "");
    }

    /** Returns the part of an ALTER TABLE that makes it. */
    String add() {
        if (name.equals(PRIMARY)) {
            return "ADD PRIMARY KEY (" + columns(columns) + ")";
        }
        var add = "ADD CONSTRAINT " + quoted(name);
        return isForeign()
                ? add + " FOREIGN KEY (" + columns(columns) + ") REFERENCES " + quoted(target) + " ("
                        + columns(targetColumns) + ")" + deleting()
                : add + " UNIQUE (" + columns(columns) + ")";
    }

    /** Returns the part of an ALTER TABLE that drops it. */
    String drop() {
        if (name.equals(PRIMARY)) {
            return "DROP PRIMARY KEY";
        }
        return (isForeign() ? "DROP FOREIGN KEY " : "DROP INDEX ") + quoted(name);
    }

    /** Returns the part of an ALTER TABLE that gives it the name of another. */
    String rename(KeyDefinition other) {
        return isForeign() ? drop() + ", " + other.add() : "RENAME INDEX " + quoted(name) + " TO " + quoted(other.name);
    }

    private String deleting() {
        return onDelete.isEmpty() || onDelete.equals("NO ACTION") ? "" : " ON DELETE " + onDelete;
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String columns(List<String> names) {
        return names.stream().map(KeyDefinition::quoted).collect(Collectors.joining(", "));
    }
}
