package dev.rowan.bench.adapter.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.HandWrittenSql;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Plain JDBC, written by hand to be fast: the baseline of all comparisons. */
public final class RawJdbcAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final RawJdbcBulk bulk;

    private RawJdbcAdapter(HikariDataSource pool, RawJdbcBulk bulk) {
        this.pool = pool;
        this.bulk = bulk;
    }

    /**
     * Returns an adapter with the driver's fastest settings, on separate connections for single and for bulk
     * statements.
     */
    public static RawJdbcAdapter tuned(ConnectionDetails details) {
        return new RawJdbcAdapter(
                HikariPools.open(details, details.serverPreparedUrl()),
                new RawJdbcBulk(
                        HikariPools.singleConnection(details, details.batchUrl() + RawJdbcBulk.ALLOW_LOAD_DATA), true));
    }

    /** Returns an adapter with the driver's default settings. */
    public static RawJdbcAdapter withDriverDefaults(ConnectionDetails details) {
        return new RawJdbcAdapter(
                HikariPools.open(details, details.url()),
                new RawJdbcBulk(HikariPools.singleConnection(details, details.url()), false));
    }

    @Override
    public User find(int id) {
        return with(HandWrittenSql.FIND, statement -> {
            statement.setInt(1, id);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return HandWrittenSql.user(rows);
            }
        });
    }

    @Override
    public int age(Object user) {
        return ((User) user).age();
    }

    @Override
    public int insert(User user) {
        return UncheckedJdbc.call(() -> {
            try (var connection = pool.getConnection()) {
                return insert(connection, user);
            }
        });
    }

    private static int insert(Connection connection, User user) throws SQLException {
        try (var statement = connection.prepareStatement(HandWrittenSql.INSERT, Statement.RETURN_GENERATED_KEYS)) {
            HandWrittenSql.bind(statement, user);
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getInt(1);
            }
        }
    }

    @Override
    public void update(int id, int age) {
        with(HandWrittenSql.UPDATE, statement -> {
            statement.setInt(1, age);
            statement.setInt(2, id);
            return statement.executeUpdate();
        });
    }

    @Override
    public void delete(int id) {
        with(HandWrittenSql.DELETE, statement -> {
            statement.setInt(1, id);
            return statement.executeUpdate();
        });
    }

    @Override
    public void transaction(int id, int age, User another) {
        UncheckedJdbc.call(() -> {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try (var find = connection.prepareStatement(HandWrittenSql.FIND)) {
                    find.setInt(1, id);
                    try (var rows = find.executeQuery()) {
                        rows.next();
                        HandWrittenSql.user(rows);
                    }
                }
                try (var update = connection.prepareStatement(HandWrittenSql.UPDATE)) {
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
    public List<User> read(int maxId) {
        return with(HandWrittenSql.READ, statement -> {
            statement.setInt(1, maxId);
            try (var rows = statement.executeQuery()) {
                var users = new ArrayList<User>();
                while (rows.next()) {
                    users.add(HandWrittenSql.user(rows));
                }
                return users;
            }
        });
    }

    @Override
    public long oneToMany(int maxId) {
        return with(HandWrittenSql.JOIN, statement -> {
            statement.setInt(1, maxId);
            try (var rows = statement.executeQuery()) {
                return HandWrittenSql.quantity(HandWrittenSql.customers(rows));
            }
        });
    }

    @Override
    public void insertAll(List<User> users) {
        bulk.insert(users);
    }

    @Override
    public void load(List<User> users) {
        bulk.load(users);
    }

    @Override
    public void updateAll(List<User> users) {
        bulk.update(users);
    }

    @Override
    public void upsertAll(List<User> users) {
        bulk.upsert(users);
    }

    @Override
    public int page(int afterId) {
        return with(HandWrittenSql.PAGE, statement -> {
            var name = Dataset.customerName(afterId);
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setInt(3, afterId);
            try (var rows = statement.executeQuery()) {
                var customers = new ArrayList<HandWrittenSql.Customer>();
                while (rows.next()) {
                    customers.add(new HandWrittenSql.Customer(rows.getInt(1), rows.getString(2), List.of()));
                }
                return customers.getLast().id();
            }
        });
    }

    private <T> T with(String sql, UncheckedJdbc.Function<PreparedStatement, T> body) {
        return UncheckedJdbc.call(() -> {
            try (var connection = pool.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                return body.apply(statement);
            }
        });
    }

    @Override
    public void close() {
        pool.close();
        bulk.close();
    }
}
