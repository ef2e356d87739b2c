package dev.rowan.db;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import liquibase.exception.RollbackFailedException;
import liquibase.exception.ValidationFailedException;
import liquibase.lockservice.DatabaseChangeLogLock;
import org.jspecify.annotations.Nullable;

/** What went wrong in a run of Liquibase, in words for people: which changeset, why, and what to do. */
final class MigrationFailure {

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;

    private MigrationFailure() {}

    static MigrationException describe(
            Exception failure, String changelog, ChangesetTimer timer, Duration lockTimeout) {
        if (failure instanceof MigrationException described) {
            return described;
        }
        var changeset = timer.current();
        var what = changeset == null
                ? "The changelog " + changelog + " failed"
                : "The changeset " + changeset.getAuthor() + ":" + changeset.getId() + " in " + changeset.getFilePath()
                        + " failed";
        var sql = find(failure, SQLException.class);
        if (sql != null) {
            var mend = changeset == null
                    ? "Can the database be reached, and may its user create tables?"
                    : mend(sql, timer.onMariaDb(), lockTimeout);
            return new MigrationException(
                    what + ": " + oneLine(sql) + " (" + sql.getErrorCode() + "). " + mend, failure);
        }
        return new MigrationException(what + ". " + withoutServer(failure), failure);
    }

    static MigrationException heldBy(DatabaseChangeLogLock[] locks, Duration lockTimeout) {
        var holders = Stream.of(locks)
                .map(lock -> lock.getLockedBy() + ", since "
                        + LocalDateTime.ofInstant(lock.getLockGranted().toInstant(), ZoneId.systemDefault())
                                .truncatedTo(ChronoUnit.SECONDS)
                        + " by the server's clock")
                .toList();
        return new MigrationException(
                "Another migration of this database did not end within " + lockTimeout.toSeconds()
                        + " s. It runs on "
                        + String.join("; ", holders) + ". Run this again when it is done. If its process is gone, free"
                        + " the lock first: UPDATE DATABASECHANGELOGLOCK SET LOCKED = 0, LOCKGRANTED = NULL,"
                        + " LOCKEDBY = NULL",
                null);
    }

    private static String mend(SQLException failure, boolean onMariaDb, Duration lockTimeout) {
        return switch (failure.getErrorCode()) {
            case LOCK_WAIT_TIMEOUT ->
                "Another transaction has used the table for longer than " + lockTimeout.toSeconds()
                        + " s; a longer wait would have held up everybody behind it. End that transaction (SHOW"
                        + " PROCESSLIST finds it) and run the migration again, or set a longer lock timeout.";
            case DEADLOCK -> "Run the migration again.";
            default ->
                "Mend the changeset and run the migration again. Each statement that defines a table was committed as"
                        + " it ended: undo by hand those of this changeset that came before."
                        + (onMariaDb
                                ? " If it is right for MySQL, MariaDB cannot run it: take a MySQL, by Docker"
                                        + " (-Drowan.server=docker) or by URL (-Drowan.server=jdbc:mysql://…)."
                                : "");
        };
    }

    private static String withoutServer(Exception failure) {
        if (find(failure, RollbackFailedException.class) != null) {
            return "Nothing says how to undo it. Give it its rollback, after its last line: --rollback DROP TABLE …;";
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return "Its thread was interrupted while it waited for another migration to end.";
        }
        var invalid = find(failure, ValidationFailedException.class);
        if (invalid != null && !invalid.getInvalidMD5Sums().isEmpty()) {
            return "Changesets were edited after they were applied to this database: "
                    + String.join("; ", invalid.getInvalidMD5Sums())
                    + ". Take the edit back, and write the change as a changeset of its own.";
        }
        return oneLine(failure) + " Is it on the class path under that name, and every file that it includes?";
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }
}
