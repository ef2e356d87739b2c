package dev.rowan.db;

import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.internal.migration.ChangelogFailure;
import dev.rowan.db.internal.migration.ChangelogOptions;
import dev.rowan.db.internal.migration.ChangelogRunner;
import dev.rowan.db.internal.migration.ChangelogStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Brings a database to the state that a Liquibase changelog describes.
 *
 * <pre>{@code
 * Migrator.of(dataSource, "rowan/changelog/master.yaml").update();
 * }</pre>
 *
 * <p>It waits for locks for {@linkplain #withLockTimeout five seconds} only, because every session that needs a table
 * waits behind a migration that waits for it. It prints nothing and sends no usage data.
 *
 * <p>Immutable and thread-safe: migrations in one JVM run one after the other, and processes that migrate the same
 * database wait for each other. A migration whose process was killed holds no lock: the next one goes on with the
 * changeset that was cut off.
 */
public final class Migrator {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final ChangelogRunner runner;

    private Migrator(ChangelogRunner runner) {
        this.runner = runner;
    }

    /**
     * Returns a migrator for a changelog that the thread's context class loader finds.
     *
     * @param dataSource the database to migrate; its connections are returned in their original state
     * @param changelog the changelog's class-path name, such as {@code rowan/changelog/master.yaml}
     */
    public static Migrator of(DataSource dataSource, String changelog) {
        var context = Thread.currentThread().getContextClassLoader();
        return of(dataSource, changelog, context == null ? Migrator.class.getClassLoader() : context);
    }

    /**
     * Returns a migrator for a changelog that the thread's context class loader finds.
     *
     * @param url a {@code jdbc:mysql://} URL that names the database to migrate, without a login. A server on another
     *     machine must use TLS and prove its identity, unless the URL sets {@code sslMode}.
     * @param changelog the changelog's class-path name, such as {@code rowan/changelog/master.yaml}
     */
    public static Migrator of(String url, String user, String password, String changelog) {
        return of(UnpooledDataSource.of(url, user, password), changelog);
    }

    /** Returns a migrator for a changelog that the class loader finds. */
    public static Migrator of(DataSource dataSource, String changelog, ClassLoader classLoader) {
        return new Migrator(new ChangelogRunner(dataSource, changelog, classLoader, ChangelogOptions.of(LOCK_TIMEOUT)));
    }

    /**
     * Returns this migrator with another limit on the wait for a table, a row, or another migration of the same
     * database. The server counts in seconds, so the timeout is rounded up to whole seconds; the default is 5 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Migrator withLockTimeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("The lock timeout is " + timeout + ". Choose a positive duration.");
        }
        return with(runner.options().withLockTimeout(wholeSeconds(timeout)));
    }

    /**
     * Returns this migrator for a database with these contexts: a changeset that has a context expression runs if they
     * match it.
     *
     * <p>By default there are none, and then no changeset with a context expression runs, not even with {@code !prod}:
     * a warning in the log names them. So the test data of a changelog gets only into databases that ask for it.
     */
    public Migrator withContexts(String... contexts) {
        return with(runner.options().withContexts(List.of(contexts)));
    }

    /**
     * Returns this migrator with an expression that the labels of a changeset must match, such as {@code "!beta"}.
     * Changesets without labels always run. The default is the empty expression, which every label matches.
     */
    public Migrator withLabels(String expression) {
        return with(runner.options().withLabels(expression));
    }

    /** Returns this migrator with values for the changelog's parameters: {@code ${suffix}} in it is replaced. */
    public Migrator withParameters(Map<String, String> parameters) {
        return with(runner.options().withParameters(parameters));
    }

    /**
     * Applies the pending changesets and returns them, in order. If there are none, it neither writes nor waits.
     *
     * @throws MigrationException if a changeset fails; those before it stay applied
     */
    public List<Changeset> update() {
        return run(ChangelogRunner::update);
    }

    /**
     * Applies the pending changesets to a database that nobody else uses, and returns which of them have shaped each of
     * its tables. Between two changesets it reads all tables.
     *
     * @throws MigrationException if a changeset fails; those before it stay applied
     */
    public TableHistory updateWithHistory() {
        return TableHistory.record(runner);
    }

    /**
     * Returns the changesets that {@link #update()} would apply, in order, each with its SQL, and changes nothing.
     *
     * @throws MigrationException if the changelog is not {@linkplain #validate() valid}
     */
    public List<Changeset> pending() {
        return run(ChangelogRunner::pending);
    }

    /**
     * Returns the changesets of the changelog that are recorded as applied to the database, in order, and changes
     * nothing. The duration of each is zero, as it is not recorded.
     *
     * @throws MigrationException if the history cannot be read
     */
    public List<Changeset> applied() {
        return run(ChangelogRunner::applied);
    }

    /**
     * Records the pending changesets as applied without running them, and returns them, in order: for a database that
     * has their tables already, as the one that a {@link SchemaChangelog} was read from.
     *
     * @throws MigrationException if the changelog is not {@linkplain #validate() valid}
     */
    public List<Changeset> markApplied() {
        return run(ChangelogRunner::markApplied);
    }

    /**
     * Rolls back the latest changesets, at most this many, and returns them, latest first.
     *
     * @throws MigrationException if one cannot be rolled back; those after it stay rolled back
     */
    public List<Changeset> rollback(int count) {
        return run(changelog -> changelog.rollback(count));
    }

    /**
     * Rolls back every changeset and returns them, latest first.
     *
     * @throws MigrationException if one cannot be rolled back; those after it stay rolled back
     */
    public List<Changeset> rollbackAll() {
        return rollback(Integer.MAX_VALUE);
    }

    /**
     * Rolls back the changesets that were applied after the latest one with this tag, and returns them, latest first.
     *
     * @param tag a name that {@link #tag}, or {@code tagDatabase} in the changelog, gave
     * @throws MigrationException if no changeset has the tag, or one cannot be rolled back; those after it stay rolled
     *     back
     */
    public List<Changeset> rollbackTo(String tag) {
        return run(changelog -> changelog.rollbackTo(tag));
    }

    /**
     * Gives the latest changeset that was applied a tag, such as the name of a release, for {@link #rollbackTo}. A tag
     * that it has already is replaced.
     *
     * @throws MigrationException if the changelog is not {@linkplain #validate() valid}
     */
    public void tag(String tag) {
        run(changelog -> {
            changelog.tag(tag);
            return List.of();
        });
    }

    /**
     * Checks that the changelog can be read and that no changeset was edited after it was applied; changes nothing.
     *
     * @throws MigrationException if the check fails
     */
    public void validate() {
        pending();
    }

    /** Returns what runs the changelog. */
    ChangelogRunner runner() {
        return runner;
    }

    private Migrator with(ChangelogOptions options) {
        return new Migrator(runner.withOptions(options));
    }

    private static Duration wholeSeconds(Duration timeout) {
        return Duration.ofSeconds(timeout.plusNanos(999_999_999).toSeconds());
    }

    private List<Changeset> run(Operation operation) {
        try {
            return operation.on(runner).stream().map(Changeset::of).toList();
        } catch (ChangelogFailure e) {
            throw MigrationException.of(e);
        }
    }

    @FunctionalInterface
    private interface Operation {
        List<ChangelogStep> on(ChangelogRunner runner) throws ChangelogFailure;
    }
}
