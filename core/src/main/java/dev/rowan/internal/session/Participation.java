package dev.rowan.internal.session;

import dev.rowan.config.TransactionBridge;
import dev.rowan.internal.session.SavepointStack.Savepoint;
import java.util.HashMap;
import java.util.Map;

/** What the session in a transaction of other code's does when that commits or rolls back. Not thread-safe. */
final class Participation implements TransactionBridge.Participant {

    private final SessionExecutor session;
    private final Runnable whenEnded;
    private final Savepoint beginning;
    private final Map<Object, Savepoint> savepoints = new HashMap<>();

    /** @param whenEnded runs after the end of the session */
    Participation(SessionExecutor session, Runnable whenEnded) {
        this.session = session;
        this.whenEnded = whenEnded;
        this.beginning = session.state();
    }

    @Override
    public void beforeCommit() {
        session.commit();
    }

    @Override
    public void afterCommit() {
        session.close();
        session.afterCommit().run();
    }

    @Override
    public void afterCompletion(boolean isCommitted) {
        try {
            if (!isCommitted) {
                session.rolledBack();
            }
            session.end();
        } finally {
            whenEnded.run();
        }
    }

    /** The savepoint does not cover what was changed before and is written after it, so there must not be any. */
    @Override
    public void savepoint(Object savepoint) {
        if (session.hasPendingChanges()) {
            throw new IllegalStateException("The session has changes that are not written yet, and the transaction"
                    + " manager has set a savepoint after them. Call session.flush() before the nested part begins, or"
                    + " use session.nested(…).");
        }
        savepoints.put(savepoint, session.state());
    }

    @Override
    public void rolledBackTo(Object savepoint) {
        session.restore(savepoints.getOrDefault(savepoint, beginning));
    }
}
