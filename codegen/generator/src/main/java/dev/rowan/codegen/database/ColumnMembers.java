package dev.rowan.codegen.database;

import dev.rowan.codegen.model.ColumnTraits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.meta.ColumnDefinition;

/** The members of ENUM and SET columns. */
final class ColumnMembers {

    private static final Pattern MEMBER = Pattern.compile("'((?:[^'\\\\]|''|\\\\.)*)'");
    private static final Pattern ESCAPE = Pattern.compile("''|\\\\(.)");

    private static final String TABLE = "rowan_members";

    private ColumnMembers() {}

    /**
     * Returns the members of a column.
     *
     * @param type the column's type, as {@code information_schema} reports it
     */
    static List<String> read(DSLContext dsl, ColumnDefinition column, String type) {
        List<String> members = parse(type);
        // stands for a character beyond the basic plane, which information_schema cannot hold
        return members.stream().anyMatch(member -> member.contains("?"))
                ? readRows(dsl, column, members.size())
                : members;
    }

    static List<String> parse(String type) {
        return MEMBER.matcher(type)
                .results()
                .map(member -> ESCAPE.matcher(member.group(1)).replaceAll(escape -> unescaped(escape.group())))
                .toList();
    }

    private static String unescaped(String escape) {
        return switch (escape) {
            case "\\n" -> "\n";
            case "\\r" -> "\r";
            case "\\0" -> "\0";
            case "\\\\" -> "\\\\\\\\";
            default -> escape.substring(1);
        };
    }

    /** Reads the members as a query does: from rows of a temporary table that contain them by their numbers. */
    private static List<String> readRows(DSLContext dsl, ColumnDefinition column, int count) {
        String values = IntStream.range(0, count)
                .mapToObj(i -> "(%d, %s)".formatted(i, ColumnTraits.isSet(column) ? "1 << " + i : i + 1))
                .collect(Collectors.joining(", "));
        String source = quoted(column.getSchema().getName()) + "."
                + quoted(column.getContainer().getName());
        String create =
                "CREATE TEMPORARY TABLE %s (number INT PRIMARY KEY) SELECT 0 AS number, %s AS member FROM %s WHERE FALSE"
                        .formatted(TABLE, quoted(column.getName()), source);
        return dsl.connectionResult(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false); // a brace in a name is no escape
                statement.execute(create);
                statement.execute("INSERT INTO %s (number, member) VALUES %s".formatted(TABLE, values));
                List<String> members = new ArrayList<>();
                try (ResultSet rows =
                        statement.executeQuery("SELECT member FROM %s ORDER BY number".formatted(TABLE))) {
                    while (rows.next()) {
                        members.add(rows.getString(1));
                    }
                }
                statement.execute("DROP TEMPORARY TABLE " + TABLE);
                return members;
            } catch (SQLException e) {
                throw new IllegalArgumentException(
                        "The members of %s could not be read: %s. Grant the user CREATE TEMPORARY TABLES: only rows show all characters."
                                .formatted(ColumnTraits.displayName(column), e.getMessage()),
                        e);
            }
        });
    }

    private static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
