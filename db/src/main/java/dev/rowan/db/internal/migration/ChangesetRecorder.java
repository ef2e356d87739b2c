package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.ChangeSet.RunStatus;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.database.core.MariaDBDatabase;
import org.jspecify.annotations.Nullable;

/** Records the changesets that are applied or rolled back, how long each takes, and the one that is running. */
final class ChangesetRecorder extends AbstractChangeExecListener {

    private final List<ChangelogStep> finished = new ArrayList<>();
    private @Nullable ChangeSet running;
    private boolean onMariaDb;
    private long start;

    List<ChangelogStep> finished() {
        return List.copyOf(finished);
    }

    /** Returns whether the database is MariaDB; false if no changeset has begun. */
    boolean onMariaDb() {
        return onMariaDb;
    }

    /** Returns the changeset that has begun and not ended: after a failure, the one that failed. */
    @Nullable ChangeSet running() {
        return running;
    }

    @Override
    public void willRun(ChangeSet changeSet, DatabaseChangeLog log, Database database, RunStatus status) {
        begin(changeSet, database);
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog log, Database database, ExecType type) {
        end(changeSet);
    }

    @Override
    public void willRollback(ChangeSet changeSet, DatabaseChangeLog log, Database database) {
        begin(changeSet, database);
    }

    @Override
    public void rolledBack(ChangeSet changeSet, DatabaseChangeLog log, Database database) {
        end(changeSet);
    }

    private void begin(ChangeSet changeSet, Database database) {
        onMariaDb = database instanceof MariaDBDatabase;
        running = changeSet;
        start = System.nanoTime();
    }

    private void end(ChangeSet changeSet) {
        finished.add(ChangelogStep.of(changeSet, Duration.ofNanos(System.nanoTime() - start)));
        running = null;
    }
}
