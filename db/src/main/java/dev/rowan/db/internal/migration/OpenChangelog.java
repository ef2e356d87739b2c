package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.AlreadyRanChangeSetFilter;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.CountChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.ListVisitor;
import liquibase.changelog.visitor.RollbackVisitor;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.StandardLockService;

/**
 * A parsed changelog and the database to apply it to.
 *
 * <p>It uses the parts that Liquibase's commands are made of instead of the commands: those send usage data to
 * Liquibase, write to the console, and cache across runs which databases are up to date.
 */
final class OpenChangelog {

    private static final Duration LOCK_POLL = Duration.ofMillis(200);
    private static final Contexts CONTEXTS = new Contexts();
    private static final LabelExpression LABELS = new LabelExpression();

    private final Database database;
    private final DatabaseChangeLog changelog;
    private final Duration lockTimeout;
    private final ChangesetRecorder recorder;

    OpenChangelog(Database database, DatabaseChangeLog changelog, Duration lockTimeout, ChangesetRecorder recorder) {
        this.database = database;
        this.changelog = changelog;
        this.lockTimeout = lockTimeout;
        this.recorder = recorder;
    }

    List<ChangelogStep> pending() throws LiquibaseException {
        changelog.validate(database, CONTEXTS, LABELS);
        var visitor = new ListVisitor();
        new ChangeLogIterator(changelog, filters(new ShouldRunChangeSetFilter(database))).run(visitor, environment());
        return visitor.getSeenChangeSets().stream()
                .map(changeSet -> ChangelogStep.of(changeSet, Duration.ZERO))
                .toList();
    }

    List<ChangelogStep> update() throws LiquibaseException, ChangelogFailure, InterruptedException {
        if (pending().isEmpty()) {
            return List.of();
        }
        return locked(() -> {
            var shouldRun = new ShouldRunChangeSetFilter(database);
            new ChangeLogIterator(changelog, filters(shouldRun))
                    .run(new UpdateVisitor(database, recorder, shouldRun), environment());
        });
    }

    List<ChangelogStep> rollback(int count) throws LiquibaseException, ChangelogFailure, InterruptedException {
        return locked(() -> {
            var ran = database.getRanChangeSetList();
            var filters = filters(new AlreadyRanChangeSetFilter(ran));
            filters.add(new CountChangeSetFilter(count)); // last, because it counts what the other filters accept
            new ChangeLogIterator(ran, changelog, filters)
                    .run(new RollbackVisitor(database, recorder, new ArrayList<>()), environment());
        });
    }

    /** Runs a step while no other process migrates this database. Liquibase's own tables exist when the step begins. */
    private List<ChangelogStep> locked(Step step) throws LiquibaseException, ChangelogFailure, InterruptedException {
        var lock = new StandardLockService();
        lock.setDatabase(database);
        acquire(lock);
        try {
            Scope.getCurrentScope()
                    .getSingleton(ChangeLogHistoryServiceFactory.class)
                    .getChangeLogService(database)
                    .init();
            changelog.validate(database, CONTEXTS, LABELS);
            step.run();
        } finally {
            lock.releaseLock();
        }
        return recorder.finished();
    }

    private void acquire(StandardLockService lock) throws LiquibaseException, ChangelogFailure, InterruptedException {
        var deadline = System.nanoTime() + lockTimeout.toNanos();
        while (!lock.acquireLock()) {
            if (System.nanoTime() >= deadline) {
                throw LiquibaseExceptionTranslator.lockHeld(lock.listLocks(), lockTimeout);
            }
            TimeUnit.NANOSECONDS.sleep(LOCK_POLL.toNanos());
        }
    }

    private RuntimeEnvironment environment() {
        return new RuntimeEnvironment(database, CONTEXTS, LABELS);
    }

    private List<ChangeSetFilter> filters(ChangeSetFilter first) {
        return new ArrayList<>(List.of(
                first,
                new ContextChangeSetFilter(CONTEXTS),
                new LabelChangeSetFilter(LABELS),
                new DbmsChangeSetFilter(database),
                new IgnoreChangeSetFilter()));
    }

    @FunctionalInterface
    private interface Step {
        void run() throws LiquibaseException;
    }
}
