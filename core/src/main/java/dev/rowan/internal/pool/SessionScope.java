package dev.rowan.internal.pool;

import dev.rowan.config.TransactionBridge;
import dev.rowan.internal.session.SessionExecutor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session from the beginning of its transaction to the end, on the current thread: the other sessions and calls of
 * the thread take account of it. Not thread-safe.
 */
final class SessionScope {

    private final SessionExecutor session;
    private final SharedSessions shared;
    private final OpenTransactions open;
    private final Optional<TransactionBridge> bridge;
    private final boolean isOwn;

    /** The session in whose transaction this one begins. */
    private Optional<SessionExecutor> outer = Optional.empty();

    /** Ends what the body of the session has on the thread. */
    private Runnable leave = () -> {};

    /** @param isOwn whether the body is Rowan's own: what a callback within it does belongs to the session around it */
    SessionScope(
            SessionExecutor session,
            SharedSessions shared,
            OpenTransactions open,
            Optional<TransactionBridge> bridge,
            boolean isOwn) {
        this.session = session;
        this.shared = shared;
        this.open = open;
        this.bridge = bridge;
        this.isOwn = isOwn;
    }

    /** Begins the transaction, in which the rows are as the session around it has changed them. */
    void begin() {
        if (session.isJoined()) {
            outer = shared.around(session);
        }
        outer.ifPresent(SessionExecutor::flush);
        session.begin();
        if (!session.isShared()) {
            open.enter();
            leave = open::leave;
        } else if (!isOwn) {
            bridge.ifPresent(session::followSavepoints);
            shared.add(session);
            leave = () -> shared.remove(session);
        }
    }

    /** Commits, or gives the actions after the commit to the session around this one. */
    void commit(Consumer<Runnable> afterOuterCommit) {
        leave();
        session.commit();
        if (session.isJoined()) {
            session.afterCommit().moveTo(afterOuterCommit);
        }
    }

    void rollback(Throwable failure) {
        leave();
        session.rollback(failure);
    }

    void end() {
        session.end();
        outer.ifPresent(around -> around.tracker().afterWrite(List.of()));
    }

    private void leave() {
        leave.run();
        leave = () -> {};
    }
}
