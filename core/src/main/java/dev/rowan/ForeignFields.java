package dev.rowan;

import org.jooq.Configuration;
import org.jooq.Path;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.VisitContext;
import org.jooq.VisitListener;

/**
 * Refuses a column of a table that the query does not have: jOOQ's conditions and orderings carry no table in their
 * type, so that the compiler cannot. Not thread-safe; one for each check.
 */
final class ForeignFields implements VisitListener {

    private final Table<?> table;
    private int subqueries;

    private ForeignFields(Table<?> table) {
        this.table = table;
    }

    /** Checks a condition or an ordering of a query of the table; what stands in a subquery is the subquery's matter. */
    static void refuse(QueryPart part, Table<?> table, Configuration configuration) {
        configuration.deriveAppending(new ForeignFields(table)).dsl().render(part);
    }

    @Override
    public void visitStart(VisitContext context) {
        if (context.queryPart() instanceof Select<?>) subqueries++;
        if (subqueries > 0 || !(context.queryPart() instanceof TableField<?, ?> field)) return;
        var of = field.getTable();
        // a path along foreign keys joins its tables by itself
        if (of != null && !(of instanceof Path<?>) && !table.equals(of))
            throw new IllegalArgumentException("A query of " + table.getName() + " has no column " + of.getName() + "."
                    + field.getName() + ". Use a column of " + table.getName()
                    + ", a path along a foreign key, or a subquery.");
    }

    @Override
    public void visitEnd(VisitContext context) {
        if (context.queryPart() instanceof Select<?>) subqueries--;
    }
}
