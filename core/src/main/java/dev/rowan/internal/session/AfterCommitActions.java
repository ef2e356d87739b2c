package dev.rowan.internal.session;

import dev.rowan.error.AfterCommitFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done once a transaction is committed. Not thread-safe. */
public final class AfterCommitActions {

    private final List<Runnable> actions = new ArrayList<>();

    void add(Runnable action) {
        actions.add(action);
    }

    int size() {
        return actions.size();
    }

    /** Forgets what came after so many. */
    void keep(int first) {
        actions.subList(first, actions.size()).clear();
    }

    /** Runs all, in order. @throws AfterCommitFailure after the last, if any threw */
    public void run() {
        Throwable failure = null;
        for (var action : actions) {
            failure = thrown(action, failure);
        }
        if (failure != null) {
            throw new AfterCommitFailure(
                    "The transaction is committed, but an action after it failed; the cause says why."
                            + " Do not run the transaction again: do what the action was to do.",
                    failure);
        }
    }

    private static @Nullable Throwable thrown(Runnable action, @Nullable Throwable earlier) {
        try {
            action.run();
            return earlier;
        } catch (Throwable e) {
            if (earlier == null) {
                return e;
            }
            if (!earlier.equals(e)) {
                earlier.addSuppressed(e);
            }
            return earlier;
        }
    }
}
