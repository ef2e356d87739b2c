package dev.rowan.db.internal.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.StandardLockService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the migrations of one database apart. Liquibase's lock is a row, which stays when the process that wrote it is
 * killed. So a migration takes a named lock of its session first, which the server releases when the session ends:
 * whoever has the named lock, and finds the row locked by Rowan, knows that its holder is gone, and goes on.
 *
 * <p>While it runs, the row says which changeset is running. Not thread-safe.
 */
final class MigrationLock {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);

    private static final Duration POLL = Duration.ofMillis(200);

    /** Names of locks have at most 64 characters. */
    private static final String NAME = "CONCAT('rowan:', SHA2(DATABASE(), 224))";

    /** Stands after what Liquibase wrote of the host, and before the name of the changeset. */
    private static final String BY_ROWAN = ", Rowan";

    private static final int LENGTH = 255;

    /** Who has locked the row, since when by the server's clock, and which changeset it runs, if Rowan wrote it. */
    private record Holder(String host, LocalDateTime since, boolean isRowan, Optional<String> changeset) {

        static Holder of(String lockedBy, Timestamp granted) {
            var since = granted.toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
            var mark = lockedBy.indexOf(BY_ROWAN);
            if (mark < 0) {
                return new Holder(lockedBy, since, false, Optional.empty());
            }
            var changeset = lockedBy.substring(mark + BY_ROWAN.length());
            return new Holder(
                    lockedBy.substring(0, mark),
                    since,
                    true,
                    changeset.isEmpty() ? Optional.empty() : Optional.of(changeset.substring(": ".length())));
        }

        @Override
        public String toString() {
            return host + ", since " + since + " by the server's clock"
                    + changeset.map(name -> ", running the changeset " + name).orElse("");
        }
    }

    private final Connection connection;
    private final StandardLockService row = new StandardLockService();
    private final Duration timeout;
    private @Nullable String cutOff;

    private MigrationLock(Database database, Duration timeout) {
        this.connection = ((JdbcConnection) database.getConnection()).getUnderlyingConnection();
        this.timeout = timeout;
        row.setDatabase(database);
    }

    /**
     * Waits until no other process migrates this database.
     *
     * @throws ChangelogFailure if that takes longer than the timeout
     */
    static MigrationLock acquire(Database database, Duration timeout)
            throws LiquibaseException, SQLException, ChangelogFailure, InterruptedException {
        var lock = new MigrationLock(database, timeout);
        var deadline = System.nanoTime() + timeout.toNanos();
        if (lock.select("GET_LOCK(" + NAME + ", " + timeout.toSeconds() + ")") != 1) {
            throw lock.isRunning();
        }
        var acquired = false;
        try {
            lock.acquireRow(deadline);
            acquired = true;
        } finally {
            if (!acquired) {
                lock.releaseName();
            }
        }
        return lock;
    }

    private void acquireRow(long deadline)
            throws LiquibaseException, SQLException, ChangelogFailure, InterruptedException {
        while (!row.acquireLock()) {
            var holder = holder();
            if (holder.isPresent() && holder.get().isRowan()) {
                LOG.warn(
                        "The migration that ran on {} ended without releasing its lock. This migration goes on from"
                                + " there.",
                        holder.get());
                cutOff = holder.get().changeset().orElse(null);
                row.forceReleaseLock();
            } else if (System.nanoTime() >= deadline) {
                throw isLocked(holder);
            } else {
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        }
        mark(BY_ROWAN);
    }

    /** Returns the name of the changeset that was running when the migration before this one was killed, if one was. */
    Optional<String> cutOff() {
        return Optional.ofNullable(cutOff);
    }

    /** Notes which changeset runs next. */
    void running(ChangeSet changeset) {
        try {
            mark(BY_ROWAN + ": " + ChangesetText.name(changeset));
        } catch (SQLException e) {
            LOG.debug("The lock does not say which changeset is running", e); // if the connection is lost, it fails too
        }
    }

    /** Lets the next migration begin. */
    void release() throws LiquibaseException, SQLException {
        try {
            row.releaseLock();
        } finally {
            releaseName();
        }
    }

    private void releaseName() throws SQLException {
        select("RELEASE_LOCK(" + NAME + ")");
    }

    private long select(String expression) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT " + expression)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Writes what follows the host in the row of the lock. */
    private void mark(String text) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE DATABASECHANGELOGLOCK SET LOCKEDBY ="
                + " LEFT(CONCAT(SUBSTRING_INDEX(LOCKEDBY, ?, 1), ?), ?) WHERE ID = 1")) {
            statement.setString(1, BY_ROWAN);
            statement.setString(2, text);
            statement.setInt(3, LENGTH);
            statement.executeUpdate();
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private Optional<Holder> holder() throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT LOCKEDBY, LOCKGRANTED FROM DATABASECHANGELOGLOCK WHERE ID = 1 AND LOCKED")) {
            return result.next()
                    ? Optional.of(Holder.of(result.getString(1), result.getTimestamp(2)))
                    : Optional.empty();
        }
    }

    /** Returns the failure of a migration that waited in vain for one that is running. */
    private ChangelogFailure isRunning() throws SQLException {
        return new ChangelogFailure(
                waited() + holder().map(holder -> " It runs on " + holder + ".").orElse("")
                        + " Run this migration again when it has ended.",
                null);
    }

    /** Returns the failure of a migration that waited in vain for the lock of a process that is not Rowan's. */
    private ChangelogFailure isLocked(Optional<Holder> holder) {
        return new ChangelogFailure(
                waited() + " It runs on "
                        + holder.map(Holder::toString).orElse("an unknown host")
                        + ". Run this migration again when it has ended. If its process is gone, release the lock first:"
                        + " UPDATE DATABASECHANGELOGLOCK SET LOCKED = 0, LOCKGRANTED = NULL, LOCKEDBY = NULL",
                null);
    }

    private String waited() {
        return "Another migration of this database did not end within " + timeout.toSeconds() + " s.";
    }
}
