package dev.rowan.internal.connection;

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
import org.jspecify.annotations.Nullable;

/**
 * A connection in the hands of jOOQ and its users: it notices what may stay on it for the next borrower, and is of no use
 * once it was given back. Not thread-safe.
 */
public final class GuardedConnection implements InvocationHandler {

    /** What changes nothing, beside all that gets or is; whatever is not known here counts as a change. */
    private static final Set<String> HARMLESS =
            Set.of("clearWarnings", "hashCode", "releaseSavepoint", "setSavepoint", "toString");

    private static final Set<String> ENDS_TRANSACTION = Set.of("abort", "commit", "setAutoCommit");

    private final Connection connection;
    private final Connection guarded = proxy(Connection.class, this);
    private final boolean withinTransaction;
    private boolean marked;
    private boolean ended;

    private GuardedConnection(Connection connection, boolean withinTransaction) {
        this.connection = connection;
        this.withinTransaction = withinTransaction;
    }

    /** Lends a connection in autocommit. */
    public static GuardedConnection of(Connection connection) {
        return new GuardedConnection(connection, false);
    }

    /** Lends a connection within a transaction that is not the borrower's to end. */
    public static GuardedConnection withinTransaction(Connection connection) {
        return new GuardedConnection(connection, true);
    }

    /** Returns the loan that a connection is. */
    public static GuardedConnection behind(Connection guarded) {
        return (GuardedConnection) Proxy.getInvocationHandler(guarded);
    }

    /** Returns the connection to work with. */
    public Connection connection() {
        return guarded;
    }

    /** Says whether something may have stayed on the connection. */
    public boolean isMarked() {
        return marked;
    }

    /** Ends the loan: what is still held of it answers no more. */
    public void end() {
        ended = true;
    }

    /** Ends the loan, once, and gives the connection back; nobody gets it again if something may have stayed on it. */
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
            case "close" -> null; // for the lender to do
            case "prepareStatement" -> {
                look(arguments);
                yield execution(PreparedStatement.class, call(connection, method, arguments));
            }
            case "createStatement" -> execution(Statement.class, call(connection, method, arguments));
            default -> {
                if (ENDS_TRANSACTION.contains(name) || (name.equals("rollback") && arguments == null)) {
                    refuseEnd();
                }
                marked |= !HARMLESS.contains(name) && !name.startsWith("get") && !name.startsWith("is");
                yield call(connection, method, arguments);
            }
        };
    }

    private <S extends Statement> S execution(Class<S> type, @Nullable Object statement) {
        return proxy(type, (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> isSame(proxy, arguments);
            case "getConnection" -> guarded;
            default -> {
                marked |= method.getName().equals("unwrap");
                look(arguments);
                yield call(statement, method, arguments);
            }
        });
    }

    /** Looks at the text of a statement, which is the first argument of whatever takes one. */
    private void look(Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof String text)) {
            return;
        }
        if (SqlClassifier.endsTransaction(text)) {
            refuseEnd();
        }
        marked |= SqlClassifier.mayStay(text);
    }

    private void refuseEnd() {
        if (withinTransaction) {
            throw new IllegalStateException("This would end the transaction on the server. Run it by database.dsl(),"
                    + " outside; the transaction itself ends with its body, and a part of it is rolled back by"
                    + " session.nested(…).");
        }
    }

    private @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (ended) {
            throw new SQLException("The connection was given back. Use it only where it was given to you.");
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                marked |= ConnectionSource.isSpoiledBy(SqlExceptionTranslator.typed(failure, StatementKind.RUN, null));
            }
            throw e.getCause();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is no other's equal
    private static boolean isSame(Object proxy, Object @Nullable [] arguments) {
        return arguments != null && proxy == arguments[0];
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
