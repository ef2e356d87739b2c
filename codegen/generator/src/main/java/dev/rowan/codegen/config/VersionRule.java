package dev.rowan.codegen.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version column of tables: {@code orders = revision}, or {@code orders = none}.
 *
 * @param tables matches the names of tables, in any case
 * @param column the name of the column; null for none
 */
public record VersionRule(
        RuleLine line, Pattern tables, @Nullable String column) {

    static VersionRule of(RuleLine line) {
        return new VersionRule(
                line, RegularExpression.ofLine(line), line.value().equals(Rules.NONE) ? null : line.value());
    }

    /** Returns whether the rule is about a table. */
    public boolean matches(String table) {
        return tables.matcher(table).matches();
    }
}
