package dev.rowan.internal.pool;

import dev.rowan.internal.session.SessionExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The sessions of each thread that share their connection with all calls of the thread: one that begins in the body of
 * another is a part of its transaction, unless other code has begun a transaction in between. Thread-safe.
 */
final class SharedSessions {

    private final ThreadLocal<Deque<SessionExecutor>> open = ThreadLocal.withInitial(ArrayDeque::new);

    /** Adds a session of the current thread, until it is removed. */
    void add(SessionExecutor session) {
        open.get().push(session);
    }

    void remove(SessionExecutor session) {
        var sessions = open.get();
        sessions.remove(session);
        if (sessions.isEmpty()) {
            open.remove();
        }
    }

    /** Returns the innermost session whose body runs now and that is in the same transaction. */
    Optional<SessionExecutor> around(SessionExecutor session) {
        return open.get().stream()
                .filter(other -> other.isInTransactionOf(session))
                .findFirst();
    }
}
