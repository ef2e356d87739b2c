package dev.rowan.bench;

import com.mysql.cj.jdbc.JdbcStatement;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** JDBC, written by hand. */
final class RawContestant extends Contestant {

    private static final String SELECT = "select id, name, email, age, city, balance, active, created_at from users";
    private static final String INSERT =
            "insert into users (name, email, age, city, balance, active, created_at) values (?, ?, ?, ?, ?, ?, ?)";

    /** For many rows: batches that the driver writes as one statement, and files. */
    private static final String BULK =
            "&useServerPrepStmts=false&cachePrepStmts=false&rewriteBatchedStatements=true&allowLoadLocalInfile=true";

    private final Target target;
    private final HikariDataSource pool;
    private final String bulkUrl;

    RawContestant(Target target, String url) {
        this.target = target;
        this.pool = Pools.open(target, url);
        this.bulkUrl = url.equals(target.url()) ? url : target.plain() + BULK;
    }

    private record Order(int id, int customerId, String product, int quantity, java.math.BigDecimal total) {}

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
        batch(INSERT, users, RawContestant::bind);
    }

    @Override
    void load(List<User> users) {
        if (bulkUrl.equals(target.url())) {
            insertAll(users);
            return;
        }
        var text = new StringBuilder();
        for (var user : users) {
            text.append(user.name())
                    .append('\t')
                    .append(user.email())
                    .append('\t')
                    .append(user.age());
            text.append('\t').append(user.city()).append('\t').append(user.balance());
            text.append('\t')
                    .append(user.active() ? 1 : 0)
                    .append('\t')
                    .append(user.createdAt())
                    .append('\n');
        }
        bulk(connection -> {
            try (var statement = connection.createStatement()) {
                var file = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
                statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(file);
                return statement.executeUpdate("load data local infile 'users' into table users character set utf8mb4"
                        + " (name, email, age, city, balance, active, created_at)");
            }
        });
    }

    @Override
    void updateAll(List<User> users) {
        batch("update users set age = ?, balance = ? where id = ?", users, (statement, user) -> {
            statement.setInt(1, user.age());
            statement.setBigDecimal(2, user.balance());
            statement.setInt(3, user.id());
        });
    }

    @Override
    void upsertAll(List<User> users) {
        batch(INSERT + " as n on duplicate key update age = n.age, balance = n.balance", users, RawContestant::bind);
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

    private void batch(String sql, List<User> users, Binding binding) {
        bulk(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                int open = 0;
                for (var user : users) {
                    binding.bind(statement, user);
                    statement.addBatch();
                    if (++open % 1000 == 0) statement.executeBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    private void bulk(Sql.Function<Connection, ?> body) {
        Sql.call(() -> {
            try (var connection = DriverManager.getConnection(bulkUrl, target.user(), target.password())) {
                connection.setAutoCommit(false);
                body.apply(connection);
                connection.commit();
                return connection;
            }
        });
    }

    private interface Binding {
        void bind(PreparedStatement statement, User user) throws SQLException;
    }

    private static void bind(PreparedStatement statement, User user) throws SQLException {
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
    }
}
