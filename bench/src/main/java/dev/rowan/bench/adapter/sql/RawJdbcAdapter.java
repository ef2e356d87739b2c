package dev.rowan.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** JDBC, written by hand as whoever knows it well writes it. */
final class RawContestant extends Contestant {

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
                new RawBulk(Pools.one(target, target.batches() + RawBulk.BEST), true));
    }

    /** With the settings that the driver has if nobody says anything. */
    static RawContestant defaults(Target target) {
        return new RawContestant(Pools.open(target, target.url()), new RawBulk(Pools.one(target, target.url()), false));
    }

    @Override
    User find(int id) {
        return with(HandWritten.FIND, statement -> {
            statement.setInt(1, id);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return HandWritten.user(rows);
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
        try (var statement = connection.prepareStatement(HandWritten.INSERT, Statement.RETURN_GENERATED_KEYS)) {
            HandWritten.bind(statement, user);
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getInt(1);
            }
        }
    }

    @Override
    void update(int id, int age) {
        with(HandWritten.UPDATE, statement -> {
            statement.setInt(1, age);
            statement.setInt(2, id);
            return statement.executeUpdate();
        });
    }

    @Override
    void delete(int id) {
        with(HandWritten.DELETE, statement -> {
            statement.setInt(1, id);
            return statement.executeUpdate();
        });
    }

    @Override
    void transaction(int id, int age, User another) {
        Sql.call(() -> {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try (var find = connection.prepareStatement(HandWritten.FIND)) {
                    find.setInt(1, id);
                    try (var rows = find.executeQuery()) {
                        rows.next();
                        HandWritten.user(rows);
                    }
                }
                try (var update = connection.prepareStatement(HandWritten.UPDATE)) {
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
        return with(HandWritten.READ, statement -> {
            statement.setInt(1, upTo);
            try (var rows = statement.executeQuery()) {
                var users = new ArrayList<User>();
                while (rows.next()) {
                    users.add(HandWritten.user(rows));
                }
                return users;
            }
        });
    }

    @Override
    long oneToMany(int upTo) {
        return with(HandWritten.JOIN, statement -> {
            statement.setInt(1, upTo);
            try (var rows = statement.executeQuery()) {
                return HandWritten.quantity(HandWritten.customers(rows));
            }
        });
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
        return with(HandWritten.PAGE, statement -> {
            var name = Tables.customerName(after);
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setInt(3, after);
            try (var rows = statement.executeQuery()) {
                var customers = new ArrayList<HandWritten.Customer>();
                while (rows.next()) {
                    customers.add(new HandWritten.Customer(rows.getInt(1), rows.getString(2), List.of()));
                }
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

    @Override
    public void close() {
        pool.close();
        bulk.close();
    }
}
