package dev.rowan.db;

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

/** Notes which changesets a run applied or undid, how long each took, and which one it is at. */
final class ChangesetTimer extends AbstractChangeExecListener {

    private final List<Changeset> done = new ArrayList<>();
    private @Nullable ChangeSet current;
    private boolean onMariaDb;
    private long start;

    static Changeset describe(ChangeSet changeSet, Duration duration) {
        return new Changeset(changeSet.getId(), changeSet.getAuthor(), changeSet.getFilePath(), duration);
    }

    List<Changeset> done() {
        return List.copyOf(done);
    }

    /** Returns whether the database turned out to be a MariaDB; false if no changeset was begun. */
    boolean onMariaDb() {
        return onMariaDb;
    }

    /** Returns the changeset that was begun and not finished: after a failure, the one that failed. */
    @Nullable ChangeSet current() {
        return current;
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
        current = changeSet;
        start = System.nanoTime();
    }

    private void end(ChangeSet changeSet) {
        done.add(describe(changeSet, Duration.ofNanos(System.nanoTime() - start)));
        current = null;
    }
}
