package dev.rowan.junit.internal.connection;

import java.lang.reflect.Method;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that reports each SQL text to its connection before the text runs. */
final class TrackingStatement extends JdbcProxy {

    private final String preparedSql;
    private final TrackingConnection connection;
    private final List<String> batch = new ArrayList<>();

    /**
     * Wraps a statement.
     *
     * @param preparedSql the text of a prepared statement; empty for other statements
     */
    TrackingStatement(Statement target, String preparedSql, TrackingConnection connection) {
        super(target);
        this.preparedSql = preparedSql;
        this.connection = connection;
    }

    @Override
    @Nullable Object handle(Method method, @Nullable Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getConnection" -> connection.proxy();
            case "addBatch" -> {
                batch.add(sqlOf(arguments));
                yield callTarget(method, arguments);
            }
            case "clearBatch" -> {
                batch.clear();
                yield callTarget(method, arguments);
            }
            case "executeBatch", "executeLargeBatch" -> {
                for (var sql : batch) {
                    if (connection.emulate(sql)) {
                        throw new IllegalStateException(
                                "In a test that is rolled back, a batch cannot begin or end transactions: " + sql);
                    }
                }
                batch.clear();
                yield callTarget(method, arguments);
            }
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" ->
                connection.emulate(sqlOf(arguments)) ? noResult(method.getReturnType()) : callTarget(method, arguments);
            default -> callTarget(method, arguments);
        };
    }

    private String sqlOf(@Nullable Object[] arguments) {
        return arguments.length > 0 && arguments[0] instanceof String sql ? sql : preparedSql;
    }

    /** Returns the result of a statement that affects no rows. */
    private static Object noResult(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == long.class ? (Object) 0L : (Object) 0;
    }
}
