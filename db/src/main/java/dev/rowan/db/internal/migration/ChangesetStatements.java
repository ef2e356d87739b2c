package dev.rowan.db.internal.migration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection that gives the statements of changesets to somebody else to run, and none of Liquibase's own. */
final class ChangesetStatements {

    private final ChangesetRecorder recorder;
    private StatementRunner runner = Statement::execute;

    ChangesetStatements(ChangesetRecorder recorder) {
        this.recorder = recorder;
    }

    /** Has the next statements run by this. */
    void runBy(StatementRunner next) {
        runner = next;
    }

    /** Returns the connection with its statements given away. */
    Connection of(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            var result = invoke(connection, method, arguments);
            return result instanceof Statement statement && method.getName().equals("createStatement")
                    ? of(statement)
                    : result;
        });
    }

    private Statement of(Statement statement) {
        return proxy(Statement.class, (self, method, arguments) -> {
            var isExecute = method.getName().equals("execute") && arguments != null && arguments.length == 1;
            return isExecute && recorder.isChanging()
                    ? runner.execute(statement, (String) arguments[0])
                    : invoke(statement, method, arguments);
        });
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
