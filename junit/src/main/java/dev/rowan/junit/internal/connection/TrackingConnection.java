package dev.rowan.junit;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that notes what runs on it, and whether it was closed. */
final class WatchedConnection extends Watched {

    private final Connection target;
    private final @Nullable RolledBack transaction;
    private final Throwable borrowedAt;
    private final List<String> statements;
    private final Set<WatchedConnection> borrowed;
    private final Connection proxy = as(Connection.class);
    private volatile boolean closed;

    /**
     * Watches a connection.
     *
     * @param transaction what it belongs to, if the test is rolled back
     * @param statements where to note the texts that run
     * @param borrowed where it stands until it is closed
     */
    WatchedConnection(
            Connection target,
            @Nullable RolledBack transaction,
            Throwable borrowedAt,
            List<String> statements,
            Set<WatchedConnection> borrowed) {
        super(target);
        this.target = target;
        this.transaction = transaction;
        this.borrowedAt = borrowedAt;
        this.statements = statements;
        this.borrowed = borrowed;
        borrowed.add(this);
    }

    /** Returns what the test sees. */
    Connection proxy() {
        return proxy;
    }

    Throwable borrowedAt() {
        return borrowedAt;
    }

    /** Closes it, or gives it back to the test's transaction. Closing twice does nothing more. */
    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        borrowed.remove(this);
        if (transaction == null) {
            target.close();
        } else {
            transaction.giveBack();
        }
    }

    /** Ends it for who forgot to. */
    void endQuietly() {
        try {
            close();
        } catch (SQLException e) {
            borrowedAt.addSuppressed(e);
        }
    }

    /** Says whether the text ended or began a transaction within the test's: then it is done, and not to be run. */
    boolean stoodInFor(String text) throws SQLException {
        if (closed) {
            throw closed();
        }
        var command = Command.of(text);
        if (!command.controls()) {
            statements.add(text.strip());
        }
        return transaction != null && transaction.standIn(command, text);
    }

    @Override
    @Nullable Object answer(Method method, @Nullable Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "close" -> {
                close();
                yield null;
            }
            case "isClosed" -> closed || target.isClosed();
            case "abort" -> {
                if (transaction == null) {
                    call(method, arguments);
                }
                close();
                yield null;
            }
            default -> {
                if (closed) {
                    throw closed();
                }
                yield transaction == null ? open(method, arguments) : open(method, arguments, transaction);
            }
        };
    }

    private @Nullable Object open(Method method, @Nullable Object[] arguments, RolledBack transaction)
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
                    yield open(method, arguments);
                }
                transaction.rollback();
                yield null;
            }
            default -> open(method, arguments);
        };
    }

    private @Nullable Object open(Method method, @Nullable Object[] arguments) throws Throwable {
        var answer = call(method, arguments);
        if (answer instanceof CallableStatement statement) {
            return watched(CallableStatement.class, statement, arguments);
        }
        if (answer instanceof PreparedStatement statement) {
            return watched(PreparedStatement.class, statement, arguments);
        }
        if (answer instanceof Statement statement) {
            return watched(Statement.class, statement, arguments);
        }
        return answer;
    }

    private <S extends Statement> S watched(Class<S> type, S statement, @Nullable Object[] arguments) {
        var text = type == Statement.class ? "" : String.valueOf(arguments[0]);
        return new WatchedStatement(statement, text, this).as(type);
    }

    private static SQLException closed() {
        return new SQLException("The connection was closed. Use it before, or borrow another.", "08003");
    }
}
