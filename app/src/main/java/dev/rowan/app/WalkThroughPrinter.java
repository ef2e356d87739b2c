package dev.rowan.app;

import dev.rowan.app.schema.tables.records.UsersRecord;
import java.io.PrintStream;
import java.util.Collection;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Prints the walk-through: numbered steps with explanations, the SQL as it runs, and rows as tables. */
final class WalkThroughPrinter {

    private static final int WIDTH = 100;
    private static final String INDENT = "   ";

    /** A select list of more than four columns. Group 1 ends after the first three. */
    private static final Pattern LONG_LIST = Pattern.compile(
            "^((?:set statement .+? for )?select (?:/\\*.*?\\*/ )?(?:[^,()]+, ){3})[^,()]+,[^()]+?(?= from )");

    /** The VALUES of an insert of several rows. Group 1 is the first row. */
    private static final Pattern MORE_ROWS = Pattern.compile("(\\([?, ]+\\))(?:, \\1)+");

    private static final Pattern WORD = Pattern.compile(" ");
    private static final Pattern CLAUSE =
            Pattern.compile(" (?=(?:from|where|and|or|order by|fetch next|limit|values) )");

    private final PrintStream out;
    private int steps;

    WalkThroughPrinter(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.println(title);
        out.println("=".repeat(title.length()));
    }

    void step(String title) {
        out.println();
        out.println(++steps + ". " + title);
    }

    void text(String text) {
        print(INDENT + text, INDENT, WORD);
    }

    /** Prints a statement, with a long list of columns or rows abbreviated. */
    void sql(String statement) {
        var columns = LONG_LIST.matcher(statement).replaceFirst("$1...");
        var shown = MORE_ROWS.matcher(columns).replaceFirst("$1, ...");
        print(INDENT + "SQL> " + shown, INDENT + "     ", CLAUSE);
    }

    void rows(Collection<UsersRecord> users) {
        UserTableFormatter.format(users).lines().forEach(line -> out.println(INDENT + line));
    }

    /** Prints text, wrapped at the given breaks. */
    private void print(String text, String indent, Pattern breaks) {
        var rest = text;
        for (int end; (end = lineEnd(rest, indent.length(), breaks)) > 0; ) {
            out.println(rest.substring(0, end));
            rest = indent + rest.substring(end + 1);
        }
        out.println(rest);
    }

    /** Returns the last break that fits, or the first one; 0 if the text is short enough or has no break. */
    private static int lineEnd(String text, int from, Pattern breaks) {
        if (text.length() <= WIDTH) {
            return 0;
        }
        var places = breaks.matcher(text)
                .results()
                .map(MatchResult::start)
                .filter(place -> place > from)
                .toList();
        return places.stream()
                .filter(place -> place <= WIDTH)
                .max(Integer::compare)
                .orElse(places.isEmpty() ? 0 : places.getFirst());
    }
}
