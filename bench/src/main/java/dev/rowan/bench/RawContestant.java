package dev.rowan.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** JDBC, written by hand as whoever knows it well writes it. */
final class RawContestant extends Contestant {

    private static final String SELECT = "select id, name, email, age, city, balance, active, created_at from users";
    static final String INSERT =
            "insert into users (name, email, age, city, balance, active, created_at) values (?, ?, ?, ?, ?, ?, ?)";

    private final HikariDataSource pool;
    private final RawBulk bulk;

    private RawContestant(HikariDataSource pool, RawBulk bulk) {
        this.pool = pool;
        this.bulk = bulk;
    }

    /** With the driver's best settings, and others for many rows at once. */
    static RawContestant tuned(Target target) {
        return new RawContestant(
                Pools.open(target, target.tuned()),
                new RawBulk(Pools.one(target, target.plain() + RawBulk.BEST), true));
    }

    /** With the settings that the driver has if nobody says anything. */
    static RawContestant defaults(Target target) {
        return new RawContestant(Pools.open(target, target.url()), new RawBulk(Pools.one(target, target.url()), false));
    }

    private record Order(int id, int customerId, String product, int quantity, BigDecimal total) {}

    private record Customer(int id, String name, List<Order> orders) {}

    @Override
    User find(int id) {
        return with(SELECT + " where id = ?", statement -> {
            statement.setInt(1, id);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return user(rows);
            }
        });
    }

    @Override
    int age(Object user) {
        return ((User) user).age();
    }

    @Override
    int insert(User user) {
        return Sql.call(() -> {
            try (var connection = pool.getConnection()) {
                return insert(connection, user);
            }
        });
    }

    private static int insert(Connection connection, User user) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, user);
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getInt(1);
            }
        }
    }

    @Override
    void update(int id, int age) {
        with("update users set age = ? where id = ?", statement -> {
            statement.setInt(1, age);
            statement.setInt(2, id);
            return statement.executeUpdate();
        });
    }

    @Override
    void delete(int id) {
        with("delete from users where id = ?", statement -> {
            statement.setInt(1, id);
            return statement.executeUpdate();
        });
    }

    @Override
    void transaction(int id, int age, User another) {
        Sql.call(() -> {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try (var find = connection.prepareStatement(SELECT + " where id = ?")) {
                    find.setInt(1, id);
                    try (var rows = find.executeQuery()) {
                        rows.next();
                        user(rows);
                    }
                }
                try (var update = connection.prepareStatement("update users set age = ? where id = ?")) {
                    update.setInt(1, age);
                    update.setInt(2, id);
                    update.executeUpdate();
                }
                int key = insert(connection, another);
                connection.commit();
                return key;
            }
        });
    }

    @Override
    List<User> read(int upTo) {
        return with(SELECT + " where id <= ?", statement -> {
            statement.setInt(1, upTo);
            try (var rows = statement.executeQuery()) {
                var users = new ArrayList<User>();
                while (rows.next()) users.add(user(rows));
                return users;
            }
        });
    }

    @Override
    long oneToMany(int upTo) {
        var join = "select c.id, c.name, o.id, o.customer_id, o.product, o.quantity, o.total"
                + " from customers c join orders o on o.customer_id = c.id where c.id <= ?";
        var customers = with(join, statement -> {
            statement.setInt(1, upTo);
            try (var rows = statement.executeQuery()) {
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
                                    rows.getInt(3),
                                    rows.getInt(4),
                                    rows.getString(5),
                                    rows.getInt(6),
                                    rows.getBigDecimal(7)));
                }
                return byId;
            }
        });
        long sum = 0;
        for (var customer : customers.values()) for (var order : customer.orders()) sum += order.quantity();
        return sum;
    }

    @Override
    void insertAll(List<User> users) {
        bulk.insert(users);
    }

    @Override
    void load(List<User> users) {
        bulk.load(users);
    }

    @Override
    void updateAll(List<User> users) {
        bulk.update(users);
    }

    @Override
    void upsertAll(List<User> users) {
        bulk.upsert(users);
    }

    @Override
    int page(int after) {
        var sql = "select id, name from customers where name > ? or (name = ? and id > ?) order by name, id limit 10";
        return with(sql, statement -> {
            var name = Tables.customerName(after);
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setInt(3, after);
            try (var rows = statement.executeQuery()) {
                var customers = new ArrayList<Customer>();
                while (rows.next()) customers.add(new Customer(rows.getInt(1), rows.getString(2), List.of()));
                return customers.getLast().id();
            }
        });
    }

    private <T> T with(String sql, Sql.Function<PreparedStatement, T> body) {
        return Sql.call(() -> {
            try (var connection = pool.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                return body.apply(statement);
            }
        });
    }

    static void bind(PreparedStatement statement, User user) throws SQLException {
        statement.setString(1, user.name());
        statement.setString(2, user.email());
        statement.setInt(3, user.age());
        statement.setString(4, user.city());
        statement.setBigDecimal(5, user.balance());
        statement.setBoolean(6, user.active());
        statement.setObject(7, user.createdAt());
    }

    private static User user(ResultSet row) throws SQLException {
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

    @Override
    public void close() {
        pool.close();
        bulk.close();
    }
}
