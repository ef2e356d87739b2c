package dev.rowan.db.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** Divides SQL into its code, its literals and its comments, as the server and Liquibase read it. */
public final class SqlScanner {

    /** What a part of the SQL is. */
    public enum Kind {
        CODE,
        LITERAL,
        /** A name in backticks. */
        NAME,
        /** A comment that nobody reads. */
        COMMENT,
        /** A comment that the server reads: an executable comment, as mysqldump writes it, or an optimizer hint. */
        SERVER_COMMENT
    }

    /** A part of the SQL, with its quotes or comment marks. */
    public record Part(Kind kind, String text) {}

    private static final int EXCERPT_LENGTH = 60;

    private final String sql;
    private final boolean hasEscapes;
    private final boolean isForServer;
    private final List<Part> parts = new ArrayList<>();

    private SqlScanner(String sql, boolean hasEscapes, boolean isForServer) {
        this.sql = sql;
        this.hasEscapes = hasEscapes;
        this.isForServer = isForServer;
    }

    /** Returns the parts of the SQL, in order; together they are the whole text. */
    public static List<Part> parts(String sql) {
        return parts(sql, true);
    }

    /**
     * Returns the parts of the SQL, in order.
     *
     * @param hasEscapes whether a backslash begins an escape in a literal; not so with {@code NO_BACKSLASH_ESCAPES}
     */
    public static List<Part> parts(String sql, boolean hasEscapes) {
        return new SqlScanner(sql, hasEscapes, false).scan();
    }

    /**
     * Returns the parts of SQL that only the server reads, in order: it wants a space after the dashes of a comment.
     */
    public static List<Part> partsOfServer(String sql) {
        return new SqlScanner(sql, true, true).scan();
    }

    /**
     * Returns the code and the names, with spaces in place of literals and comments, so that each character keeps its
     * position.
     */
    public static String withoutLiterals(String sql) {
        var code = new StringBuilder(sql.length());
        for (var part : parts(sql)) {
            code.append(
                    switch (part.kind()) {
                        case CODE, NAME -> part.text();
                        case LITERAL, COMMENT, SERVER_COMMENT -> blank(part.text());
                    });
        }
        return code.toString();
    }

    /** Returns the first words of SQL, in one line and without its literals. */
    public static String excerpt(String sql) {
        var text = new StringBuilder();
        for (var part : parts(sql)) {
            text.append(
                    switch (part.kind()) {
                        case LITERAL -> "'…'";
                        case COMMENT -> " ";
                        case CODE, NAME, SERVER_COMMENT -> part.text();
                    });
        }
        var line = text.toString().strip().replaceAll("\\s+", " ");
        if (line.length() <= EXCERPT_LENGTH) {
            return line;
        }
        var lastSpace = line.lastIndexOf(' ', EXCERPT_LENGTH);
        return line.substring(0, lastSpace < 0 ? EXCERPT_LENGTH : lastSpace) + " …";
    }

    /** Returns a space for each character of the text, except for its line breaks. */
    public static String blank(String text) {
        return text.replaceAll("[^\n]", " ");
    }

    private List<Part> scan() {
        var codeStart = 0;
        var position = 0;
        while (position < sql.length()) {
            var kind = kindAt(position);
            if (kind == Kind.CODE) {
                position++;
                continue;
            }
            add(Kind.CODE, codeStart, position);
            codeStart = endOf(kind, position);
            add(kind, position, codeStart);
            position = codeStart;
        }
        add(Kind.CODE, codeStart, sql.length());
        return parts;
    }

    private void add(Kind kind, int start, int end) {
        if (start < end) {
            parts.add(new Part(kind, sql.substring(start, end)));
        }
    }

    /** Returns the kind of the part that begins at this position; CODE if none begins there. */
    private Kind kindAt(int position) {
        return switch (sql.charAt(position)) {
            case '\'', '"' -> Kind.LITERAL;
            case '`' -> Kind.NAME;
            case '#' -> Kind.COMMENT;
            case '-' -> isComment(position) ? Kind.COMMENT : Kind.CODE;
            case '/' -> {
                if (!sql.startsWith("/*", position)) {
                    yield Kind.CODE;
                }
                var isRead = sql.startsWith("!", position + 2)
                        || sql.startsWith("M!", position + 2)
                        || sql.startsWith("+", position + 2);
                yield isRead ? Kind.SERVER_COMMENT : Kind.COMMENT;
            }
            default -> Kind.CODE;
        };
    }

    /** The server wants a space after the dashes, but Liquibase does not. */
    private boolean isComment(int position) {
        var end = position + 2;
        return sql.startsWith("--", position)
                && (!isForServer || end == sql.length() || Character.isWhitespace(sql.charAt(end)));
    }

    private int endOf(Kind kind, int start) {
        return switch (kind) {
            case LITERAL, NAME -> endOfQuotes(start);
            case COMMENT, SERVER_COMMENT -> endOfComment(start);
            case CODE -> start;
        };
    }

    private int endOfQuotes(int start) {
        var quote = sql.charAt(start);
        for (var position = start + 1; position < sql.length(); position++) {
            var character = sql.charAt(position);
            if (character == '\\' && quote != '`' && hasEscapes) {
                position++;
            } else if (character == quote) {
                if (position + 1 == sql.length() || sql.charAt(position + 1) != quote) {
                    return position + 1;
                }
                position++; // doubled: a quote within the literal
            }
        }
        return sql.length();
    }

    private int endOfComment(int start) {
        var isBlock = sql.charAt(start) == '/';
        var end = isBlock ? sql.indexOf("*/", start + 2) : sql.indexOf('\n', start);
        if (end < 0) {
            return sql.length();
        }
        return isBlock ? end + 2 : end;
    }
}
