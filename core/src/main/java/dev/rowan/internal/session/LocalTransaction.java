package dev.rowan.internal.session;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.statement.StatementCounters;
import java.util.Optional;
import org.jooq.Isolation;

/** One that is begun and ended here: by texts under autocommit, which costs a round trip less than JDBC's own way. */
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
            connection.health().spoil(); // an isolation that was set would be that of the connection's next transaction
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
            throw new CommitOutcomeUnknown(
                    "The connection was lost during COMMIT: the transaction may have been committed, or not."
                            + " Look for what it wrote before you run it again.",
                    lost.getCause());
        }
        counters.committed();
    }

    @Override
    public void rollback(Throwable failure) {
        if (!(failure instanceof CommitOutcomeUnknown)) {
            counters.rolledBack();
        }
        var health = connection.health();
        if (health.isDoomed() && health.isSpoiled()) {
            // there is nothing to go back to
            return;
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
    public void requireCommit() {}

    @Override
    public void requireReadOnly() {}
}
