package dev.rowan.db;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Brings a database to the state that a Liquibase changelog describes.
 *
 * <pre>{@code
 * Migrator.of(dataSource, "rowan/changelog/master.yaml").update();
 * }</pre>
 *
 * <p>It waits for locks for {@linkplain #withLockTimeout five seconds} only, so that a migration that cannot have a table
 * does not hold up all who want it after. It says nothing, to the console or to anybody's server.
 *
 * <p>Immutable and thread-safe: within one JVM migrations run one after the other, and processes that migrate the same
 * database take turns.
 */
public final class Migrator {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final String changelog;
    private final ClassLoader classLoader;
    private final Duration lockTimeout;

    private Migrator(DataSource dataSource, String changelog, ClassLoader classLoader, Duration lockTimeout) {
        this.dataSource = dataSource;
        this.changelog = changelog;
        this.classLoader = classLoader;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Returns a migrator for this changelog, which the thread's context class loader finds.
     *
     * @param dataSource the database to migrate; its connections are given back as they came
     * @param changelog its class-path name, such as {@code rowan/changelog/master.yaml}
     */
    public static Migrator of(DataSource dataSource, String changelog) {
        var context = Thread.currentThread().getContextClassLoader();
        return of(dataSource, changelog, context == null ? Migrator.class.getClassLoader() : context);
    }

    /**
     * Returns a migrator for this changelog, which the thread's context class loader finds.
     *
     * @param url a {@code jdbc:mysql://} URL that names the database to migrate
     * @param changelog its class-path name, such as {@code rowan/changelog/master.yaml}
     */
    public static Migrator of(String url, String user, String password, String changelog) {
        return of(PlainConnections.to(url, user, password), changelog);
    }

    /** Returns a migrator for this changelog, which the class loader finds. */
    public static Migrator of(DataSource dataSource, String changelog, ClassLoader classLoader) {
        return new Migrator(dataSource, changelog, classLoader, LOCK_TIMEOUT);
    }

    /**
     * Returns a migrator that waits this long for a table, a row, or another migration of the same database to end. The
     * server counts in seconds, so it is rounded up to the next; the default is 5 seconds.
     *
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public Migrator withLockTimeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("A lock timeout is longer than zero, this is " + timeout);
        }
        return new Migrator(dataSource, changelog, classLoader, wholeSeconds(timeout));
    }

    /**
     * Applies what is pending and returns it, in order. If nothing is, it neither writes nor waits.
     *
     * @throws MigrationException if a changeset fails; those before it stay applied
     */
    public List<Changeset> update() {
        return run(MigrationRun::update);
    }

    /**
     * Returns what {@link #update()} would apply, in order, and changes nothing.
     *
     * @throws MigrationException if the changelog is not {@linkplain #validate() valid}
     */
    public List<Changeset> pending() {
        return run(MigrationRun::pending);
    }

    /**
     * Undoes the latest changesets, at most this many, and returns them, latest first.
     *
     * @throws MigrationException if one cannot be undone; those after it stay undone
     */
    public List<Changeset> rollback(int count) {
        return run(run -> run.rollback(count));
    }

    /**
     * Undoes every changeset and returns them, latest first.
     *
     * @throws MigrationException if one cannot be undone; those after it stay undone
     */
    public List<Changeset> rollbackAll() {
        return rollback(Integer.MAX_VALUE);
    }

    /**
     * Checks that the changelog can be read and that no changeset was edited after it was applied; changes nothing.
     *
     * @throws MigrationException if it cannot, or one was
     */
    public void validate() {
        pending();
    }

    private static Duration wholeSeconds(Duration timeout) {
        return Duration.ofSeconds(timeout.plusNanos(999_999_999).toSeconds());
    }

    private List<Changeset> run(MigrationRun.Work work) {
        return MigrationRun.of(dataSource, changelog, classLoader, lockTimeout, work);
    }
}
