package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.change.Change;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.ChangeSet.RunStatus;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** Records the changesets that are applied or rolled back, how long each takes, and the one that is running. */
final class ChangesetRecorder extends AbstractChangeExecListener {

    private final List<ChangelogStep> finished = new ArrayList<>();
    private final RunStatements statements = new RunStatements();
    private @Nullable ChangeSet running;
    private @Nullable Change change;
    private @Nullable MigrationLock lock;
    private boolean isChanging;
    private long start;

    List<ChangelogStep> finished() {
        return List.copyOf(finished);
    }

    /** Returns the changeset that has begun and not ended: after a failure, the one that failed. */
    @Nullable ChangeSet running() {
        return running;
    }

    /** Lets others know by this lock which changeset is running. */
    void lock(MigrationLock held) {
        lock = held;
    }

    /** Returns whether the migration before this one was killed while it ran the changeset that is running now. */
    boolean isCutOff() {
        return lock != null && running != null && lock.cutOff().equals(Optional.of(ChangesetText.name(running)));
    }

    /** Returns the statements of the running changeset. */
    RunStatements statements() {
        return statements;
    }

    /** Returns the change of the running changeset that has begun last; null if none has, as in a rollback. */
    @Nullable Change change() {
        return change;
    }

    /** Returns whether a statement of the changeset itself runs, and none of Liquibase's own. */
    boolean isChanging() {
        return isChanging && !(change instanceof TagDatabaseChange);
    }

    @Override
    public void willRun(ChangeSet changeSet, DatabaseChangeLog log, Database database, RunStatus status) {
        begin(changeSet);
    }

    @Override
    public void willRun(Change next, ChangeSet changeSet, DatabaseChangeLog log, Database database) {
        change = next;
        isChanging = true;
    }

    @Override
    public void ran(Change ended, ChangeSet changeSet, DatabaseChangeLog log, Database database) {
        isChanging = false;
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog log, Database database, ExecType type) {
        end(changeSet);
    }

    /** Records a changeset that is marked as applied and did not run. */
    void marked(ChangeSet changeSet) {
        finished.add(ChangelogStep.of(changeSet, Duration.ZERO));
    }

    @Override
    public void willRollback(ChangeSet changeSet, DatabaseChangeLog log, Database database) {
        begin(changeSet);
    }

    @Override
    public void rolledBack(ChangeSet changeSet, DatabaseChangeLog log, Database database) {
        end(changeSet);
    }

    private void begin(ChangeSet changeSet) {
        running = changeSet;
        change = null;
        isChanging = false;
        if (lock != null) {
            lock.running(changeSet);
        }
        statements.begin(changeSet.isRunInTransaction());
        start = System.nanoTime();
    }

    private void end(ChangeSet changeSet) {
        finished.add(ChangelogStep.of(changeSet, Duration.ofNanos(System.nanoTime() - start)));
        running = null;
    }
}
