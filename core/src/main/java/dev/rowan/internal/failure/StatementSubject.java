package dev.rowan.internal.failure;

import dev.rowan.internal.util.FieldNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jooq.ExecuteContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.VisitListener;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.QOM;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does, and to which tables.
 *
 * @param tables all that it names, as far as is known; what it writes to comes first
 */
public record StatementSubject(StatementKind verb, List<Table<?>> tables) {

    public static StatementSubject of(StatementKind verb, @Nullable Table<?> table) {
        return new StatementSubject(verb, table == null ? List.of() : List.of(table));
    }

    /** Returns the subject of a statement of jOOQ's own DSL, or of all of a batch; a text of the user's own has none. */
    public static StatementSubject of(ExecuteContext context) {
        var queries = Arrays.stream(context.batchQueries())
                .filter(Objects::nonNull)
                .map(query -> of(query, context.dialect()))
                .toList();
        if (queries.isEmpty()) {
            return of(StatementKind.RUN, null);
        }
        var tables = new LinkedHashSet<Table<?>>();
        queries.forEach(query -> tables.addAll(query.tables()));
        var alike = queries.stream().map(StatementSubject::words).distinct().count() == 1;
        return new StatementSubject(alike ? queries.getFirst().verb() : StatementKind.RUN, List.copyOf(tables));
    }

    private static StatementSubject of(Query query, SQLDialect dialect) {
        var tables = new LinkedHashSet<Table<?>>();
        var verb = switch (query) {
            case QOM.Insert<?> insert -> into(tables, insert.$into(), StatementKind.INSERT);
            case QOM.Update<?> update -> into(tables, update.$table(), StatementKind.UPDATE);
            case QOM.Delete<?> delete -> into(tables, delete.$from(), StatementKind.DELETE);
            default -> StatementKind.RUN;
        };
        collect(query, dialect, tables);
        return new StatementSubject(verb, new ArrayList<>(tables));
    }

    /** A join has no one table that is written to. */
    private static StatementKind into(Set<Table<?>> tables, Table<?> table, StatementKind verb) {
        if (!(table instanceof TableImpl<?>)) {
            return StatementKind.RUN;
        }
        tables.add(FieldNames.unaliased(table));
        return verb;
    }

    /** Renders the query once more, which is done only when it has failed. */
    private static void collect(Query query, SQLDialect dialect, Set<Table<?>> tables) {
        var seen = VisitListener.onVisitStart(context -> {
            if (context.queryPart() instanceof TableImpl<?> table) {
                tables.add(FieldNames.unaliased(table));
            }
        });
        try {
            new DefaultConfiguration().set(dialect).set(seen).dsl().render(query);
        } catch (RuntimeException e) {
            // the failure that is to be told is the query's own
        }
    }

    /** Returns the verb and its table, such as {@code insert into users}. */
    String words() {
        return verb.of(verb == StatementKind.RUN || tables.isEmpty() ? null : tables.getFirst());
    }
}
