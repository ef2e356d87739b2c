package dev.rowan.db.internal.migration;

import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.visitor.ChangeSetVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/** Marks changesets as applied. Liquibase's own visitor goes on in silence when that fails. */
final class MarkingVisitor implements ChangeSetVisitor {

    private final Database database;
    private final ChangesetRecorder recorder;

    MarkingVisitor(Database database, ChangesetRecorder recorder) {
        this.database = database;
        this.recorder = recorder;
    }

    @Override
    public Direction getDirection() {
        return Direction.FORWARD;
    }

    @Override
    public void visit(
            ChangeSet changeSet, DatabaseChangeLog changelog, Database target, Set<ChangeSetFilterResult> filterResults)
            throws LiquibaseException {
        database.markChangeSetExecStatus(changeSet, ExecType.EXECUTED);
        recorder.marked(changeSet);
    }
}
