package dev.rowan.codegen.database;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.mysql.cj.jdbc.JdbcConnection;
import dev.rowan.codegen.model.ColumnId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record2;

/**
 * Finds the columns of a MariaDB schema that were declared JSON, which MariaDB stores as LONGTEXT with a {@code
 * json_valid} check. A view's column is JSON if it selects a JSON column; the server reports the selected column when
 * it prepares the view's query. A JSON expression in a view is not found and remains a String.
 */
final class MariaDbJsonColumns {

    private static final Pattern CHECK = Pattern.compile("json_valid\\(`(.+)`\\)");

    private MariaDbJsonColumns() {}

    static Set<ColumnId> find(DSLContext dsl, Connection connection, String schema) {
        Set<ColumnId> columns = new HashSet<>();
        dsl.select(field(name("TABLE_NAME"), String.class), field(name("CHECK_CLAUSE"), String.class))
                .from(table(name("information_schema", "CHECK_CONSTRAINTS")))
                .where(field(name("CONSTRAINT_SCHEMA"), String.class).eq(inline(schema)))
                .forEach(check -> {
                    Matcher matcher = CHECK.matcher(check.value2());
                    if (matcher.matches()) {
                        columns.add(
                                new ColumnId(check.value1(), matcher.group(1).replace("``", "`")));
                    }
                });
        var views = dsl.select(field(name("TABLE_NAME"), String.class), field(name("VIEW_DEFINITION"), String.class))
                .from(table(name("information_schema", "VIEWS")))
                .where(field(name("TABLE_SCHEMA"), String.class).eq(inline(schema)))
                // empty if the user lacks the privilege to see it
                .and(field(name("VIEW_DEFINITION"), String.class).ne(inline("")))
                .fetch();
        // a view may select from another view: repeat until a round finds nothing new
        boolean found = !columns.isEmpty();
        while (found) {
            found = false;
            for (var view : views) {
                found |= addColumnsOf(view, columns, connection);
            }
        }
        return columns;
    }

    private static boolean addColumnsOf(Record2<String, String> view, Set<ColumnId> columns, Connection connection) {
        boolean added = false;
        // a server-side prepare does not execute the query; a client-side one would, to learn its columns
        try (PreparedStatement query = connection.unwrap(JdbcConnection.class).serverPrepareStatement(view.value2())) {
            ResultSetMetaData meta = query.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                if (columns.contains(new ColumnId(meta.getTableName(i), meta.getColumnName(i)))) {
                    added |= columns.add(new ColumnId(view.value1(), meta.getColumnLabel(i)));
                }
            }
        } catch (SQLException e) {
            // an invalid view, or one that this user may not read: its columns keep the reported type
            return false;
        }
        return added;
    }
}
