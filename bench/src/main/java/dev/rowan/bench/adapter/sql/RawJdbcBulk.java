package dev.rowan.bench.adapter.sql;

import com.mysql.cj.jdbc.JdbcStatement;
import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.HandWrittenSql;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.User;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Bulk writes with plain JDBC, each in one transaction.
 *
 * @param pool a pool of one connection
 * @param canLoadData whether the connection allows LOAD DATA LOCAL INFILE
 */
record RawJdbcBulk(HikariDataSource pool, boolean canLoadData) {

    /** The URL parameter that allows LOAD DATA LOCAL INFILE. */
    static final String ALLOW_LOAD_DATA = "&allowLoadLocalInfile=true";

    void insert(List<User> users) {
        batch(HandWrittenSql.INSERT, users, HandWrittenSql::bind);
    }

    void load(List<User> users) {
        if (!canLoadData) {
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

    /** Escapes nothing: the values of these users need no escaping. */
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
        batch(HandWrittenSql.UPDATE_AGE_AND_BALANCE, users, HandWrittenSql::bindAgeAndBalance);
    }

    void upsert(List<User> users) {
        batch(HandWrittenSql.UPSERT, users, HandWrittenSql::bind);
    }

    private void batch(String sql, List<User> users, Binding binding) {
        inTransaction(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                int rows = 0;
                for (var user : users) {
                    binding.bind(statement, user);
                    statement.addBatch();
                    if (++rows % LibraryAdapter.BATCH_SIZE == 0) {
                        statement.executeBatch();
                    }
                }
                return statement.executeBatch();
            }
        });
    }

    private void inTransaction(UncheckedJdbc.Function<Connection, ?> body) {
        UncheckedJdbc.call(() -> {
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
