package dev.rowan.db.internal.release;

import dev.rowan.db.internal.release.ReleasedColumn.Trait;
import dev.rowan.db.internal.release.ReleasedTable.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has the server say whether it would write to the views in place of a release's tables. */
final class ViewWrites {

    /** A column that the view lacks must have a value. */
    private static final int NO_DEFAULT = 1423;

    private final Connection connection;

    ViewWrites(Connection connection) {
        this.connection = connection;
    }

    /** Returns what the server refuses of a release's writes. */
    List<Break> refused(ReleasedSchema release, ReleasedSchema later) throws SQLException {
        var breaks = new ArrayList<Break>();
        for (var name : release.replacedByViews(later)) {
            var view = Objects.requireNonNull(later.table(name));
            var columns = Objects.requireNonNull(release.tables().get(name)).columns().stream()
                    .filter(column -> !column.is(Trait.GENERATED) && view.column(column.name()) != null)
                    .map(column -> quoted(column.name()))
                    .toList();
            var refusal = view.kind() == Kind.VIEW && !columns.isEmpty() ? refusal(quoted(view.name()), columns) : null;
            if (refusal != null) {
                breaks.add(new Break(
                        false,
                        name + " is a view to which the server does not write all that the release writes: " + refusal,
                        "Such an insert, update or delete of the release fails.",
                        "Make it a view that selects the columns of one table as they are; release classes that do not"
                                + " write to it; change the view in a changeset after that release."));
            }
        }
        return breaks;
    }

    /** Returns what the server says; null if it would write. */
    private @Nullable String refusal(String view, List<String> columns) throws SQLException {
        var list = String.join(", ", columns);
        var same = columns.stream().map(column -> column + " = " + column).collect(Collectors.joining(", "));
        var writes = List.of(
                "INSERT INTO " + view + " (" + list + ") SELECT " + list + " FROM " + view + " WHERE FALSE",
                "UPDATE " + view + " SET " + same + " WHERE FALSE",
                "DELETE FROM " + view + " WHERE FALSE");
        try (var statement = connection.createStatement()) {
            for (var write : writes) {
                try {
                    statement.execute(write);
                } catch (SQLException e) {
                    return words(e.getMessage(), e.getErrorCode());
                }
            }
            return missingDefault(
                    statement,
                    "INSERT IGNORE INTO " + view + " (" + list + ") SELECT " + "NULL"
                            + ", NULL".repeat(columns.size() - 1));
        }
    }

    /** Returns the server's warning of a column without a value; MySQL looks for such only when it inserts a row. */
    private @Nullable String missingDefault(Statement statement, String insert) throws SQLException {
        statement.execute("START TRANSACTION");
        try {
            statement.execute(insert);
            try (var warning = statement.executeQuery("SHOW WARNINGS")) {
                while (warning.next()) {
                    if (warning.getInt(2) == NO_DEFAULT) {
                        return words(warning.getString(3), NO_DEFAULT);
                    }
                }
            }
            return null;
        } catch (SQLException e) {
            return null; // it minds the values, which are none of the release's
        } finally {
            statement.execute("ROLLBACK");
        }
    }

    /** Returns a message of the server. It names the view and columns, and has no data. */
    private String words(@Nullable String message, int code) throws SQLException {
        return String.valueOf(message).replace(connection.getCatalog() + ".", "") + " (" + code + ")";
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
