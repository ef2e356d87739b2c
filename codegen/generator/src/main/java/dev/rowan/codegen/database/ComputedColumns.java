package dev.rowan.codegen.database;

import static org.jooq.meta.mysql.information_schema.Tables.COLUMNS;
import static org.jooq.meta.mysql.information_schema.Tables.VIEWS;

import dev.rowan.codegen.model.ColumnId;
import dev.rowan.codegen.model.ViewDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record2;

/** Finds the columns of views that are computed, and not a column of a table. */
final class ComputedColumns {

    private ComputedColumns() {}

    /** @throws IllegalArgumentException if the user may not see the query of a view */
    static Set<ColumnId> find(DSLContext dsl, String schema) {
        Map<String, ViewDefinition> views = new HashMap<>();
        dsl.select(VIEWS.TABLE_NAME, VIEWS.VIEW_DEFINITION)
                .from(VIEWS)
                .where(VIEWS.TABLE_SCHEMA.eq(schema))
                .forEach(view -> views.put(view.value1(), ViewDefinition.parse(requireVisible(view, schema))));
        Set<ColumnId> computed = new HashSet<>();
        if (views.isEmpty()) {
            return computed;
        }
        Map<String, List<String>> columns = dsl.select(COLUMNS.TABLE_NAME, COLUMNS.COLUMN_NAME)
                .from(COLUMNS)
                .where(COLUMNS.TABLE_SCHEMA.eq(schema))
                .and(COLUMNS.TABLE_NAME.in(views.keySet()))
                .orderBy(COLUMNS.TABLE_NAME, COLUMNS.ORDINAL_POSITION)
                .fetchGroups(COLUMNS.TABLE_NAME, COLUMNS.COLUMN_NAME);
        // a view may select a computed column of another view: repeat until a round finds nothing new
        for (int before = -1; before < computed.size(); ) {
            before = computed.size();
            views.forEach((view, definition) -> {
                var names = columns.getOrDefault(view, List.of());
                for (int i = 0; i < names.size(); i++) {
                    if (isComputed(definition, i, views.keySet(), computed)) {
                        computed.add(new ColumnId(view, names.get(i)));
                    }
                }
            });
        }
        return computed;
    }

    private static String requireVisible(Record2<String, String> view, String schema) {
        if (view.value2() == null || view.value2().isEmpty()) {
            throw new IllegalArgumentException("This user may not see the query of the view " + view.value1()
                    + ", which decides the Java types of its columns. Grant SHOW VIEW on " + schema + ".*");
        }
        return view.value2();
    }

    private static boolean isComputed(ViewDefinition view, int position, Set<String> views, Set<ColumnId> computed) {
        return view.source(position)
                .map(source -> views.stream()
                        .anyMatch(other -> view.calls(other, source.table())
                                && computed.contains(new ColumnId(other, source.column()))))
                .orElse(true);
    }
}
