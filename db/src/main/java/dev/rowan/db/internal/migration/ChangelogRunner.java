package dev.rowan.db.internal.migration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Runs operations on a changelog, each on a connection of its own, one operation at a time in this JVM.
 *
 * @param dataSource the database to migrate; its connections are returned in their original state
 * @param changelog the class-path name of the changelog
 * @param classLoader finds the changelog and the files that it includes
 * @param lockTimeout how long to wait for a table, a row, or another migration; in whole seconds
 */
public record ChangelogRunner(DataSource dataSource, String changelog, ClassLoader classLoader, Duration lockTimeout) {

    /** Liquibase keeps executors and histories in singletons of the JVM: concurrent runs would reset each other's. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** Returns this runner with another lock timeout. */
    public ChangelogRunner withLockTimeout(Duration timeout) {
        return new ChangelogRunner(dataSource, changelog, classLoader, timeout);
    }

    /** Returns the changesets that {@link #update()} would apply, in order. */
    public List<ChangelogStep> pending() throws ChangelogFailure {
        return run(OpenChangelog::pending);
    }

    /** Applies the pending changesets and returns them, in order. */
    public List<ChangelogStep> update() throws ChangelogFailure {
        return run(OpenChangelog::update);
    }

    /** Rolls back the latest changesets, at most this many, and returns them, latest first. */
    public List<ChangelogStep> rollback(int count) throws ChangelogFailure {
        return run(open -> open.rollback(count));
    }

    @SuppressWarnings("try") // -Xlint suspects that close() is interrupted: these resources do not wait
    private List<ChangelogStep> run(Operation operation) throws ChangelogFailure {
        var recorder = new ChangesetRecorder();
        ONE_AT_A_TIME.lock();
        try (var resources = new ClassLoaderResourceAccessor(classLoader)) {
            var silent = Map.of(
                    Scope.Attr.logService.name(),
                    new Slf4jLogService(),
                    Scope.Attr.ui.name(),
                    new LoggerUIService(),
                    Scope.Attr.resourceAccessor.name(),
                    resources,
                    "liquibase.analytics.enabled",
                    false);
            return Scope.child(silent, () -> {
                try (var connection = dataSource.getConnection();
                        var prepared = LiquibaseConnection.prepare(connection, lockTimeout)) {
                    var database = prepared.database();
                    var parsed = ChangeLogParserFactory.getInstance()
                            .getParser(changelog, resources)
                            .parse(changelog, new ChangeLogParameters(database), resources);
                    return operation.on(new OpenChangelog(database, parsed, lockTimeout, recorder));
                }
            });
        } catch (ChangelogFailure e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw LiquibaseExceptionTranslator.translate(e, changelog, recorder, lockTimeout);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    @FunctionalInterface
    private interface Operation {
        List<ChangelogStep> on(OpenChangelog open) throws Exception;
    }
}
