package dev.rowan.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeLogParameters;
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
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * One use of Liquibase, on one connection.
 *
 * <p>It takes the parts from which Liquibase builds its commands rather than the commands: those report to Liquibase's
 * server, write to the console, and remember across runs which databases were up to date.
 */
final class MigrationRun {

    /** What to do with the database and the changelog once both are open. */
    @FunctionalInterface
    interface Work {
        List<Changeset> on(MigrationRun run) throws Exception;
    }

    /** Liquibase keeps executors and histories in the JVM's singletons: two runs at once would reset each other's. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Contexts CONTEXTS = new Contexts();
    private static final LabelExpression LABELS = new LabelExpression();

    private final Database database;
    private final DatabaseChangeLog changelog;
    private final Duration lockTimeout;
    private final ChangesetTimer timer;

    private MigrationRun(Database database, DatabaseChangeLog changelog, Duration lockTimeout, ChangesetTimer timer) {
        this.database = database;
        this.changelog = changelog;
        this.lockTimeout = lockTimeout;
        this.timer = timer;
    }

    /** Opens a connection and the changelog, does the work, and leaves both as they were. */
    @SuppressWarnings("try") // closing the resources may throw InterruptedException: it does not wait for anything
    static List<Changeset> of(
            DataSource dataSource, String changelog, ClassLoader classLoader, Duration lockTimeout, Work work) {
        var timer = new ChangesetTimer();
        ONE_AT_A_TIME.lock();
        try (var resources = new ClassLoaderResourceAccessor(classLoader)) {
            var quiet = Map.of(
                    Scope.Attr.logService.name(),
                    new QuietLog(),
                    Scope.Attr.ui.name(),
                    new LoggerUIService(),
                    Scope.Attr.resourceAccessor.name(),
                    resources,
                    "liquibase.analytics.enabled",
                    false);
            return Scope.child(quiet, () -> {
                try (var connection = dataSource.getConnection();
                        var session = MigrationSession.begin(connection, lockTimeout)) {
                    var database = session.database();
                    var parsed = ChangeLogParserFactory.getInstance()
                            .getParser(changelog, resources)
                            .parse(changelog, new ChangeLogParameters(database), resources);
                    return work.on(new MigrationRun(database, parsed, lockTimeout, timer));
                }
            });
        } catch (Exception e) {
            throw MigrationFailure.describe(e, changelog, timer, lockTimeout);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    List<Changeset> pending() throws LiquibaseException {
        changelog.validate(database, CONTEXTS, LABELS);
        var visitor = new ListVisitor();
        new ChangeLogIterator(changelog, filters(new ShouldRunChangeSetFilter(database))).run(visitor, environment());
        return visitor.getSeenChangeSets().stream()
                .map(changeSet -> ChangesetTimer.describe(changeSet, Duration.ZERO))
                .toList();
    }

    List<Changeset> update() throws LiquibaseException, InterruptedException {
        if (pending().isEmpty()) {
            return List.of();
        }
        return locked(() -> {
            var shouldRun = new ShouldRunChangeSetFilter(database);
            new ChangeLogIterator(changelog, filters(shouldRun))
                    .run(new UpdateVisitor(database, timer, shouldRun), environment());
        });
    }

    List<Changeset> rollback(int count) throws LiquibaseException, InterruptedException {
        return locked(() -> {
            var ran = database.getRanChangeSetList();
            var filters = filters(new AlreadyRanChangeSetFilter(ran));
            filters.add(new CountChangeSetFilter(count)); // the last, as it counts what the others let pass
            new ChangeLogIterator(ran, changelog, filters)
                    .run(new RollbackVisitor(database, timer, new ArrayList<>()), environment());
        });
    }

    /** Works while no other process migrates this database; Liquibase's own tables are there by then. */
    private List<Changeset> locked(Step step) throws LiquibaseException, InterruptedException {
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
        return timer.done();
    }

    private void acquire(StandardLockService lock) throws LiquibaseException, InterruptedException {
        var deadline = System.nanoTime() + lockTimeout.toNanos();
        while (!lock.acquireLock()) {
            if (System.nanoTime() >= deadline) {
                throw MigrationFailure.heldBy(lock.listLocks(), lockTimeout);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
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
