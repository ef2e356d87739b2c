package dev.rowan.internal.table;

import dev.rowan.internal.util.FieldNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.VisitContext;
import org.jooq.VisitListener;

/**
 * Orders the assignments of an UPDATE so that each expression sees the row as it was before the update, as in standard
 * SQL. MySQL assigns from left to right, and an expression sees what was assigned before it. Stateless.
 */
final class AssignmentOrder {

    private AssignmentOrder() {}

    /**
     * Returns the columns that are set to expressions, in an order in which they can be assigned, before all others.
     *
     * @throws IllegalArgumentException if the expressions read each other's columns, so that there is no such order
     */
    static List<Field<?>> of(Map<Field<?>, Field<?>> expressions, Table<?> table, Configuration configuration) {
        var remaining = expressions.keySet().stream()
                .sorted(Comparator.comparingInt(table::indexOf))
                .collect(Collectors.toCollection(ArrayList<Field<?>>::new));
        if (remaining.size() < 2) {
            return remaining;
        }
        Map<Field<?>, Set<Field<?>>> reads = new HashMap<>();
        expressions.forEach((field, expression) -> reads.put(field, columns(expression, configuration)));
        var order = new ArrayList<Field<?>>();
        while (!remaining.isEmpty()) {
            var next = remaining.stream()
                    .filter(field -> remaining.stream()
                            .noneMatch(other -> !other.equals(field)
                                    && reads.getOrDefault(other, Set.of()).contains(field)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("This update sets "
                            + remaining.stream().map(FieldNames::shown).collect(Collectors.joining(", "))
                            + " from each other's values, but MySQL assigns one after the other. Read the row, and"
                            + " write the values."));
            remaining.remove(next);
            order.add(next);
        }
        return order;
    }

    /** Returns the columns that an expression reads. */
    private static Set<Field<?>> columns(Field<?> expression, Configuration configuration) {
        Set<Field<?>> columns = new HashSet<>();
        var collector = new VisitListener() {
            @Override
            public void visitStart(VisitContext context) {
                if (context.queryPart() instanceof TableField<?, ?> field) {
                    columns.add(field);
                }
            }
        };
        configuration.deriveAppending(collector).dsl().render(expression);
        return columns;
    }
}
