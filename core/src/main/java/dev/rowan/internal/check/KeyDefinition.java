package dev.rowan.internal.check;

import dev.rowan.internal.failure.SchemaNames;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Key;
import org.jooq.UniqueKey;
import org.jooq.impl.QOM.ForeignKeyRule;

/**
 * A primary, unique or foreign key of a generated or a live table.
 *
 * @param target the table that a foreign key references; empty for another key
 * @param onDelete the ON DELETE action of a foreign key; empty if it is not known
 */
record KeyDefinition(String name, List<String> columns, String target, List<String> targetColumns, String onDelete) {

    static final String PRIMARY = "PRIMARY";

    static KeyDefinition of(UniqueKey<?> key) {
        return new KeyDefinition(SchemaNames.keyName(key), columns(key), "", List.of(), "");
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

    /** Returns a rule in SQL. RESTRICT becomes NO ACTION, which is the same in InnoDB. */
    static String ruleOf(String name) {
        var rule = name.replace('_', ' ');
        return rule.equals(ForeignKeyRule.RESTRICT.name()) ? "NO ACTION" : rule;
    }

    boolean isForeign() {
        return !target.isEmpty();
    }

    /** Returns whether the key has these columns, in this order. */
    boolean isOn(List<String> names) {
        return quoted(columns).equalsIgnoreCase(quoted(names));
    }

    /** Returns whether the keys have the same columns, in any order. */
    boolean hasColumnsOf(KeyDefinition other) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(columns);
        return columns.size() == other.columns.size() && names.containsAll(other.columns);
    }

    /** Returns whether the keys are equal except for their names. */
    boolean isLike(KeyDefinition other) {
        return isOn(other.columns)
                && target.equalsIgnoreCase(other.target)
                && quoted(targetColumns).equalsIgnoreCase(quoted(other.targetColumns))
                && (onDelete.isEmpty() || other.onDelete.isEmpty() || onDelete.equals(other.onDelete));
    }

    /** Returns the key in words. */
    String words() {
        var kind = name.equals(PRIMARY) ? "primary key" : (isForeign() ? "foreign key " : "unique key ") + name;
        return kind + " (" + String.join(", ", columns) + ")"
                + (isForeign()
                        ? " to " + target + " (" + String.join(", ", targetColumns) + ")" + onDeleteClause()
                        : "");
    }

    /** Returns the clause of an ALTER TABLE that adds the key. */
    String add() {
        if (name.equals(PRIMARY)) {
            return "ADD PRIMARY KEY (" + quoted(columns) + ")";
        }
        var add = "ADD CONSTRAINT " + quoted(name);
        return isForeign()
                ? add + " FOREIGN KEY (" + quoted(columns) + ") REFERENCES " + quoted(target) + " ("
                        + quoted(targetColumns) + ")" + onDeleteClause()
                : add + " UNIQUE (" + quoted(columns) + ")";
    }

    /** Returns the clause of an ALTER TABLE that drops the key. */
    String drop() {
        if (name.equals(PRIMARY)) {
            return "DROP PRIMARY KEY";
        }
        return (isForeign() ? "DROP FOREIGN KEY " : "DROP INDEX ") + quoted(name);
    }

    /** Returns the clause of an ALTER TABLE that gives the key the name of another. */
    String rename(KeyDefinition other) {
        return isForeign() ? drop() + ", " + other.add() : "RENAME INDEX " + quoted(name) + " TO " + quoted(other.name);
    }

    private String onDeleteClause() {
        return onDelete.isEmpty() || onDelete.equals("NO ACTION") ? "" : " ON DELETE " + onDelete;
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(KeyDefinition::quoted).collect(Collectors.joining(", "));
    }
}
