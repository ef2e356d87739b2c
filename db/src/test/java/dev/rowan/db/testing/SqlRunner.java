package dev.rowan.db.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Runs SQL and reads its rows as text. */
public final class SqlRunner {

    private SqlRunner() {}

    /** Runs each statement. */
    public static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows, each with its columns joined by spaces. */
    public static List<String> query(DataSource dataSource, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var cells = new ArrayList<String>();
                for (var column = 1; column <= columns; column++) {
                    cells.add(String.valueOf(result.getObject(column)));
                }
                rows.add(String.join(" ", cells));
            }
        }
        return rows;
    }

    /** Returns the SHOW CREATE text of every table and view by its name, except Liquibase's tables. */
    public static Map<String, String> schema(DataSource dataSource) throws SQLException {
        var schema = new TreeMap<String, String>();
        for (var name : query(
                dataSource,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                        + " AND table_name NOT LIKE 'DATABASECHANGELOG%'")) {
            schema.put(name, query(dataSource, "SHOW CREATE TABLE " + name).get(0));
        }
        return schema;
    }
}
