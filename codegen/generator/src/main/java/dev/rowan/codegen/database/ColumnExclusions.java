package dev.rowan.codegen.database;

import dev.rowan.codegen.config.TypeRule;
import dev.rowan.codegen.model.ColumnTraits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jooq.meta.ColumnDefinition;

/** The columns that a project leaves out of the sources. Not thread-safe. */
final class ColumnExclusions implements Predicate<ColumnDefinition> {

    private final List<TypeRule> rules;
    private final ColumnCatalog catalog;
    private final Map<TypeRule, List<ColumnDefinition>> leftOut = new HashMap<>();

    /**
     * Creates the exclusions.
     *
     * @param rules those that leave columns out
     */
    ColumnExclusions(List<TypeRule> rules, ColumnCatalog catalog) {
        this.rules = rules;
        this.catalog = catalog;
    }

    /** Returns whether a column is left out. */
    @Override
    public boolean test(ColumnDefinition column) {
        for (TypeRule rule : rules) {
            if (rule.matches(column.getContainer().getName(), column.getName())) {
                leftOut.computeIfAbsent(rule, any -> new ArrayList<>()).add(column);
                return true;
            }
        }
        return false;
    }

    /**
     * Checks the lines, once all columns were tested. (If the test threw an error, jOOQ would log it and go on.)
     *
     * @throws IllegalArgumentException if a line matched no column, or one that is part of a key, or that each insert
     *     has to set
     */
    void requireSuitable() {
        for (TypeRule rule : rules) {
            List<ColumnDefinition> columns = leftOut.getOrDefault(rule, List.of());
            if (columns.isEmpty()) {
                throw rule.line()
                        .rejected("matches no column. Columns are matched as table.column, or by their name alone.");
            }
            columns.stream()
                    .filter(column -> !column.getContainer().isView())
                    .forEach(column -> requireDispensable(rule, column));
        }
    }

    private void requireDispensable(TypeRule rule, ColumnDefinition column) {
        String name = ColumnTraits.displayName(column);
        if (catalog.isInKey(column)) {
            throw rule.line()
                    .rejected(
                            "leaves out %s, which is part of a primary, unique or foreign key. Remove it from the line."
                                    .formatted(name));
        }
        if (!catalog.canBeLeftOut(column)) {
            throw rule.line()
                    .rejected("leaves out %s, which is NOT NULL without a default, so that no row could be inserted."
                                    .formatted(name)
                            + " Give it a default in a changeset, or remove it from the line.");
        }
    }
}
