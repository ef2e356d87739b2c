package dev.rowan.internal.table;

import dev.rowan.internal.util.FieldNames;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jooq.Configuration;
import org.jooq.Path;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.exception.DataAccessException;

/**
 * Refuses a column of a table that the query does not have: jOOQ's conditions and orderings carry no table in their
 * type, so that the compiler cannot. Not thread-safe; one for each check.
 *
 * <p>A path along foreign keys brings its tables into the query's FROM, if it starts at the query's table; hence the check
 * compares with what the FROM has once all is rendered. What stands in a subquery is the subquery's matter.
 */
public final class ColumnScope implements VisitListener {

    private final Set<TableField<?, ?>> used = new LinkedHashSet<>();
    private final Set<Table<?>> from = new HashSet<>();

    private ColumnScope() {}

    /** Checks a query of this table. @throws IllegalArgumentException if it uses a column of another table */
    public static void refuse(Select<?> query, Table<?> table, Configuration configuration) {
        var seen = new ColumnScope();
        try {
            configuration.deriveAppending(seen).dsl().render(query);
        } catch (DataAccessException e) {
            throw new IllegalArgumentException(
                    "A query of " + table.getName() + " has one row for each row of its table, and the path to "
                            + seen.lastPath() + " has more. Ask of those in a subquery, with that path in its FROM:"
                            + " exists(selectOne().from(path).where(…)).",
                    e);
        }
        for (var field : seen.used) {
            var of = field.getTable();
            if (of == null || seen.from.contains(of)) {
                continue;
            }
            var name = FieldNames.shown(field) + (of instanceof Path<?> ? " along this path" : "");
            throw new IllegalArgumentException("A query of " + table.getName() + " has no column " + name
                    + ". Use a column of " + table.getName() + ", a path along a foreign key, or a subquery.");
        }
    }

    /** Returns the table that the path leads to which was rendered last. */
    private String lastPath() {
        var path = "many";
        for (var field : used) {
            if (field.getTable() instanceof Path<?>) {
                path = FieldNames.unaliased(field.getTable()).getName();
            }
        }
        return path;
    }

    @Override
    public void visitStart(VisitContext context) {
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
