package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.jdbc.ServerProduct;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.parser.LiquibaseSqlParser;
import liquibase.ui.LoggerUIService;

/**
 * Runs operations on a changelog, each on a connection of its own, one operation at a time in this JVM.
 *
 * @param dataSource the database to migrate; its connections are returned in their original state
 * @param changelog the class-path name of the changelog
 * @param classLoader finds the changelog and the files that it includes
 */
public record ChangelogRunner(
        DataSource dataSource, String changelog, ClassLoader classLoader, ChangelogOptions options) {

    private static final String RELEASE = ".release";

    /** Liquibase keeps executors and histories in singletons of the JVM: concurrent runs would reset each other's. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** Returns this runner with other options. */
    public ChangelogRunner withOptions(ChangelogOptions other) {
        return new ChangelogRunner(dataSource, changelog, classLoader, other);
    }

    /** Returns the class-path name of the file that describes the last release: it is beside the changelog. */
    public String releaseFile() {
        return releaseFile(changelog.replaceFirst("^classpath:/*", ""));
    }

    private static String releaseFile(String name) {
        return name.replaceFirst("\\.[^./]*$", "") + RELEASE;
    }

    /**
     * Returns the class-path names of those files beside the changelog that describe the last release of a changelog
     * that is not there: it may have been renamed.
     */
    @SuppressWarnings("try") // Liquibase declares close() so that -Xlint suspects an InterruptedException
    public List<String> strayReleaseFiles() throws IOException {
        try (var resources = new ChangelogResources(classLoader)) {
            var directory = ChangelogResources.normalized(changelog).replaceFirst("[^/]*$", "");
            var names = resources.search(directory, false).stream()
                    .map(resource -> ChangelogResources.normalized(resource.getPath()))
                    .toList();
            var releases = names.stream()
                    .filter(name -> !name.endsWith(RELEASE))
                    .map(ChangelogRunner::releaseFile)
                    .toList();
            return names.stream()
                    .filter(name -> name.endsWith(RELEASE) && !releases.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Returns the changesets that {@link #update()} would apply, in order. */
    public List<ChangelogStep> pending() throws ChangelogFailure {
        return run(OpenChangelog::pending);
    }

    /** Returns the changesets of the changelog that are applied to the database, in order. */
    public List<ChangelogStep> applied() throws ChangelogFailure {
        return run(OpenChangelog::applied);
    }

    /** Applies the pending changesets and returns them, in order. */
    public List<ChangelogStep> update() throws ChangelogFailure {
        return run(OpenChangelog::update);
    }

    /** Runs work that applies the pending changesets one by one, and looks at the database between them. */
    public void inSteps(StepwiseWork work) throws ChangelogFailure {
        run(open -> open.inSteps(work));
    }

    /** Records the pending changesets as applied without running them, and returns them, in order. */
    public List<ChangelogStep> markApplied() throws ChangelogFailure {
        return run(OpenChangelog::markApplied);
    }

    /** Rolls back the latest changesets, at most this many, and returns them, latest first. */
    public List<ChangelogStep> rollback(int count) throws ChangelogFailure {
        return run(open -> open.rollback(count));
    }

    /** Rolls back the changesets that were applied after the one with this tag, and returns them, latest first. */
    public List<ChangelogStep> rollbackTo(String tag) throws ChangelogFailure {
        return run(open -> open.rollbackTo(tag));
    }

    /** Gives the latest changeset that was applied a tag. */
    public void tag(String tag) throws ChangelogFailure {
        run(open -> {
            open.tag(tag);
            return List.of();
        });
    }

    @SuppressWarnings("try") // -Xlint suspects that close() is interrupted: these resources do not wait
    private List<ChangelogStep> run(Operation operation) throws ChangelogFailure {
        var translator = new LiquibaseExceptionTranslator(changelog, options.lockTimeout());
        ONE_AT_A_TIME.lock();
        try (var resources = new ChangelogResources(classLoader);
                var connection = ConnectFailure.connect(dataSource)) {
            return run(operation, resources, connection, translator);
        } catch (ChangelogFailure e) {
            throw e;
        } catch (ConnectFailure e) {
            throw ChangelogFailure.of(e);
        } catch (Exception e) {
            throw translator.translate(e);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private List<ChangelogStep> run(
            Operation operation,
            ChangelogResources resources,
            Connection connection,
            LiquibaseExceptionTranslator translator)
            throws SQLException, ChangelogFailure {
        var product = ServerProduct.of(connection);
        var recorder = new ChangesetRecorder();
        try {
            return Scope.child(recorder.statements(), scope(resources, product), () -> {
                try (var prepared = LiquibaseConnection.prepare(connection, product, options.lockTimeout())) {
                    var filters = new ChangesetFilters(prepared.database(), product, options);
                    return operation.on(
                            OpenChangelog.read(changelog, resources, prepared.database(), filters, options, recorder));
                } catch (ChangelogFailure e) {
                    throw e;
                } catch (Exception e) {
                    throw translator.translate(e, recorder, product); // in the scope, which finds files of SQL
                }
            });
        } catch (ChangelogFailure e) {
            throw e;
        } catch (Exception e) {
            throw translator.translate(e);
        }
    }

    /** Silent, without telemetry, and with our own reading of SQL. */
    private static Map<String, Object> scope(ChangelogResources resources, ServerProduct product) {
        return Map.of(
                Scope.Attr.logService.name(),
                new Slf4jLogService(),
                Scope.Attr.ui.name(),
                new LoggerUIService(),
                Scope.Attr.resourceAccessor.name(),
                resources,
                "liquibase.analytics.enabled",
                false,
                "liquibase.sql.showSqlWarnings", // they contain data
                false,
                "liquibase.plugin." + LiquibaseSqlParser.class.getName(),
                ServerSqlParser.class,
                ServerSqlParser.STANDS_IN_FOR_MYSQL,
                product.standsInForMysql());
    }

    @FunctionalInterface
    private interface Operation {
        List<ChangelogStep> on(OpenChangelog open) throws Exception;
    }
}
