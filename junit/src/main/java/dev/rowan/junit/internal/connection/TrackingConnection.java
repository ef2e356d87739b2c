package dev.rowan.junit.internal.connection;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that records the statements it runs, and is in a set of borrowed connections until it is closed. */
final class TrackingConnection extends JdbcProxy {

    private final Connection target;
    private final @Nullable TestTransaction transaction;
    private final Throwable borrowedAt;
    private final List<String> statements;
    private final Set<TrackingConnection> borrowed;
    private final Connection proxy = as(Connection.class);
    private volatile boolean closed;

    /**
     * Wraps a connection.
     *
     * @param transaction the transaction of a test that is rolled back; null in other tests
     * @param borrowedAt the stack of the caller, for the report of a leak
     * @param statements receives the texts of the statements
     * @param borrowed contains this connection until it is closed
     */
    TrackingConnection(
            Connection target,
            @Nullable TestTransaction transaction,
            Throwable borrowedAt,
            List<String> statements,
            Set<TrackingConnection> borrowed) {
        super(target);
        this.target = target;
        this.transaction = transaction;
        this.borrowedAt = borrowedAt;
        this.statements = statements;
        this.borrowed = borrowed;
        borrowed.add(this);
    }

    /** Returns the connection for the test. */
    Connection proxy() {
        return proxy;
    }

    Throwable borrowedAt() {
        return borrowedAt;
    }

    /** Closes the connection, or returns it to the test's transaction. Has no effect the second time. */
    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        borrowed.remove(this);
        if (transaction == null) {
            target.close();
        } else {
            transaction.returnConnection();
        }
    }

    /** Closes a leaked connection; a failure is added to the report of the leak. */
    void closeLeaked() {
        try {
            close();
        } catch (SQLException e) {
            borrowedAt.addSuppressed(e);
        }
    }

    /** Records the statement, and returns whether the test's transaction emulated it, so that it must not run. */
    boolean emulate(String sql) throws SQLException {
        if (closed) {
            throw closed();
        }
        var effect = TransactionEffect.of(sql);
        if (!effect.isControlOnly()) {
            statements.add(sql.strip());
        }
        return transaction != null && transaction.emulate(effect, sql);
    }

    @Override
    @Nullable Object handle(Method method, @Nullable Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "close" -> {
                close();
                yield null;
            }
            case "isClosed" -> closed || target.isClosed();
            case "abort" -> {
                if (transaction == null) {
                    callTarget(method, arguments);
                }
                close();
                yield null;
            }
            default -> {
                if (closed) {
                    throw closed();
                }
                yield transaction == null ? callAndTrack(method, arguments) : handleIn(transaction, method, arguments);
            }
        };
    }

    private @Nullable Object handleIn(TestTransaction transaction, Method method, @Nullable Object[] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "getAutoCommit" -> transaction.autoCommit();
            case "setAutoCommit" -> {
                transaction.setAutoCommit(Boolean.TRUE.equals(arguments[0]));
                yield null;
            }
            case "commit" -> {
                transaction.commit();
                yield null;
            }
            case "rollback" -> {
                if (arguments.length > 0) {
                    // to a savepoint
                    yield callAndTrack(method, arguments);
                }
                transaction.rollback();
                yield null;
            }
            default -> callAndTrack(method, arguments);
        };
    }

    /** Passes the call on to the driver, and wraps a statement that it returns. */
    private @Nullable Object callAndTrack(Method method, @Nullable Object[] arguments) throws Throwable {
        var result = callTarget(method, arguments);
        if (result instanceof CallableStatement statement) {
            return track(CallableStatement.class, statement, arguments);
        }
        if (result instanceof PreparedStatement statement) {
            return track(PreparedStatement.class, statement, arguments);
        }
        if (result instanceof Statement statement) {
            return track(Statement.class, statement, arguments);
        }
        return result;
    }

    private <S extends Statement> S track(Class<S> type, S statement, @Nullable Object[] arguments) {
        var preparedSql = type == Statement.class ? "" : String.valueOf(arguments[0]);
        return new TrackingStatement(statement, preparedSql, this).as(type);
    }

    private static SQLException closed() {
        return new SQLException("The connection is closed. Borrow another one from dataSource().", "08003");
    }
}
