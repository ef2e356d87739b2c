package dev.rowan.internal.session;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.failure.UnknownOutcome;
import dev.rowan.internal.statement.StatementCounters;
import java.util.Optional;
import org.jooq.Isolation;

/**
 * A transaction that Rowan begins and ends, by SQL statements on a connection in autocommit: one round trip less than
 * {@link java.sql.Connection#setAutoCommit}.
 */
public record LocalTransaction(
        TransactionConnection connection, StatementCounters counters, Optional<Isolation> isolation, boolean readOnly)
        implements ServerTransaction {

    @Override
    public void begin() {
        try {
            isolation.ifPresent(level -> connection.execute(
                    "SET TRANSACTION ISOLATION LEVEL " + level.name().replace('_', ' ')));
            connection.execute(readOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION");
        } catch (Throwable failure) {
            connection.health().discardConnection(); // its next transaction would inherit an isolation level set here
            throw failure;
        }
    }

    @Override
    public void commit() {
        try {
            connection.execute("COMMIT");
        } catch (TransientFailure lost) {
            if (lost.kind() != Kind.CONNECTION_LOST || readOnly) {
                throw lost;
            }
            throw UnknownOutcome.ofCommit(lost);
        }
        counters.committed();
    }

    @Override
    public void rollback(Throwable failure) {
        if (!(failure instanceof CommitOutcomeUnknown)) {
            counters.rolledBack();
        }
        var health = connection.health();
        if (health.isEndedByServer() && !health.isConnectionReusable()) {
            return; // nothing is left to roll back, and the connection is lost or will be discarded
        }
        connection.execute("ROLLBACK");
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
        return false;
    }

    @Override
    public void requireCommit() {}

    @Override
    public void requireReadOnly() {}
}
