package dev.rowan.bench.adapter;

import dev.rowan.bench.database.User;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** The SQL of all adapters that take it hand-written, with the code that binds and reads its columns by position. */
public final class HandWrittenSql {

    public static final String FIND =
            "select id, name, email, age, city, balance, active, created_at from users where id = ?";
    public static final String READ =
            "select id, name, email, age, city, balance, active, created_at from users where id <= ?";
    public static final String INSERT =
            "insert into users (name, email, age, city, balance, active, created_at) values (?, ?, ?, ?, ?, ?, ?)";
    public static final String UPDATE = "update users set age = ? where id = ?";
    public static final String DELETE = "delete from users where id = ?";
    public static final String JOIN = "select c.id, c.name, o.id, o.customer_id, o.product, o.quantity, o.total"
            + " from customers c join orders o on o.customer_id = c.id where c.id <= ?";
    public static final String UPDATE_AGE_AND_BALANCE = "update users set age = ?, balance = ? where id = ?";
    public static final String UPSERT = INSERT + " as n on duplicate key update age = n.age, balance = n.balance";
    public static final String PAGE =
            "select id, name from customers where name > ? or (name = ? and id > ?) order by name, id limit 10";

    private HandWrittenSql() {}

    /** A row of {@code orders}. */
    public record Order(int id, int customerId, String product, int quantity, BigDecimal total) {}

    /** A customer with its orders. */
    public record Customer(int id, String name, List<Order> orders) {}

    /** Returns the current row of {@link #FIND} or {@link #READ}. */
    public static User user(ResultSet row) throws SQLException {
        return new User(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getBigDecimal(6),
                row.getBoolean(7),
                row.getObject(8, LocalDateTime.class));
    }

    /** Returns the values of {@link #INSERT} and {@link #UPSERT}. */
    public static Object[] values(User user) {
        return new Object[] {
            user.name(), user.email(), user.age(), user.city(), user.balance(), user.active(), user.createdAt()
        };
    }

    /** Binds the values of {@link #INSERT} and {@link #UPSERT}. */
    public static void bind(PreparedStatement statement, User user) throws SQLException {
        statement.setString(1, user.name());
        statement.setString(2, user.email());
        statement.setInt(3, user.age());
        statement.setString(4, user.city());
        statement.setBigDecimal(5, user.balance());
        statement.setBoolean(6, user.active());
        statement.setObject(7, user.createdAt());
    }

    /** Binds the values of {@link #UPDATE_AGE_AND_BALANCE}. */
    public static void bindAgeAndBalance(PreparedStatement statement, User user) throws SQLException {
        statement.setInt(1, user.age());
        statement.setBigDecimal(2, user.balance());
        statement.setInt(3, user.id());
    }

    /** Returns the customers of {@link #JOIN} with their orders. */
    public static Collection<Customer> customers(ResultSet rows) throws SQLException {
        var byId = new LinkedHashMap<Integer, Customer>();
        while (rows.next()) {
            int id = rows.getInt(1);
            var customer = byId.get(id);
            if (customer == null) {
                customer = new Customer(id, rows.getString(2), new ArrayList<>());
                byId.put(id, customer);
            }
            customer.orders()
                    .add(new Order(
                            rows.getInt(3), rows.getInt(4), rows.getString(5), rows.getInt(6), rows.getBigDecimal(7)));
        }
        return byId.values();
    }

    /** Returns the sum of the quantities of all orders. */
    public static long quantity(Collection<Customer> customers) {
        long sum = 0;
        for (var customer : customers) {
            for (var order : customer.orders()) {
                sum += order.quantity();
            }
        }
        return sum;
    }
}
