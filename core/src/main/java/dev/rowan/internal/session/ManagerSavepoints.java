package dev.rowan.internal.session;

import dev.rowan.config.TransactionBridge;
import dev.rowan.internal.session.SavepointStack.Savepoint;
import java.util.Map;
import java.util.WeakHashMap;

/** What a session does at the savepoints of a transaction manager. Not thread-safe. */
class ManagerSavepoints implements TransactionBridge.Participant {

    private final SessionExecutor session;
    private final Savepoint beginning;

    /** The state at each savepoint that the manager can still roll back to. */
    private final Map<Object, Savepoint> savepoints = new WeakHashMap<>();

    ManagerSavepoints(SessionExecutor session) {
        this.session = session;
        this.beginning = session.state();
    }

    /** The savepoint does not cover what was changed before and is written after it, so there must not be any. */
    @Override
    public final void savepoint(Object savepoint) {
        if (session.isEnded()) {
            return;
        }
        if (session.hasPendingChanges()) {
            throw new IllegalStateException("The session has changes that are not written yet, and the transaction"
                    + " manager has set a savepoint after them. Call session.flush() before the nested part begins, or"
                    + " use session.nested(…).");
        }
        savepoints.put(savepoint, session.state());
    }

    @Override
    public final void rolledBackTo(Object savepoint) {
        if (!session.isEnded()) {
            session.restore(savepoints.getOrDefault(savepoint, beginning));
        }
    }
}
