package dev.rowan.codegen;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record2;

/**
 * The columns of a MariaDB schema that were declared JSON, which MariaDB stores as LONGTEXT with a {@code json_valid}
 * check. A column of a view is one if the column behind it is: the server says which that is when it prepares the
 * view's own query. A JSON expression in a view is not found, and stays a String.
 */
final class JsonColumns {

    record Column(String table, String column) {
        Column {
            table = table.toLowerCase(Locale.ROOT);
            column = column.toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern CHECK = Pattern.compile("json_valid\\(`(.+)`\\)");

    private JsonColumns() {}

    static Set<Column> of(DSLContext dsl, Connection connection, String schema) {
        Set<Column> columns = new HashSet<>();
        dsl.select(field(name("TABLE_NAME"), String.class), field(name("CHECK_CLAUSE"), String.class))
                .from(table(name("information_schema", "CHECK_CONSTRAINTS")))
                .where(field(name("CONSTRAINT_SCHEMA"), String.class).eq(inline(schema)))
                .forEach(check -> {
                    Matcher matcher = CHECK.matcher(check.value2());
                    if (matcher.matches()) {
                        columns.add(new Column(check.value1(), matcher.group(1).replace("``", "`")));
                    }
                });
        var views = dsl.select(field(name("TABLE_NAME"), String.class), field(name("VIEW_DEFINITION"), String.class))
                .from(table(name("information_schema", "VIEWS")))
                .where(field(name("TABLE_SCHEMA"), String.class).eq(inline(schema)))
                // empty for who may not see it
                .and(field(name("VIEW_DEFINITION"), String.class).ne(inline("")))
                .fetch();
        // a view may stand on another: go on until a round finds nothing new
        boolean found = !columns.isEmpty();
        while (found) {
            found = false;
            for (var view : views) {
                found |= addColumnsOf(view, columns, connection);
            }
        }
        return columns;
    }

    private static boolean addColumnsOf(Record2<String, String> view, Set<Column> columns, Connection connection) {
        boolean added = false;
        // prepared by the server and never executed; the driver's own way would run it to learn its columns
        try (PreparedStatement query = connection.unwrap(JdbcConnection.class).serverPrepareStatement(view.value2())) {
            ResultSetMetaData meta = query.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                if (columns.contains(new Column(meta.getTableName(i), meta.getColumnName(i)))) {
                    added |= columns.add(new Column(view.value1(), meta.getColumnLabel(i)));
                }
            }
        } catch (SQLException e) {
            // an invalid view, or one that this user may not read: its columns stay what the server says they are
            return false;
        }
        return added;
    }
}
