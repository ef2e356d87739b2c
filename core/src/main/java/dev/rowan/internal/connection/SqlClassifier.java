package dev.rowan.internal.connection;

import java.util.regex.Pattern;

/** Classifies SQL that the caller wrote, by its first words. */
public final class SqlClassifier {

    /** A comment that the server does not execute. */
    private static final String COMMENT = "/\\*(?!M?!)(?:[^*]|\\*(?!/))*+\\*/";

    /** White space, comments, parentheses, and the beginning of a comment that the server executes. */
    private static final String LEADING = "(?:\\s++|\\(|/\\*M?!\\d*+|" + COMMENT + "|--\\s[^\\n]*+|#[^\\n]*+)*+";

    /** The statements before which MySQL or MariaDB commits, and those that control the transaction. */
    private static final Pattern ENDS_TRANSACTION = Pattern.compile(
            LEADING
                    + "(?:(?:commit|begin|start|xa|lock|unlock|truncate|rename|alter|grant|revoke|install|uninstall"
                    + "|flush|optimize|repair|reset|change|stop|shutdown|restart|clone|import)\\b"
                    + "|create\\b(?!\\s+(?:or\\s+replace\\s+)?temporary\\b)|drop\\b(?!\\s+temporary\\b)"
                    + "|rollback\\b(?!\\s+(?:work\\s+)?to\\b)"
                    + "|(?:analyze|check|cache|load)\\s+(?:no_write_to_binlog\\s+|local\\s+)?(?:table|view|index)\\b"
                    + "|set\\b(?:\\s+password\\b|(?s:.*)\\bautocommit\\b))",
            Pattern.CASE_INSENSITIVE);

    /** The first words of statements that only read. */
    private static final String READING = "select|show|describe|desc|explain|values|table";

    private static final Pattern READS = Pattern.compile(LEADING + "(?:" + READING + ")\\b", Pattern.CASE_INSENSITIVE);

    /** Literals, quoted names and comments. */
    private static final Pattern QUOTED = Pattern.compile(
            "(?s)'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'" + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|`[^`]*+`|" + COMMENT);

    private static final Pattern LEAVES_NOTHING = Pattern.compile(
            "[\\s(]*+(?:" + READING
                    + "|insert|update|delete|replace|with|savepoint|release\\s+savepoint|rollback\\s+to)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Variables, named locks, and characters that may hide a second statement. */
    private static final Pattern LEAVES_SOMETHING =
            Pattern.compile("@|;|--|#|/\\*|\\bget_lock\\b|\\bservice_get_", Pattern.CASE_INSENSITIVE);

    private SqlClassifier() {}

    /** Returns whether the statement would end the open transaction. */
    static boolean endsTransaction(String text) {
        return ENDS_TRANSACTION.matcher(text).lookingAt();
    }

    /**
     * Returns whether the statement may leave session state on the connection: a variable, a mode, a lock, a temporary
     * table, an open transaction. A statement that is not known counts as one that may.
     */
    static boolean mayLeaveState(String text) {
        var words = QUOTED.matcher(text).replaceAll(" ");
        return !LEAVES_NOTHING.matcher(words).lookingAt()
                || LEAVES_SOMETHING.matcher(words).find();
    }

    /** Returns whether the end of a query locks the rows that it reads. */
    public static boolean locks(String query) {
        return query.contains(" for update") || query.contains(" for share") || query.contains(" lock in share mode");
    }

    /** Returns whether the statement only reads, judged by its first word. */
    public static boolean reads(String text) {
        return READS.matcher(text).lookingAt();
    }
}
