package dev.rowan.db;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Brings a database to the state that a Liquibase changelog describes.
 *
 * <p>Silent, without telemetry. Immutable and thread-safe; two processes that migrate one database take turns.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
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
     * @param changelog its class-path name, such as {@code rowan/changelog/master.yaml}
     */
    public static Migrator of(DataSource dataSource, String changelog) {
        return of(dataSource, changelog, Thread.currentThread().getContextClassLoader());
    }

    /** Returns a migrator for this changelog, which the class loader finds. */
    public static Migrator of(DataSource dataSource, String changelog, ClassLoader classLoader) {
        return new Migrator(dataSource, changelog, classLoader, LOCK_TIMEOUT);
    }

    /** Returns a migrator that waits this long, in whole seconds, for a lock; the default is 5 seconds. */
    public Migrator withLockTimeout(Duration timeout) {
        return new Migrator(dataSource, changelog, classLoader, timeout);
    }

    /**
     * Applies what is pending and returns it, in order; a second call changes nothing.
     *
     * @throws MigrationException if a changeset fails; those before it stay applied
     */
    public List<Changeset> update() {
        throw new UnsupportedOperationException();
    }

    /** Returns what {@link #update()} would apply, in order, without changing anything. */
    public List<Changeset> pending() {
        throw new UnsupportedOperationException();
    }

    /** Undoes the latest changesets, at most this many, and returns them, latest first. */
    public List<Changeset> rollback(int count) {
        throw new UnsupportedOperationException();
    }

    /** Undoes every changeset and returns them, latest first. */
    public List<Changeset> rollbackAll() {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks that the changelog can be read and that no changeset was edited after it was applied.
     *
     * @throws MigrationException if it cannot, or one was
     */
    public void validate() {
        throw new UnsupportedOperationException();
    }
}
