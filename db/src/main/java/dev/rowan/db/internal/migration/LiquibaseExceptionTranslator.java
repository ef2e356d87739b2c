package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.sql.SqlScanner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.RollbackFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Translates Liquibase's exceptions into messages for users: the changeset, the line and the statement, the reason, and
 * the fix. Neither a message nor its cause contains data of the database.
 */
final class LiquibaseExceptionTranslator {

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final int NO_COLUMN_FOR_KEY = 1072;

    /**
     * What MySQL reports as MariaDB does, because the changeset does not suit the schema: a table, a column or a key is
     * missing, or is there already.
     */
    private static final Set<Integer> FOR_MYSQL_TOO =
            Set.of(1050, 1051, 1060, 1061, 1068, NO_COLUMN_FOR_KEY, 1091, 1146);

    private static final Pattern FAILED_SQL =
            Pattern.compile("\\[Failed SQL: (?:\\(\\d+\\) )?(?<sql>.*)]$", Pattern.DOTALL);

    /** How Liquibase says that a file is missing; what follows is advice about a setting that Rowan does not have. */
    private static final Pattern NOT_FOUND =
            Pattern.compile("The file (\\S+) was not found in the configured search path:.*", Pattern.DOTALL);

    /** What Liquibase puts before a message again and again. */
    private static final Pattern PREFIXES =
            Pattern.compile("^(?:Error parsing \\S+ ?: |[\\w.]+(?:Exception|Error): )+");

    private final String changelog;
    private final Duration lockTimeout;

    LiquibaseExceptionTranslator(String changelog, Duration lockTimeout) {
        this.changelog = changelog;
        this.lockTimeout = lockTimeout;
    }

    /** Returns the failure of an operation that no changeset was part of. */
    ChangelogFailure translate(Exception failure) {
        var sql = find(failure, SQLException.class);
        if (sql != null) {
            return new ChangelogFailure(
                    "The changelog " + changelog + " failed: " + oneLine(String.valueOf(sql.getMessage())) + " ("
                            + sql.getErrorCode()
                            + "). Check that the database is reachable and that its user may create tables.",
                    failure);
        }
        return new ChangelogFailure("The changelog " + changelog + " failed. " + reasonAndFix(failure), failure);
    }

    /** Returns the failure of an operation; the recorder knows the changeset that was running, if one was. */
    ChangelogFailure translate(Exception failure, ChangesetRecorder recorder, ServerProduct product) {
        var changeset = recorder.running();
        if (changeset == null) {
            return translate(failure);
        }
        var sql = find(failure, SQLException.class);
        if (sql == null) {
            var what = "The changeset " + ChangesetText.name(changeset) + " failed. ";
            return isPrecondition(failure)
                    ? new ChangelogFailure(what + "A precondition is not met.", null) // the cause says what it has read
                    : new ChangelogFailure(what + reasonAndFix(failure), failure);
        }
        var cutOff = recorder.isCutOff()
                ? " The migration before this one was cut off while it ran this changeset: first undo by hand the statements"
                        + " of it that ran then."
                : "";
        var statement = failedSql(failure);
        var partlyApplied = product.standsInForMysql()
                ? "" // such a database is not kept
                : recorder.statements().hint(statement, sql.getErrorCode() != ServerText.SYNTAX_ERROR);
        return statementFailure(
                sql,
                statement,
                changeset,
                place(failure, changeset, recorder),
                fix(sql, product) + partlyApplied + cutOff);
    }

    private ChangelogFailure statementFailure(
            SQLException sql, String statement, ChangeSet changeset, Optional<ChangesetText.Place> place, String fix) {
        var text = new ServerText(sql, statement);
        var message = new StringBuilder("The changeset ").append(ChangesetText.name(changeset));
        place.flatMap(start -> start.below(text.line() - 1).within(changeset))
                .ifPresent(where -> message.append(", ").append(where).append(','));
        message.append(" failed: ").append(text.withoutValues());
        message.append(" (").append(sql.getErrorCode()).append(")");
        if (!statement.isBlank()) {
            message.append(" in ").append(SqlScanner.excerpt(statement));
        }
        var isCutOff = message.charAt(message.length() - 1) == '…';
        message.append(isCutOff ? " " : ". ").append(fix);
        // the driver's own exception repeats the server's text, and so does each of Liquibase's
        var cause = new SQLException(text.withoutValues(), sql.getSQLState(), sql.getErrorCode());
        cause.setStackTrace(sql.getStackTrace());
        return new ChangelogFailure(message.toString(), cause);
    }

    private String fix(SQLException failure, ServerProduct product) {
        return switch (failure.getErrorCode()) {
            case LOCK_WAIT_TIMEOUT ->
                "Another transaction has used the table for longer than " + lockTimeout.toSeconds()
                        + " s, and a longer wait would block every session that needs the table. End that transaction"
                        + " (SHOW PROCESSLIST finds it) and run the migration again, or set a longer lock timeout.";
            case DEADLOCK -> "Run the migration again.";
            default ->
                (failure.getErrorCode() == NO_COLUMN_FOR_KEY
                                ? "A key names a column that its table does not have: correct the name, or define the"
                                        + " column, and run the migration again."
                                : "Fix the changeset and run the migration again.")
                        + (product.isMariaDb()
                                        && !isAboutData(failure)
                                        && !FOR_MYSQL_TOO.contains(failure.getErrorCode())
                                ? " If the changeset is correct for MySQL, MariaDB cannot run it: use MySQL, in Docker"
                                        + " (-Drowan.server=docker) or by its URL (-Drowan.server=jdbc:mysql://…)."
                                : "");
        };
    }

    private static boolean isAboutData(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.equals(ServerText.RAISED_STATE);
    }

    /** Returns where the failed statement stands; empty if that is unknown. */
    private static Optional<ChangesetText.Place> place(
            Exception failure, ChangeSet changeset, ChangesetRecorder recorder) {
        var change = recorder.change();
        if (change == null) {
            return Optional.empty();
        }
        return ChangesetText.of(changeset, change).flatMap(text -> text.find(failedSql(failure)));
    }

    /** Returns the statement that failed; empty if Liquibase does not say. */
    private static String failedSql(Exception failure) {
        return causes(failure)
                .map(cause -> FAILED_SQL.matcher(String.valueOf(cause.getMessage())))
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group("sql"))
                .reduce((outer, inner) -> inner)
                .orElse("");
    }

    private static boolean isPrecondition(Exception failure) {
        return find(failure, PreconditionFailedException.class) != null
                || find(failure, PreconditionErrorException.class) != null;
    }

    /** Explains a failure that the server did not report. */
    private static String reasonAndFix(Exception failure) {
        if (find(failure, RollbackFailedException.class) != null) {
            return "It defines no rollback. Add one after its last line: --rollback DROP TABLE …;";
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return "The thread was interrupted while it waited for another migration to end.";
        }
        return sentence(failure);
    }

    /** Returns the message of a failure that has no data of the database, in one line. */
    static String sentence(Throwable failure) {
        return sentence(String.valueOf(failure.getMessage()));
    }

    /** Returns a message of Liquibase in one line, with a full stop. */
    static String sentence(String message) {
        var line = oneLine(message);
        return line.endsWith(".") ? line : line + ".";
    }

    private static String oneLine(String text) {
        var missing = NOT_FOUND.matcher(text);
        var known = missing.find() ? missing.replaceFirst("There is no $1 on the class path.") : text;
        return PREFIXES.matcher(known.strip()).replaceFirst("").replaceAll("\\s+", " ");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        return causes(failure)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }
}
