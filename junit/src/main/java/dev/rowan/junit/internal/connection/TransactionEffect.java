package dev.rowan.junit;

import java.util.regex.Pattern;

/** What a statement's text does to the transaction that it runs in. */
enum Command {
    BEGIN("START\\s+TRANSACTION\\b.*|BEGIN(\\s+WORK)?"),
    COMMIT("COMMIT(\\s+WORK)?"),
    ROLLBACK("ROLLBACK(\\s+WORK)?"),
    SAVEPOINT("(RELEASE\\s+)?SAVEPOINT\\b.*|ROLLBACK(\\s+WORK)?\\s+TO\\b.*"),
    AUTOCOMMIT_ON(autoCommit("1|ON|TRUE")),
    AUTOCOMMIT_OFF(autoCommit("0|OFF|FALSE")),

    /** Describes the transaction that comes next. */
    DESCRIBE("SET\\s+TRANSACTION\\b.*"),

    /** Ends the transaction, by the way or in a manner that savepoints have not. */
    END("(ALTER|RENAME|TRUNCATE|GRANT|REVOKE|LOCK|COMMIT|ROLLBACK)\\b.*"
            + "|CREATE\\b(?!\\s+(OR\\s+REPLACE\\s+)?TEMPORARY\\b).*|DROP\\b(?!\\s+TEMPORARY\\b).*"),

    /** Does nothing to it. */
    WORK(".*");

    /** Blanks and comments; but not the comments that the server runs. */
    private static final Pattern LEADING =
            Pattern.compile("^(\\s++|/\\*(?!M?!).*?\\*/|(--\\s|#)[^\\n]*+)*+", Pattern.DOTALL);

    private static final Pattern TRAILING = Pattern.compile("[\\s;]++$");

    private final Pattern pattern;

    Command(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    static Command of(String text) {
        var bare = TRAILING.matcher(LEADING.matcher(text).replaceFirst("")).replaceFirst("");
        for (var command : values()) {
            if (command.pattern.matcher(bare).matches()) {
                return command;
            }
        }
        throw new AssertionError(text);
    }

    /** Says whether this only begins or ends transactions, and neither reads nor writes. */
    boolean controls() {
        return this != END && this != WORK;
    }

    private static String autoCommit(String value) {
        return "SET\\s+(SESSION\\s+|LOCAL\\s+|@@(SESSION\\.|LOCAL\\.)?)?AUTOCOMMIT\\s*:?=\\s*(" + value + ")";
    }
}
