package dev.rowan.codegen.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The key of a view, or of a table without a primary key: {@code order_totals = order_id}.
 *
 * @param tables matches the names of views and tables, in any case
 * @param columns the columns that identify a row
 */
public record KeyRule(RuleLine line, Pattern tables, List<String> columns) {

    static KeyRule of(RuleLine line) {
        List<String> columns =
                Stream.of(line.value().split(",", -1)).map(String::strip).toList();
        if (columns.contains("")) {
            throw line.malformed("a name is missing between commas");
        }
        return new KeyRule(line, RegularExpression.ofLine(line), columns);
    }

    /** Returns whether the rule is about a table or view. */
    public boolean matches(String table) {
        return tables.matcher(table).matches();
    }
}
