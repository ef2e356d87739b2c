package dev.rowan.internal.failure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's own words for an error, in English, read for the names in them. They quote values before names, and a value
 * may look like a name: so each is looked for at the end of the text.
 */
record ServerMessage(String whole) {

    private static final Pattern KEY = pattern(".*for key '(.+)'");
    private static final Pattern CASCADED_KEY = pattern(".*in table '(.+)', key '(.+)'");
    private static final Pattern FOREIGN_KEY =
            pattern(".*constraint fails \\(`.*?`\\.`(.+?)`, CONSTRAINT `(.+?)` FOREIGN KEY .*");
    private static final Pattern CHECK = pattern("Check constraint '(.+)' is violated\\.?");
    private static final Pattern MARIADB_CHECK = pattern("CONSTRAINT `(.+)` failed for `.+?`\\.`(.+)`");
    private static final Pattern VIEW = pattern("CHECK OPTION failed ['`].+?[.](.+)['`]");
    private static final Pattern NULL_COLUMN = pattern("(?:Column|Field) '(.+)' (?:cannot be null|doesn't have a .*)");
    private static final Pattern COLUMN = pattern(".*for column '(.+)'(?: at row \\d+)?\\.?");
    private static final Pattern MARIADB_COLUMN = pattern(".*for column `.+?`\\.`.+`\\.`(.+)` at row \\d+");
    private static final Pattern JSON_COLUMN = pattern(".* in value for column '[^.]+\\.(.+)'\\.?");
    private static final Pattern NEAR = pattern(".*? near '(?:`(\\w+)`|(\\w+)\\b(?!')).*at line (\\d+)");

    ServerMessage(String whole) {
        this.whole = whole.replaceFirst("^Data truncation: ", "");
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    /** Returns a unique key's name, behind its table's on MySQL; nothing if these are not the server's words. */
    Optional<String> key() {
        return match(KEY).map(matcher -> matcher.group(1));
    }

    /** Returns the key, behind its table's name, that a cascade of foreign keys came upon. */
    Optional<String> cascadedKey() {
        return match(CASCADED_KEY).map(matcher -> matcher.group(1) + "." + matcher.group(2));
    }

    /** Returns the table that a foreign key leads from; empty if the server does not tell it to this user. */
    String child() {
        return match(FOREIGN_KEY).map(matcher -> unquoted(matcher.group(1))).orElse("");
    }

    /** Returns the name of a foreign key; empty if the server does not tell it to this user. */
    String foreignKey() {
        return match(FOREIGN_KEY).map(matcher -> matcher.group(2)).orElse("");
    }

    /** Returns the name of a check; MariaDB puts the table before that of a column's own. */
    Optional<String> check() {
        return match(CHECK)
                .map(matcher -> matcher.group(1))
                .or(() -> match(MARIADB_CHECK).map(matcher -> withoutPrefix(matcher.group(1), matcher.group(2))))
                .map(ServerMessage::unquoted);
    }

    /** Returns the table of a check, where the server tells it: MariaDB does. */
    Optional<String> checkedTable() {
        return match(MARIADB_CHECK).map(matcher -> unquoted(matcher.group(2)));
    }

    String view() {
        return match(VIEW)
                .map(matcher -> unquoted(matcher.group(1).replaceFirst("^`", "")))
                .orElse("");
    }

    /** Returns the column, where the server tells it. */
    Optional<String> column() {
        return match(NULL_COLUMN)
                .or(() -> match(MARIADB_COLUMN))
                .or(() -> match(JSON_COLUMN))
                .or(() -> match(COLUMN))
                .map(matcher -> unquoted(matcher.group(1)));
    }

    /** Returns where SQL that cannot be read goes wrong, unless a value may stand there. */
    String nearWord() {
        return match(NEAR)
                .map(matcher -> " near "
                        + (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) + ", line "
                        + matcher.group(3))
                .orElse("");
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

    /** Says whether the driver itself found a statement too long to send. */
    boolean isOfPacket() {
        return whole.startsWith("Packet for query is too large");
    }

    /** Says whether the driver refuses to read rows that a write answers with. */
    boolean isOfReturning() {
        return whole.contains("executeQuery()");
    }

    /** Returns the text as a sentence. */
    String sentence() {
        return whole.endsWith(".") ? whole : whole + ".";
    }

    private Optional<Matcher> match(Pattern pattern) {
        return Optional.of(pattern.matcher(whole)).filter(Matcher::matches);
    }

    private static String withoutPrefix(String name, String table) {
        return name.startsWith(table + ".") ? name.substring(table.length() + 1) : name;
    }

    /** MariaDB doubles the backticks within a name, mostly. */
    private static String unquoted(String name) {
        return name.replace("``", "`");
    }
}
