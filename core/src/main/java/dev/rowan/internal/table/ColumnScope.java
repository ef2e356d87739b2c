package dev.rowan.internal.table;

import dev.rowan.internal.util.FieldNames;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.Path;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.exception.DataAccessException;

/**
 * Checks that a query uses only columns of the tables in its FROM. The compiler cannot: the types of jOOQ's conditions
 * and orderings do not name a table. Not thread-safe; one instance per check.
 *
 * <p>jOOQ adds the tables of a path along foreign keys to FROM if the path starts at the query's table. So the query is
 * rendered first, and its columns are compared with the FROM that was rendered. Subqueries are not checked.
 */
public final class ColumnScope implements VisitListener {

    private final Set<TableField<?, ?>> used = new LinkedHashSet<>();
    private final Set<Table<?>> from = new HashSet<>();

    private ColumnScope() {}

    /** Checks a query of a table. @throws IllegalArgumentException if it uses a column of another table */
    public static void requireInScope(Select<?> query, Table<?> table, Configuration configuration) {
        var scope = new ColumnScope();
        try {
            configuration.deriveAppending(scope).dsl().render(query);
        } catch (DataAccessException e) {
            throw new IllegalArgumentException(
                    "A query of " + table.getName() + " returns one row per row of its table, but the path to "
                            + scope.lastPath() + " leads to several. Use a subquery with that path in its FROM:"
                            + " exists(selectOne().from(path).where(…)).",
                    e);
        }
        for (var field : scope.used) {
            var owner = field.getTable();
            if (owner == null || scope.from.contains(owner)) {
                continue;
            }
            var name = FieldNames.shown(field) + (owner instanceof Path<?> ? " along this path" : "");
            throw new IllegalArgumentException("A query of " + table.getName() + " has no column " + name
                    + ". Use a column of " + table.getName() + ", a path along a foreign key, or a subquery.");
        }
    }

    /** Returns the name of the table that the last rendered path leads to. */
    private String lastPath() {
        var last = "many";
        for (var field : used) {
            if (field.getTable() instanceof Path<?>) {
                last = FieldNames.unaliased(field.getTable()).getName();
            }
        }
        return last;
    }

    @Override
    public void visitStart(VisitContext context) {
        if (context.queryPart() instanceof Condition condition && SetContainment.isMeant(condition)) {
            throw new IllegalArgumentException(
                    "Rowan understands contains(…) of a SET column in where(…) and and(…), also"
                            + " within and, or and not, but not inside another expression or a subquery. Use find_in_set there.");
        }
        if (context.context().subquery()) {
            return;
        }
        if (context.queryPart() instanceof Table<?> table && context.context().declareTables()) {
            from.add(table);
        }
        if (context.queryPart() instanceof TableField<?, ?> field) {
            used.add(field);
        }
    }
}
