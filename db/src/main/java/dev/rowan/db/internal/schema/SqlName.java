package dev.rowan.db.internal.schema;

import dev.rowan.db.internal.sql.SqlScanner;
import dev.rowan.db.internal.sql.SqlScanner.Kind;
import dev.rowan.db.internal.sql.SqlScanner.Part;
import java.util.ArrayList;
import java.util.List;

/** Names in the statements that a server shows: it quotes each with backticks. */
public final class SqlName {

    /** A quoted name, as a regular expression. */
    static final String QUOTED = "`(?:[^`]|``)*`";

    /** A name, quoted or not, as a regular expression. */
    public static final String ANY = "(?:" + QUOTED + "|[\\w$\\x{80}-\\x{FFFF}]+)";

    private SqlName() {}

    /** Returns a name as it stands in a statement. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Returns a quoted name as it is. */
    public static String unquoted(String name) {
        return name.substring(1, name.length() - 1).replace("``", "`");
    }

    /** Returns the lines of a statement; a line break in a name, a literal or a comment ends none. */
    static List<String> lines(String sql) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var part : SqlScanner.parts(sql)) {
            var rest = part.text();
            if (part.kind() == Kind.CODE) {
                for (var end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
                    lines.add(line + rest.substring(0, end));
                    line.setLength(0);
                    rest = rest.substring(end + 1);
                }
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns the text of these parts. */
    static String text(List<Part> parts) {
        var text = new StringBuilder();
        parts.forEach(part -> text.append(part.text()));
        return text.toString();
    }
}
