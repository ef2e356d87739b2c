package dev.rowan.failure;

import dev.rowan.internal.failure.MysqlError;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A failure of the server or the driver whose message quotes a value, as many of MySQL's messages do.
 *
 * @param name says which failure it is
 * @param exception creates what the driver throws
 */
record ServerFault(String name, Supplier<Exception> exception) {

    /** The messages of servers that quote values where Rowan reads names, with the value {@code %s}. */
    private static final Object[][] MESSAGES = {
        {1062, "Duplicate entry '%s' for key 'users.uk_users_email'"},
        {1062, "Duplicate entry '%s' for key '%s'"},
        {1761, "Foreign key constraint for table 'orders', record '%s' would lead to a duplicate entry in table 'users'"
        },
        {1264, "Out of range value for column 'age' at row 1: %s"},
        {1292, "Truncated incorrect DOUBLE value: '%s'"},
        {1292, "Incorrect datetime value: '%s' for column 'created_at' at row 1"},
        {1366, "Incorrect integer value: '%s' for column `shop`.`users`.`age` at row 1"},
        {1366, "Incorrect string value: '%s' for column 'name' at row 1"},
        {1406, "Data too long for column 'name' at row 1: %s"},
        {1411, "Incorrect datetime value: '%s' for function str_to_date"},
        {1441, "Datetime function: datetime field overflow %s"},
        {1690, "BIGINT value is out of range in '(%s + 1)'"},
        {3140, "Invalid JSON text: \"Invalid value.\" at position 0 in value for column 'users.preferences': %s"},
        {3854, "Cannot convert string '%s' from utf8mb4 to latin1"},
        {3988, "Conversion from collation utf8mb4_bin into latin1_bin impossible for parameter %s"},
        {1064, "You have an error in your SQL syntax; check the manual for the right syntax near ''%s'' at line 1"},
    };

    private static final String[] TEXTS_OF_THE_DRIVER = {
        "Packet for query is too large (%s > 1,024).",
        "Data truncation: %s",
        "Connection is read-only: %s",
        "Communications link failure: %s",
        "Streaming result set com.mysql.cj.protocol.a.result.ResultsetRowsStreaming@%s is still active.",
        "%s",
    };

    /** Returns every error that Rowan distinguishes, some that it does not, and failures of the driver. */
    static Stream<ServerFault> all(String value) {
        var codes = Stream.concat(
                        Arrays.stream(MysqlError.values()).flatMap(error -> codes(error)), Stream.of(1105, 9_999_999))
                .distinct()
                .map(code -> server(code, value));
        var quoting = Arrays.stream(MESSAGES)
                .map(message -> server((Integer) message[0], ((String) message[1]).replace("%s", value)));
        var driver = Arrays.stream(TEXTS_OF_THE_DRIVER)
                .map(text -> text.replace("%s", value))
                .map(text -> new ServerFault(text, () -> new SQLException(text, "S1000")));
        return Stream.of(codes, quoting, driver, different(value)).flatMap(faults -> faults);
    }

    private static Stream<Integer> codes(MysqlError error) {
        return Stream.iterate(1, code -> code < 5_000, code -> code + 1)
                .filter(code -> error.is(new SQLException("", "", code)));
    }

    private static ServerFault server(int code, String message) {
        return new ServerFault(code + " " + message, () -> new SQLException(message, "HY000", code));
    }

    /** Returns failures that take different paths through Rowan. */
    static Stream<ServerFault> different(String value) {
        return Stream.of(
                server(1062, "Duplicate entry '" + value + "' for key 'users.uk_users_email'"),
                server(1366, "Incorrect integer value: '" + value + "' for column `shop`.`users`.`age` at row 1"),
                server(1213, value),
                server(1205, value),
                new ServerFault("a lost connection", () -> new SQLException(value, "08S01")),
                new ServerFault("a signal", () -> new SQLException(value, "45000", 1644)),
                new ServerFault("the driver's time limit", () -> new SQLTimeoutException(value)),
                new ServerFault("an unchecked exception of the driver", () -> new IllegalStateException(value)),
                new ServerFault("a batch", () -> new BatchUpdateException(value, "23000", 1062, new int[] {-3})),
                new ServerFault("further exceptions", () -> {
                    var failure = new SQLException(value, "22001", 1406, new IllegalStateException(value));
                    failure.setNextException(new SQLException(value));
                    failure.addSuppressed(new IllegalStateException(value));
                    return failure;
                }));
    }

    /** A data source whose statements fail with the fault, except those that begin and end transactions. */
    static final class Source {

        private final DataSource pool;
        private @Nullable ServerFault fault;

        Source(DataSource pool) {
            this.pool = pool;
        }

        /** Lets every statement fail from now on; null lets them succeed. */
        void failWith(@Nullable ServerFault next) {
            fault = next;
        }

        DataSource dataSource() {
            return new Failing(pool, "").as(DataSource.class);
        }

        private final class Failing implements InvocationHandler {

            private final Object target;
            private final String sql;

            Failing(Object target, String sql) {
                this.target = target;
                this.sql = sql;
            }

            <T> T as(Class<T> type) {
                return type.cast(
                        Proxy.newProxyInstance(ServerFault.class.getClassLoader(), new Class<?>[] {type}, this));
            }

            @Override
            public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
                    throws Throwable {
                var text =
                        arguments != null && arguments.length > 0 && arguments[0] instanceof String first ? first : sql;
                var failure = fault;
                if (failure != null && method.getName().startsWith("execute") && isOfTheCaller(text)) {
                    throw failure.exception().get();
                }
                try {
                    var result = method.invoke(target, arguments);
                    if (result instanceof PreparedStatement statement) {
                        return new Failing(statement, text).as(PreparedStatement.class);
                    }
                    if (result instanceof Statement statement) {
                        return new Failing(statement, "").as(Statement.class);
                    }
                    return result instanceof Connection connection
                                    && method.getName().equals("getConnection")
                            ? new Failing(connection, "").as(Connection.class)
                            : result;
                } catch (InvocationTargetException e) {
                    throw Objects.requireNonNull(e.getCause());
                }
            }

            /** Neither begins nor ends a transaction, nor asks the server for its settings. */
            private static boolean isOfTheCaller(String sql) {
                var bare = sql.toLowerCase(Locale.ROOT).replaceFirst("^/\\*.*?\\*/ *", "");
                return Stream.of("start", "set", "commit", "rollback", "savepoint", "release", "do ")
                                .noneMatch(bare::startsWith)
                        && !bare.contains("@@");
            }
        }
    }
}
