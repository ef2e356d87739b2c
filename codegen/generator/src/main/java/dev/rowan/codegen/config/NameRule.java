package dev.rowan.codegen.config;

import javax.lang.model.SourceVersion;

/**
 * A name in Java: {@code users = Person}, {@code users.e_mail = email}, {@code orders.fk_orders_user = customer}, or
 * {@code wp_* = *} to drop a prefix from the names of tables.
 *
 * @param what a table, {@code table.column}, {@code table.constraint}, or a prefix and {@code *}
 * @param name a Java identifier; {@code *} if a prefix is dropped
 */
public record NameRule(RuleLine line, String what, String name) {

    private static final String REST = "*";

    static NameRule of(RuleLine line) {
        String what = line.what();
        String name = line.value();
        if (name.equals(REST)) {
            if (what.length() < 2 || what.indexOf(REST) != what.length() - 1) {
                throw line.malformed("\"" + what + "\" is not a prefix, as wp_*");
            }
        } else if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
            throw line.malformed("\"" + name + "\" is not a Java identifier");
        }
        return new NameRule(line, what, name);
    }

    /** Returns whether the rule drops a prefix from the names of tables. */
    public boolean dropsPrefix() {
        return name.equals(REST);
    }

    /** Returns the prefix that the rule {@linkplain #dropsPrefix drops}. */
    public String prefix() {
        return what.substring(0, what.length() - REST.length());
    }
}
