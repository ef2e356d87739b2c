package dev.rowan.internal.connection;

import java.util.regex.Pattern;

/** What the text of a statement that the caller wrote says about it, by its first words. */
public final class SqlClassifier {

    /** Blanks, comments and parentheses; a comment that the server executes is text like any other. */
    private static final String LEADING = "(?:\\s++|\\(|/\\*M?!\\d*+|(?>/\\*(?s:.*?)\\*/)|--\\s[^\\n]*+|#[^\\n]*+)*+";

    /** The statements that MySQL and MariaDB commit before, or that are about the transaction itself. */
    private static final Pattern ENDS_TRANSACTION = Pattern.compile(
            LEADING
                    + "(?:(?:commit|begin|start|xa|lock|unlock|truncate|rename|alter|grant|revoke|install|uninstall"
                    + "|flush|optimize|repair|reset|change|stop|shutdown|restart|clone|import)\\b"
                    + "|create\\b(?!\\s+(?:or\\s+replace\\s+)?temporary\\b)|drop\\b(?!\\s+temporary\\b)"
                    + "|rollback\\b(?!\\s+(?:work\\s+)?to\\b)"
                    + "|(?:analyze|check|cache|load)\\s+(?:no_write_to_binlog\\s+|local\\s+)?(?:table|view|index)\\b"
                    + "|set\\b(?:\\s+password\\b|(?s:.*)\\bautocommit\\b))",
            Pattern.CASE_INSENSITIVE);

    /** The words that a statement begins with which only reads. */
    private static final String READING = "select|show|describe|desc|explain|values|table";

    private static final Pattern READS = Pattern.compile(LEADING + "(?:" + READING + ")\\b", Pattern.CASE_INSENSITIVE);

    /** Literals, quoted names and comments that the server does not execute. */
    private static final Pattern QUOTED = Pattern.compile("(?s)'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'"
            + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|`[^`]*+`|/\\*(?!M?!)(?:[^*]|\\*(?!/))*+\\*/");

    private static final Pattern LEAVES_NOTHING = Pattern.compile(
            "[\\s(]*+(?:" + READING
                    + "|insert|update|delete|replace|with|savepoint|release\\s+savepoint|rollback\\s+to)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Variables, locks by name, and what may hide a second statement. */
    private static final Pattern LEAVES_SOMETHING =
            Pattern.compile("@|;|--|#|/\\*|\\bget_lock\\b|\\bservice_get_", Pattern.CASE_INSENSITIVE);

    private SqlClassifier() {}

    /** Says whether the server would end the open transaction to run this. */
    static boolean endsTransaction(String text) {
        return ENDS_TRANSACTION.matcher(text).lookingAt();
    }

    /**
     * Says whether something of this may stay on the connection: a variable, a mode, a lock, a temporary table, an open
     * transaction. All may that is not known to leave nothing; what a stored routine does, its call does not tell.
     */
    static boolean mayStay(String text) {
        var words = QUOTED.matcher(text).replaceAll(" ");
        return !LEAVES_NOTHING.matcher(words).lookingAt()
                || LEAVES_SOMETHING.matcher(words).find();
    }

    /** Says whether this certainly writes nothing, as far as the text tells. */
    public static boolean reads(String text) {
        return READS.matcher(text).lookingAt();
    }
}
