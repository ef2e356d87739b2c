package dev.rowan.internal.pool;

import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.util.Deadline.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of each thread that share their connection with all calls of the thread: one that begins in the body of
 * another is a part of its transaction, unless other code has begun a transaction in between. Thread-safe.
 */
final class SharedSessions {

    private final ThreadLocal<Deque<SessionExecutor>> open = ThreadLocal.withInitial(ArrayDeque::new);

    /** Runs the body of a session. */
    <T extends @Nullable Object, X extends Exception> T during(SessionExecutor session, Work<T, X> body) throws X {
        add(session);
        try {
            return body.run();
        } finally {
            remove(session);
        }
    }

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
