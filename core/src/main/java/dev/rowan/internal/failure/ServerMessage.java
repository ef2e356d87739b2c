package dev.rowan.internal.failure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's English message of an error, and the names in it. A message quotes values before names, and a value may
 * look like a name: each name is therefore searched at the end of the message.
 */
record ServerMessage(String whole) {

    /** The servers' messages have 511 bytes at most. In a longer text, the search for names could take very long. */
    private static final int LONGEST = 600;

    private static final Pattern UNIQUE_KEY = pattern(".*(?:for|in table '(.+)',) key '(.+)'");
    private static final Pattern FOREIGN_KEY =
            pattern(".*constraint fails \\(`.*?`\\.`(.+?)`, CONSTRAINT `(.+?)` FOREIGN KEY .*");
    private static final Pattern CHECK = pattern("Check constraint '(.+)' is violated\\.?");
    private static final Pattern MARIADB_CHECK = pattern("CONSTRAINT `(.+)` failed for `.+?`\\.`(.+)`");
    private static final Pattern VIEW = pattern("CHECK OPTION failed ['`].+?[.](.+)['`]");
    private static final Pattern NULL_COLUMN = pattern("(?:Column|Field) '(.+)' (?:cannot be null|doesn't have a .*)");
    /** Before the column's name, a message about JSON has the name of its table. */
    private static final Pattern COLUMN =
            pattern(".*for column '(?:(?<= in value for column ')[^.]+\\.)?(.+)'(?: at row \\d+)?\\.?");

    private static final Pattern MARIADB_COLUMN = pattern(".*for column `.+?`\\.`.+`\\.`(.+)` at row \\d+");
    private static final Pattern NEAR = pattern(".*? near '(?:`(\\w+)`|(\\w+)\\b(?!')).*at line (\\d+)");

    ServerMessage(String whole) {
        this.whole = whole.replaceFirst("^Data truncation: ", "");
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    /**
     * Returns the name of a violated unique key; empty if the message is not the server's. The table's name and a dot
     * precede it on MySQL, and where a cascade of a foreign key violates it.
     */
    Optional<String> uniqueKey() {
        return match(UNIQUE_KEY)
                .map(matcher ->
                        matcher.group(1) == null ? matcher.group(2) : matcher.group(1) + "." + matcher.group(2));
    }

    /** Returns the table of a foreign key; empty if the server hides it from this user. */
    String foreignKeyTable() {
        return match(FOREIGN_KEY).map(matcher -> unquoted(matcher.group(1))).orElse("");
    }

    /** Returns the name of a foreign key; empty if the server hides it from this user. */
    String foreignKey() {
        return match(FOREIGN_KEY).map(matcher -> matcher.group(2)).orElse("");
    }

    /** Returns the name of a check constraint, without the table that MariaDB puts before a column's own. */
    Optional<String> check() {
        return match(CHECK)
                .map(matcher -> matcher.group(1))
                .or(() -> match(MARIADB_CHECK).map(matcher -> withoutPrefix(matcher.group(1), matcher.group(2))))
                .map(ServerMessage::unquoted);
    }

    /** Returns the table of a check constraint; empty on MySQL, which does not report it. */
    Optional<String> tableOfCheck() {
        return match(MARIADB_CHECK).map(matcher -> unquoted(matcher.group(2)));
    }

    /** Returns the view whose CHECK OPTION failed; empty if the message does not name it. */
    String view() {
        return match(VIEW)
                .map(matcher -> unquoted(matcher.group(1).replaceFirst("^`", "")))
                .orElse("");
    }

    /** Returns the column, if the message names it. */
    Optional<String> column() {
        return match(NULL_COLUMN)
                .or(() -> match(MARIADB_COLUMN))
                .or(() -> match(COLUMN))
                .map(matcher -> unquoted(matcher.group(1)));
    }

    /** Returns the word of the SQL where the syntax error is, with its line; empty if it may be a value. */
    String nearWord() {
        return match(NEAR)
                .map(matcher -> " near "
                        + (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) + ", line "
                        + matcher.group(3))
                .orElse("");
    }

    /** Returns whether the server may have written it for this error, and no trigger. */
    boolean isOf(MysqlError error) {
        return error.isServers(whole.length() > LONGEST ? "" : whole);
    }

    boolean isAboutCharacters() {
        return whole.startsWith("Incorrect string value");
    }

    boolean isAboutReadOnly() {
        return whole.toLowerCase(Locale.ROOT).replace('_', '-').contains("read-only");
    }

    boolean isAboutConnections() {
        return whole.contains("'max_user_connections'");
    }

    /** Returns whether the driver refused to send a statement that is larger than a packet. */
    boolean isAboutPacketSize() {
        return whole.startsWith("Packet for query is too large");
    }

    /** Returns whether the driver refused to read the rows that a write returns. */
    boolean isAboutReturning() {
        return whole.contains("executeQuery()");
    }

    /** Returns whether the driver refuses a statement because the rows of another one are still being read. */
    boolean isAboutOpenStream() {
        return whole.startsWith("Streaming result set ");
    }

    /** Returns the message as a sentence, with a full stop. */
    String sentence() {
        var text = whole.length() > LONGEST ? whole.substring(0, LONGEST) + "…" : whole;
        return text.endsWith(".") ? text : text + ".";
    }

    private Optional<Matcher> match(Pattern pattern) {
        return whole.length() > LONGEST
                ? Optional.empty()
                : Optional.of(pattern.matcher(whole)).filter(Matcher::matches);
    }

    private static String withoutPrefix(String name, String table) {
        return name.startsWith(table + ".") ? name.substring(table.length() + 1) : name;
    }

    /** In most messages, MariaDB doubles the backticks within a name. */
    private static String unquoted(String name) {
        return name.replace("``", "`");
    }
}
