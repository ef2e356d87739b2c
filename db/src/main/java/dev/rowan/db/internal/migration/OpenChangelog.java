package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import liquibase.RuntimeEnvironment;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.AlreadyRanChangeSetFilter;
import liquibase.changelog.filter.CountChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.ListVisitor;
import liquibase.changelog.visitor.RollbackVisitor;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.StandardLockService;
import liquibase.parser.ChangeLogParserFactory;

/**
 * A parsed changelog and the database to apply it to.
 *
 * <p>It uses the parts that Liquibase's commands are made of instead of the commands: those send usage data to
 * Liquibase, write to the console, and cache across runs which databases are up to date.
 */
final class OpenChangelog {

    private static final Duration LOCK_POLL = Duration.ofMillis(200);

    private final String name;
    private final Database database;
    private final DatabaseChangeLog changelog;
    private final ChangesetFilters filters;
    private final Duration lockTimeout;
    private final ChangesetRecorder recorder;

    private OpenChangelog(
            String name,
            Database database,
            DatabaseChangeLog changelog,
            ChangesetFilters filters,
            Duration lockTimeout,
            ChangesetRecorder recorder) {
        this.name = name;
        this.database = database;
        this.changelog = changelog;
        this.filters = filters;
        this.lockTimeout = lockTimeout;
        this.recorder = recorder;
    }

    /** Parses a changelog and every file that it includes. */
    static OpenChangelog read(
            String name,
            ChangelogResources resources,
            Database database,
            ChangesetFilters filters,
            ChangelogOptions options,
            ChangesetRecorder recorder)
            throws LiquibaseException, ChangelogFailure {
        var parameters = new ChangeLogParameters(database);
        filters.applyTo(parameters);
        options.parameters().forEach(parameters::set);
        var file = ChangelogResources.normalized(name);
        if (!resources.exists(file)) {
            throw new ChangelogFailure(
                    "There is no changelog " + file + " on the class path. Name it as the class path has it: "
                            + "db/changelog/master.yaml for src/main/resources/db/changelog/master.yaml.",
                    null);
        }
        try {
            var parser = ChangeLogParserFactory.getInstance().getParser(file, resources);
            var changelog = parser.parse(file, parameters, resources);
            SqlChangelogCheck.check(resources.sqlFiles());
            return new OpenChangelog(name, database, changelog, filters, options.lockTimeout(), recorder);
        } catch (LiquibaseException e) {
            SqlChangelogCheck.check(resources.sqlFiles()); // it explains more, if the cause is in one of them
            throw e;
        }
    }

    List<ChangelogStep> pending() throws LiquibaseException, ChangelogFailure {
        validate();
        var shouldRun = new ShouldRunChangeSetFilter(database);
        filters.reportSkipped(changelog, shouldRun);
        var visitor = new ListVisitor();
        new ChangeLogIterator(changelog, filters.forUpdate(shouldRun)).run(visitor, environment());
        var pending = new ArrayList<ChangelogStep>();
        for (var changeset : visitor.getSeenChangeSets()) {
            ChangesetCheck.check(changeset);
            pending.add(ChangelogStep.of(changeset, Duration.ZERO));
        }
        return pending;
    }

    List<ChangelogStep> update() throws LiquibaseException, ChangelogFailure, InterruptedException {
        if (pending().isEmpty()) {
            return List.of();
        }
        return locked(() -> {
            var shouldRun = new ShouldRunChangeSetFilter(database);
            new ChangeLogIterator(changelog, filters.forUpdate(shouldRun))
                    .run(new UpdateVisitor(database, recorder, shouldRun), environment());
        });
    }

    List<ChangelogStep> markApplied() throws LiquibaseException, ChangelogFailure, InterruptedException {
        if (pending().isEmpty()) {
            return List.of();
        }
        return locked(() -> new ChangeLogIterator(changelog, filters.forUpdate(new ShouldRunChangeSetFilter(database)))
                .run(new MarkingVisitor(database, recorder), environment()));
    }

    List<ChangelogStep> rollback(int count) throws LiquibaseException, ChangelogFailure, InterruptedException {
        return locked(() -> {
            var ran = database.getRanChangeSetList();
            var selected = filters.forRollback(new AlreadyRanChangeSetFilter(ran));
            selected.add(new CountChangeSetFilter(count)); // last, because it counts what the other filters accept
            new ChangeLogIterator(ran, changelog, selected)
                    .run(new RollbackVisitor(database, recorder, new ArrayList<>()), environment());
        });
    }

    /** Runs a step while no other process migrates this database. Liquibase's own tables exist when the step begins. */
    private List<ChangelogStep> locked(Step step) throws LiquibaseException, ChangelogFailure, InterruptedException {
        var lock = new StandardLockService();
        lock.setDatabase(database);
        acquire(lock);
        try {
            HistoryTable.create(database);
            validate();
            step.run();
        } finally {
            lock.releaseLock();
        }
        return recorder.finished();
    }

    private void validate() throws LiquibaseException, ChangelogFailure {
        ChangelogValidation.validate(name, changelog, filters.forUpdate(), environment());
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
        return new RuntimeEnvironment(database, filters.contexts(), filters.labels());
    }

    @FunctionalInterface
    private interface Step {
        void run() throws LiquibaseException;
    }
}
