package dev.rowan.internal.session;

import dev.rowan.config.TransactionBridge;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.failure.ConnectExceptionTranslator;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.failure.UnknownOutcome;
import dev.rowan.internal.statement.StatementCounters;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transaction that Rowan begins and ends by a transaction manager of other code's. */
public final class BridgedTransaction implements ServerTransaction {

    private final TransactionConnection connection;
    private final StatementCounters counters;
    private final TransactionBridge.Begun begun;
    private final boolean readOnly;
    private boolean hasEnded;

    /** Makes the transaction of a connection that was borrowed after it had begun. */
    public BridgedTransaction(
            TransactionConnection connection,
            StatementCounters counters,
            TransactionBridge.Begun begun,
            boolean readOnly) {
        this.connection = connection;
        this.counters = counters;
        this.begun = begun;
        this.readOnly = readOnly;
    }

    /**
     * Begins a transaction of the current thread, before its connection is borrowed; empty if it has one open.
     *
     * @throws dev.rowan.error.DatabaseException if the manager gets no connection
     */
    public static Optional<TransactionBridge.Begun> begin(
            TransactionBridge bridge, TransactionOptions options, boolean readOnly) {
        try {
            return bridge.begin(options, readOnly);
        } catch (RuntimeException e) {
            var cause = cause(e, SQLException.class);
            throw cause == null ? e : ConnectExceptionTranslator.typed(cause, "the DataSource");
        }
    }

    /** Checks that the connection takes part in the transaction. */
    @Override
    public void begin() {
        if (!connection.isJoined()) {
            throw new IllegalStateException("The transaction manager has begun a transaction, but the DataSource"
                    + " returned a connection that is not in it. Give both the same pool: with Spring, the DataSource"
                    + " is a TransactionAwareDataSourceProxy over that of the transaction manager.");
        }
    }

    @Override
    public void commit() {
        connection
                .requireOwnersOpen(); // other calls of the thread share the connection, and this learns nothing of them
        hasEnded = true;
        try {
            begun.commit();
        } catch (RuntimeException e) {
            throw typed(e);
        }
        counters.committed();
    }

    private RuntimeException typed(RuntimeException e) {
        var known = cause(e, DatabaseException.class);
        if (known != null) {
            return known; // of a participant, which has written before the commit
        }
        var cause = cause(e, SQLException.class);
        if (cause == null) {
            return e; // such as Spring's refusal to commit what a part of it has marked for rollback
        }
        var failure = SqlExceptionTranslator.typed(cause, StatementKind.RUN, null);
        return !readOnly && failure instanceof TransientFailure lost && lost.kind() == Kind.CONNECTION_LOST
                ? UnknownOutcome.ofCommit(lost)
                : failure;
    }

    @Override
    public void rollback(Throwable failure) {
        if (!(failure instanceof CommitOutcomeUnknown)) {
            counters.rolledBack();
        }
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        try {
            begun.rollback();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public String name() {
        return "rowan";
    }

    @Override
    public boolean isJoined() {
        return false;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void requireCommit() {}

    @Override
    public void requireReadOnly() {}

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
