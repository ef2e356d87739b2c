package dev.rowan.testing;

import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shop's database, written and read with plain SQL. Its rows are named by labels, the name of a user or a role, the
 * note of an order or the product of an item, because ids differ between two databases.
 */
public final class PlainSqlShop implements AutoCloseable {

    /** The query of each table that returns its rows with labels in place of ids. */
    private static final Map<String, String> ROWS = Map.of(
            "users",
            "select u.name, u.age, u.email, u.newsletter, i.name from users u"
                    + " left join users i on i.id = u.inviter_id order by u.name",
            "orders",
            "select o.note, u.name, a.name, o.total from orders o join users u on u.id = o.user_id"
                    + " left join users a on a.id = o.approver_id order by o.note",
            "order_items",
            "select i.product, o.note, i.line_no, i.quantity, i.price from order_items i"
                    + " join orders o on o.id = i.order_id order by i.product",
            "roles",
            "select name from roles order by name",
            "user_roles",
            "select u.name, r.name from user_roles l join users u on u.id = l.user_id"
                    + " join roles r on r.id = l.role_id order by 1, 2");

    private final Connection connection;

    /** Opens a connection to the database, on which SQL means the same on every server. */
    public PlainSqlShop(DatabaseOptions options) throws SQLException {
        connection = UnpooledDataSource.of(options.url(), options.user(), options.password())
                .getConnection();
    }

    /** Runs a statement. */
    public void run(String sql, @Nullable Object... values) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the values of the first column. */
    public List<String> labels(String sql, Object... values) {
        return rows(sql, values).stream().map(List::getFirst).toList();
    }

    /** Returns the rows, each value as text. */
    public List<List<String>> rows(String sql, Object... values) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var rows = new ArrayList<List<String>>();
            try (var read = statement.executeQuery()) {
                while (read.next()) {
                    var row = new ArrayList<String>();
                    for (int i = 1; i <= read.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(read.getString(i)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the id of the row with a label. */
    public String id(String table, String column, String label) {
        return labels("select id from " + table + " where " + column + " = ?", label)
                .getFirst();
    }

    /** Returns a number that is greater than all of a column. */
    public int nextNumber(String table, String column) {
        return Integer.parseInt(labels("select coalesce(max(" + column + "), 0) + 1 from " + table)
                .getFirst());
    }

    /** Returns the rows of all tables as text, with labels in place of ids. */
    public String dump() {
        var dump = new StringBuilder();
        for (var table : new TreeMap<>(ROWS).entrySet()) {
            for (var row : rows(table.getValue())) {
                dump.append(table.getKey()).append(' ').append(row).append('\n');
            }
        }
        return dump.toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
