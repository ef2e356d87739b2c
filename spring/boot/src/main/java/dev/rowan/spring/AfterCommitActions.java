package dev.rowan.spring;

import dev.rowan.error.AfterCommitFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What runs after the commit of one of Spring's transactions. Not thread-safe, as the transaction is a thread's. */
final class AfterCommitActions implements TransactionSynchronization {

    private final List<Runnable> actions = new ArrayList<>();

    /** How many actions there were at each savepoint of Spring's. */
    private final Map<Object, Integer> savepoints = new HashMap<>();

    private AfterCommitActions() {}

    /** Returns those of the current thread's transaction. */
    static AfterCommitActions ofCurrentTransaction() {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof AfterCommitActions present) {
                return present;
            }
        }
        var added = new AfterCommitActions();
        TransactionSynchronizationManager.registerSynchronization(added);
        return added;
    }

    void add(Runnable action) {
        actions.add(action);
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, actions.size());
    }

    /** Drops the actions that are newer than the savepoint: all, if it is older than the first action. */
    @Override
    public void savepointRollback(Object savepoint) {
        actions.subList(savepoints.getOrDefault(savepoint, 0), actions.size()).clear();
    }

    /** Runs all actions, also those that an action adds, in the order they were added. */
    @Override
    public void afterCommit() {
        Throwable failure = null;
        for (int i = 0; i < actions.size(); i++) {
            failure = run(actions.get(i), failure);
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
