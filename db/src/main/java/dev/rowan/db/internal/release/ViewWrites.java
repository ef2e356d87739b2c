package dev.rowan.db.internal.release;

import dev.rowan.db.internal.release.ReleasedColumn.Trait;
import dev.rowan.db.internal.release.ReleasedTable.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has the server say whether it would write to the views in place of a release's tables, by statements on no row. */
final class ViewWrites {

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
                    // it names the view and columns, and has no data
                    return String.valueOf(e.getMessage()).replace(connection.getCatalog() + ".", "") + " ("
                            + e.getErrorCode() + ")";
                }
            }
        }
        return null;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
