package dev.rowan.db.internal.check;

import dev.rowan.db.internal.jdbc.ServerProduct;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a change of a table in the cheapest way that the server accepts, and says which that was: what the server
 * refuses changes nothing. For one statement.
 */
final class Ladder {

    private static final int SYNTAX_ERROR = 1064;

    /** The user lacks the privilege PROCESS. */
    private static final int DENIED = 1227;

    private static final Pattern REASON = Pattern.compile("Reason: (.*?)\\.? Try ");

    private final Statement statement;
    private final TableChange change;

    /** Why the server refused what blocks nobody; null if it did not understand the clauses. */
    private @Nullable SQLException refusal;

    Ladder(Statement statement, TableChange change) {
        this.statement = statement;
        this.change = change;
    }

    /** A verdict, and why. */
    record Outcome(Verdict verdict, String reason) {}

    /** Runs the change. */
    Outcome run() throws SQLException {
        if (change.asksToBlock()) {
            statement.execute(change.sql());
            return new Outcome(Verdict.BLOCKS_WRITES, "because the statement itself asks for it");
        }
        if (!change.asksForInplace() && runs("ALGORITHM=INSTANT")) {
            return new Outcome(Verdict.INSTANT, "");
        }
        var before = tablespaces();
        if (runs("ALGORITHM=INPLACE", "LOCK=NONE")) {
            return online(before, tablespaces());
        }
        var noLock = refusal;
        if (noLock != null && runs("ALGORITHM=INPLACE", "LOCK=SHARED")) {
            return new Outcome(Verdict.BLOCKS_WRITES, "while it builds in place" + reason(noLock));
        }
        statement.execute(change.sql());
        return noLock == null
                ? new Outcome(Verdict.NOT_JUDGED, "it takes no ALGORITHM")
                : new Outcome(Verdict.BLOCKS_WRITES, "while it copies the table" + reason(noLock));
    }

    private static Outcome online(@Nullable Map<String, Long> before, @Nullable Map<String, Long> after) {
        if (before == null || after == null) {
            return new Outcome(Verdict.ONLINE, "whether it rebuilds the table is unknown: this user lacks PROCESS");
        }
        var isRebuilt = before.entrySet().stream()
                .anyMatch(table -> !table.getValue().equals(after.getOrDefault(table.getKey(), table.getValue())));
        return new Outcome(isRebuilt ? Verdict.REBUILD : Verdict.ONLINE, "");
    }

    private boolean runs(String... clauses) {
        for (var sql : change.with(clauses)) {
            try {
                statement.execute(sql);
                return true;
            } catch (SQLException e) {
                if (e.getErrorCode() != SYNTAX_ERROR) {
                    refusal = e;
                    return false;
                }
            }
        }
        return false;
    }

    /** Returns the server's reason, which has no data in it; empty if it gave none. */
    private static String reason(SQLException refusal) {
        var reason = REASON.matcher(String.valueOf(refusal.getMessage()));
        return reason.find() ? ": " + reason.group(1) : "";
    }

    /** Returns the number of each table's file, which is another one after a rebuild; null if that is hidden. */
    private @Nullable Map<String, Long> tablespaces() throws SQLException {
        var connection = statement.getConnection();
        var view = ServerProduct.of(connection).isMariaDb() ? "INNODB_SYS_TABLES" : "INNODB_TABLES";
        try (var other = connection.createStatement();
                var row = other.executeQuery("SELECT NAME, SPACE FROM information_schema." + view
                        + " WHERE NAME LIKE CONCAT(DATABASE(), '/%')")) {
            var spaces = new HashMap<String, Long>();
            while (row.next()) {
                spaces.put(row.getString(1), row.getLong(2));
            }
            return spaces;
        } catch (SQLException e) {
            if (e.getErrorCode() == DENIED) {
                return null;
            }
            throw e;
        }
    }
}
