package dev.rowan.internal.session;

import dev.rowan.error.AfterCommitFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The actions that run after the commit of a transaction. Not thread-safe. */
public final class AfterCommitActions {

    private final List<Runnable> actions = new ArrayList<>();

    void add(Runnable action) {
        actions.add(action);
    }

    int size() {
        return actions.size();
    }

    /** Removes the actions that were added since there were so many. */
    void truncate(int size) {
        actions.subList(size, actions.size()).clear();
    }

    /** Hands all actions over, in the order they were added, to what runs them instead of this. */
    public void moveTo(Consumer<Runnable> owner) {
        actions.forEach(owner);
        actions.clear();
    }

    /** Runs all actions, in the order they were added. @throws AfterCommitFailure after the last one, if any threw */
    public void run() {
        Throwable failure = null;
        for (var action : actions) {
            failure = run(action, failure);
        }
        if (failure != null) {
            throw new AfterCommitFailure(
                    "The transaction was committed, but an afterCommit action failed; see the cause. Do not run the"
                            + " transaction again: repeat only the work of that action.",
                    failure);
        }
    }

    private static @Nullable Throwable run(Runnable action, @Nullable Throwable earlier) {
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
