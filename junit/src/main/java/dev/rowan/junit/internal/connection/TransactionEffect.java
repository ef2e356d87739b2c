package dev.rowan.junit.internal.connection;

import java.util.regex.Pattern;

/** The effect of a statement on the transaction that it runs in, as far as its text shows it. */
enum TransactionEffect {
    BEGIN("START\\s+TRANSACTION\\b.*|BEGIN(\\s+WORK)?"),
    COMMIT("COMMIT(\\s+WORK)?"),
    ROLLBACK("ROLLBACK(\\s+WORK)?"),
    SAVEPOINT("(RELEASE\\s+)?SAVEPOINT\\b.*|ROLLBACK(\\s+WORK)?\\s+TO\\b.*"),
    AUTOCOMMIT_ON(autoCommit("1|ON|TRUE")),
    AUTOCOMMIT_OFF(autoCommit("0|OFF|FALSE")),

    /** Sets the isolation level or access mode of the next transaction. */
    SET_TRANSACTION("SET\\s+TRANSACTION\\b.*"),

    /** Ends the transaction in a form that savepoints cannot emulate: an implicit commit, or COMMIT AND CHAIN. */
    UNEMULATED_END("(ALTER|RENAME|TRUNCATE|GRANT|REVOKE|LOCK|COMMIT|ROLLBACK)\\b.*"
            + "|CREATE\\b(?!\\s+(OR\\s+REPLACE\\s+)?TEMPORARY\\b).*|DROP\\b(?!\\s+TEMPORARY\\b).*"),

    /** Neither begins nor ends a transaction. */
    NONE(".*");

    /** White space and comments, except the comments that the server executes. */
    private static final Pattern LEADING =
            Pattern.compile("^(\\s++|/\\*(?!M?!).*?\\*/|(--\\s|#)[^\\n]*+)*+", Pattern.DOTALL);

    private static final Pattern TRAILING = Pattern.compile("[\\s;]++$");

    private final Pattern pattern;

    TransactionEffect(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    static TransactionEffect of(String sql) {
        var bare = TRAILING.matcher(LEADING.matcher(sql).replaceFirst("")).replaceFirst("");
        for (var effect : values()) {
            if (effect.pattern.matcher(bare).matches()) {
                return effect;
            }
        }
        throw new AssertionError(sql);
    }

    /** Returns whether the statement controls transactions only, and neither reads nor writes data. */
    boolean isControlOnly() {
        return this != UNEMULATED_END && this != NONE;
    }

    private static String autoCommit(String value) {
        return "SET\\s+(SESSION\\s+|LOCAL\\s+|@@(SESSION\\.|LOCAL\\.)?)?AUTOCOMMIT\\s*:?=\\s*(" + value + ")";
    }
}
