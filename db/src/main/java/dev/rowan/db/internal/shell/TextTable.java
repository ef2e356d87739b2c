package dev.rowan.db.internal.shell;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Rows as a table of text with a heading and aligned columns. */
final class TextTable {

    private static final Set<UnicodeScript> WIDE_SCRIPTS = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO);

    /** Characters of Unicode that reorder what follows, also in the cells beside them, or break the line. */
    private static final String TURNS_OR_BREAKS = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u2028\u2029";

    private final List<String> heading;
    private final List<Boolean> isNumber;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Creates a table without rows.
     *
     * @param isNumber whether the values of a column are numbers, which are aligned to the right
     */
    TextTable(List<String> heading, List<Boolean> isNumber) {
        this.heading = heading.stream().map(TextTable::printable).toList();
        this.isNumber = isNumber;
    }

    /** Adds a row of values that are {@link #printable}. */
    void add(List<String> row) {
        rows.add(row);
    }

    /** Returns the lines of the table. */
    List<String> lines() {
        var widths = widths();
        var rule = new StringJoiner("-+-", "+-", "-+");
        widths.forEach(width -> rule.add("-".repeat(width)));
        var lines = new ArrayList<String>();
        lines.add(rule.toString());
        lines.add(line(heading, widths, Collections.nCopies(widths.size(), false)));
        lines.add(rule.toString());
        rows.forEach(row -> lines.add(line(row, widths, isNumber)));
        lines.add(rule.toString());
        return lines;
    }

    /** Returns a text in one line, with escapes for what a terminal takes as a command, or turns other text around. */
    static String printable(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(character)) {
                        line.append("\\x%02X".formatted(character));
                    } else if (TURNS_OR_BREAKS.indexOf(character) >= 0) {
                        line.append("\\u%04X".formatted(character));
                    } else {
                        line.appendCodePoint(character);
                    }
                }
            }
        });
        return line.toString();
    }

    private List<Integer> widths() {
        var widths = new ArrayList<>(heading.stream().map(TextTable::width).toList());
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                widths.set(i, Math.max(widths.get(i), width(row.get(i))));
            }
        }
        return widths;
    }

    private static String line(List<String> values, List<Integer> widths, List<Boolean> toTheRight) {
        var line = new StringJoiner(" | ", "| ", " |");
        for (var i = 0; i < values.size(); i++) {
            var space = " ".repeat(widths.get(i) - width(values.get(i)));
            line.add(toTheRight.get(i) ? space + values.get(i) : values.get(i) + space);
        }
        return line.toString();
    }

    /** Returns how many columns of a terminal a text takes. */
    private static int width(String text) {
        return text.codePoints().map(TextTable::width).sum();
    }

    private static int width(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default ->
                WIDE_SCRIPTS.contains(UnicodeScript.of(character)) || Character.isEmojiPresentation(character) ? 2 : 1;
        };
    }
}
