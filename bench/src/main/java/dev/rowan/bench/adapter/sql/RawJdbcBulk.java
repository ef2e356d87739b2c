package dev.rowan.bench;

import com.mysql.cj.jdbc.JdbcStatement;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Many rows by JDBC, each time in one transaction.
 *
 * @param pool the one connection that it is done on
 * @param files whether the connection may send files
 */
record RawBulk(HikariDataSource pool, boolean files) {

    /** Files, too. */
    static final String BEST = "&allowLoadLocalInfile=true";

    void insert(List<User> users) {
        batch(HandWritten.INSERT, users, HandWritten::bind);
    }

    void load(List<User> users) {
        if (!files) {
            insert(users);
            return;
        }
        var file = new StringBuilder();
        for (var user : users) {
            file.append(line(user));
        }
        var bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(new ByteArrayInputStream(bytes));
                return statement.executeUpdate("load data local infile 'users' into table users character set utf8mb4"
                        + " (name, email, age, city, balance, active, created_at)");
            }
        });
    }

    /** What is in these users has nothing to escape. */
    private static String line(User user) {
        return user.name()
                + '\t'
                + user.email()
                + '\t'
                + user.age()
                + '\t'
                + user.city()
                + '\t'
                + user.balance()
                + '\t'
                + (user.active() ? 1 : 0)
                + '\t'
                + user.createdAt()
                + '\n';
    }

    void update(List<User> users) {
        batch(HandWritten.UPDATE_BOTH, users, HandWritten::bindBoth);
    }

    void upsert(List<User> users) {
        batch(HandWritten.UPSERT, users, HandWritten::bind);
    }

    private void batch(String sql, List<User> users, Binding binding) {
        inTransaction(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                int open = 0;
                for (var user : users) {
                    binding.bind(statement, user);
                    statement.addBatch();
                    if (++open % HandWritten.CHUNK == 0) {
                        statement.executeBatch();
                    }
                }
                return statement.executeBatch();
            }
        });
    }

    private void inTransaction(Sql.Function<Connection, ?> body) {
        Sql.call(() -> {
            try (var connection = pool.getConnection()) {
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

    void close() {
        pool.close();
    }
}
