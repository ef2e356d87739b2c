package dev.rowan.junit;

import java.lang.reflect.Method;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that tells its connection each text before it runs. */
final class WatchedStatement extends Watched {

    private final String prepared;
    private final WatchedConnection connection;
    private final List<String> batch = new ArrayList<>();

    /**
     * Watches a statement.
     *
     * @param prepared the text that it was prepared with; empty if it was not
     */
    WatchedStatement(Statement target, String prepared, WatchedConnection connection) {
        super(target);
        this.prepared = prepared;
        this.connection = connection;
    }

    @Override
    @Nullable Object answer(Method method, @Nullable Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getConnection" -> connection.proxy();
            case "addBatch" -> {
                batch.add(text(arguments));
                yield call(method, arguments);
            }
            case "clearBatch" -> {
                batch.clear();
                yield call(method, arguments);
            }
            case "executeBatch", "executeLargeBatch" -> {
                for (var text : batch) {
                    if (connection.stoodInFor(text)) {
                        throw new IllegalStateException("In a test that is rolled back, a batch does not begin or end"
                                + " transactions: " + text);
                    }
                }
                batch.clear();
                yield call(method, arguments);
            }
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" ->
                connection.stoodInFor(text(arguments)) ? nothing(method.getReturnType()) : call(method, arguments);
            default -> call(method, arguments);
        };
    }

    private String text(@Nullable Object[] arguments) {
        return arguments.length > 0 && arguments[0] instanceof String text ? text : prepared;
    }

    /** Returns what a statement without rows answers. */
    private static Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == long.class ? (Object) 0L : (Object) 0;
    }
}
