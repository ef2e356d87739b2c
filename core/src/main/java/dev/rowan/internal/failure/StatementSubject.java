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
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.VisitListener;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.QOM;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a statement, and its tables.
 *
 * @param tables the tables that it names, as far as is known; the target of a write is the first
 */
public record StatementSubject(StatementKind kind, List<Table<?>> tables) {

    /** Returns the subject of a statement about one table, or none. */
    public static StatementSubject of(StatementKind kind, @Nullable Table<?> table) {
        return new StatementSubject(kind, table == null ? List.of() : List.of(table));
    }

    /** Returns the subject of a statement of jOOQ's DSL, or of a batch; plain SQL has no tables. */
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
        var sameWords = queries.stream().map(StatementSubject::words).distinct().count() == 1;
        return new StatementSubject(sameWords ? queries.getFirst().kind() : StatementKind.RUN, List.copyOf(tables));
    }

    /**
     * Returns the generated table that is all that a statement of jOOQ's DSL is about; null if there are several, or
     * none. A name that is made at run time is none: there may be many of them.
     */
    public static @Nullable Table<?> target(ExecuteContext context) {
        var tables = Arrays.stream(context.batchQueries())
                .<@Nullable Table<?>>map(query -> query == null ? null : target(query))
                .distinct()
                .toList();
        return tables.size() == 1 ? tables.getFirst() : null;
    }

    private static @Nullable Table<?> target(Query query) {
        var table = switch (query) {
            case QOM.Insert<?> insert -> insert.$into();
            case QOM.Update<?> update -> update.$table();
            case QOM.Delete<?> delete -> delete.$from();
            case Select<?> select -> select.$from().size() == 1 ? select.$from().getFirst() : null;
            default -> null;
        };
        if (!(table instanceof TableImpl<?>)) {
            return null;
        }
        var unaliased = FieldNames.unaliased(table);
        return unaliased.getSchema() == null ? null : unaliased;
    }

    private static StatementSubject of(Query query, SQLDialect dialect) {
        var tables = new LinkedHashSet<Table<?>>();
        var kind = switch (query) {
            case QOM.Insert<?> insert -> target(tables, insert.$into(), StatementKind.INSERT);
            case QOM.Update<?> update -> target(tables, update.$table(), StatementKind.UPDATE);
            case QOM.Delete<?> delete -> target(tables, delete.$from(), StatementKind.DELETE);
            default -> StatementKind.RUN;
        };
        collect(query, dialect, tables);
        return new StatementSubject(kind, new ArrayList<>(tables));
    }

    /** A write to a join has no single target. */
    private static StatementKind target(Set<Table<?>> tables, Table<?> table, StatementKind kind) {
        if (!(table instanceof TableImpl<?>)) {
            return StatementKind.RUN;
        }
        tables.add(FieldNames.unaliased(table));
        return kind;
    }

    /** Renders the query once more to visit its tables: only for a failed statement. */
    private static void collect(Query query, SQLDialect dialect, Set<Table<?>> tables) {
        var collector = VisitListener.onVisitStart(context -> {
            if (context.queryPart() instanceof TableImpl<?> table) {
                tables.add(FieldNames.unaliased(table));
            }
        });
        try {
            new DefaultConfiguration().set(dialect).set(collector).dsl().render(query);
        } catch (RuntimeException e) {
            // the failure of the query itself is reported
        }
    }

    /** Returns the words of the statement and its target, such as {@code insert into users}. */
    String words() {
        return kind.of(kind == StatementKind.RUN || tables.isEmpty() ? null : tables.getFirst());
    }
}
