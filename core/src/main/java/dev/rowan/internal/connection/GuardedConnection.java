package dev.rowan.internal.connection;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection for jOOQ and its users. It is marked if a statement may leave session state on it, which the next
 * borrower must not see, and rejects every call after it was returned. Not thread-safe.
 */
public final class GuardedConnection implements InvocationHandler {

    /** The methods that change nothing, besides getters; every other method counts as a change. */
    private static final Set<String> HARMLESS =
            Set.of("clearWarnings", "hashCode", "releaseSavepoint", "setSavepoint", "toString");

    private static final Set<String> ENDS_TRANSACTION = Set.of("abort", "commit", "setAutoCommit");

    private final Connection connection;
    private final Connection guarded = proxy(Connection.class, this);
    private final boolean withinTransaction;
    private final Consumer<DatabaseException> onFailure;
    private boolean marked;
    private boolean ended;

    private GuardedConnection(Connection connection, boolean withinTransaction, Consumer<DatabaseException> onFailure) {
        this.connection = connection;
        this.withinTransaction = withinTransaction;
        this.onFailure = onFailure;
    }

    /** Guards a connection in autocommit. */
    public static GuardedConnection of(Connection connection) {
        return new GuardedConnection(connection, false, failure -> {});
    }

    /**
     * Guards a connection in a transaction that its user must not end.
     *
     * @param onFailure is told of each failed statement, also of one whose exception the user catches
     */
    public static GuardedConnection withinTransaction(Connection connection, Consumer<DatabaseException> onFailure) {
        return new GuardedConnection(connection, true, onFailure);
    }

    /** Returns the guard of a connection that {@link #connection()} returned. */
    public static GuardedConnection behind(Connection guarded) {
        return (GuardedConnection) Proxy.getInvocationHandler(guarded);
    }

    /** Returns the guarded connection. */
    public Connection connection() {
        return guarded;
    }

    /** Returns whether session state may have stayed on the connection. */
    public boolean isMarked() {
        return marked;
    }

    /** Ends the use of the connection: further calls fail. */
    public void end() {
        ended = true;
    }

    /** Returns the connection to its source, or discards it if it is marked. Idempotent. */
    public void giveBackTo(ConnectionSource connections) {
        if (ended) {
            return;
        }
        end();
        if (marked) {
            connections.discard(connection);
        } else {
            connections.giveBack(connection);
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        var name = method.getName();
        return switch (name) {
            case "equals" -> isSame(proxy, arguments);
            case "close" -> null; // the owner closes it
            case "prepareStatement" -> {
                checkSql(arguments);
                yield statement(PreparedStatement.class, call(connection, method, arguments));
            }
            case "createStatement" -> statement(Statement.class, call(connection, method, arguments));
            default -> {
                if (ENDS_TRANSACTION.contains(name) || (name.equals("rollback") && arguments == null)) {
                    refuseEnd();
                }
                marked |= !HARMLESS.contains(name) && !name.startsWith("get") && !name.startsWith("is");
                yield call(connection, method, arguments);
            }
        };
    }

    private <S extends Statement> S statement(Class<S> type, @Nullable Object statement) {
        return proxy(type, (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> isSame(proxy, arguments);
            case "getConnection" -> guarded;
            default -> {
                marked |= method.getName().equals("unwrap");
                checkSql(arguments);
                yield call(statement, method, arguments);
            }
        });
    }

    /** Checks the SQL of a statement: every method that takes SQL takes it as its first argument. */
    private void checkSql(Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof String text)) {
            return;
        }
        if (SqlClassifier.endsTransaction(text)) {
            refuseEnd();
        }
        marked |= SqlClassifier.mayLeaveState(text);
    }

    private void refuseEnd() {
        if (withinTransaction) {
            throw new IllegalStateException("This statement would end the transaction on the server. Run it with"
                    + " database.dsl(), outside the transaction. The transaction ends with its lambda;"
                    + " session.nested(…) rolls back a part of it.");
        }
    }

    private @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (ended) {
            throw new SQLException("The connection is closed. Use it only inside the lambda that it is passed to.");
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                var typed = SqlExceptionTranslator.typed(failure, StatementKind.RUN, null);
                marked |= ConnectionSource.isSpoiledBy(typed);
                onFailure.accept(typed);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                marked = true;
                throw SqlExceptionTranslator.checked(failure, connection);
            }
            throw e.getCause();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy equals only itself
    private static boolean isSame(Object proxy, Object @Nullable [] arguments) {
        return arguments != null && proxy == arguments[0];
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
