package dev.rowan.db.internal.migration;

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

/** Translates Liquibase's exceptions into messages for users: the changeset, the reason, and the fix. */
final class LiquibaseExceptionTranslator {

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;

    private LiquibaseExceptionTranslator() {}

    static ChangelogFailure translate(
            Exception failure, String changelog, ChangesetRecorder recorder, Duration lockTimeout) {
        var changeset = recorder.running();
        var what = changeset == null
                ? "The changelog " + changelog + " failed"
                : "The changeset " + changeset.getAuthor() + ":" + changeset.getId() + " in " + changeset.getFilePath()
                        + " failed";
        var sql = find(failure, SQLException.class);
        if (sql != null) {
            var fix = changeset == null
                    ? "Check that the database is reachable and that its user may create tables."
                    : fix(sql, recorder.onMariaDb(), lockTimeout);
            return new ChangelogFailure(what + ": " + oneLine(sql) + " (" + sql.getErrorCode() + "). " + fix, failure);
        }
        return new ChangelogFailure(what + ". " + reasonAndFix(failure), failure);
    }

    /** Returns the failure of a migration that waited for another one in vain. */
    static ChangelogFailure lockHeld(DatabaseChangeLogLock[] locks, Duration lockTimeout) {
        var holders = Stream.of(locks)
                .map(lock -> lock.getLockedBy() + ", since "
                        + LocalDateTime.ofInstant(lock.getLockGranted().toInstant(), ZoneId.systemDefault())
                                .truncatedTo(ChronoUnit.SECONDS)
                        + " by the server's clock")
                .toList();
        return new ChangelogFailure(
                "Another migration of this database did not end within " + lockTimeout.toSeconds()
                        + " s. It runs on " + String.join("; ", holders)
                        + ". Run this migration again when the other one has ended. If its process is gone, release the"
                        + " lock first: UPDATE DATABASECHANGELOGLOCK SET LOCKED = 0, LOCKGRANTED = NULL,"
                        + " LOCKEDBY = NULL",
                null);
    }

    private static String fix(SQLException failure, boolean onMariaDb, Duration lockTimeout) {
        return switch (failure.getErrorCode()) {
            case LOCK_WAIT_TIMEOUT ->
                "Another transaction has used the table for longer than " + lockTimeout.toSeconds()
                        + " s, and a longer wait would block every session that needs the table. End that transaction"
                        + " (SHOW PROCESSLIST finds it) and run the migration again, or set a longer lock timeout.";
            case DEADLOCK -> "Run the migration again.";
            default ->
                "Fix the changeset and run the migration again. The server commits each DDL statement when it ends:"
                        + " undo by hand the statements of this changeset that ran before the failure."
                        + (onMariaDb
                                ? " If the changeset is correct for MySQL, MariaDB cannot run it: use MySQL, in Docker"
                                        + " (-Drowan.server=docker) or by its URL (-Drowan.server=jdbc:mysql://…)."
                                : "");
        };
    }

    /** Explains a failure that the server did not report. */
    private static String reasonAndFix(Exception failure) {
        if (find(failure, RollbackFailedException.class) != null) {
            return "It defines no rollback. Add one after its last line: --rollback DROP TABLE …;";
        }
        if (failure instanceof InterruptedException) {
            return "The thread was interrupted while it waited for another migration to end.";
        }
        var invalid = find(failure, ValidationFailedException.class);
        if (invalid != null && !invalid.getInvalidMD5Sums().isEmpty()) {
            return "Changesets were edited after they were applied to this database: "
                    + String.join("; ", invalid.getInvalidMD5Sums())
                    + ". Revert the edit, and write the change as a new changeset.";
        }
        return oneLine(failure)
                + " Check that the changelog and every file that it includes are on the class path under"
                + " these names.";
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
