package dev.rowan.codegen.page;

import java.util.Locale;

/** How wide text is in the diagram, in the fonts of fixed width that browsers have. */
final class TextWidth {

    /** The sizes of the fonts, which the style of the page repeats. */
    private static final double HEAD = 14;

    private static final double ROW = 12;

    /** The width of a character, of the widest of these fonts, in sizes of the font. */
    private static final double CELL = 0.615;

    private static final int LONGEST_NAME = 36;
    private static final int LONGEST_TYPE = 20;

    private TextWidth() {}

    static double ofHead(String text) {
        return of(text, HEAD);
    }

    static double ofRow(String text) {
        return of(text, ROW);
    }

    static double of(String text, double size) {
        return cells(text) * CELL * size;
    }

    /** Returns whether fonts agree in the width of the text. */
    static boolean isKnown(String text) {
        return text.chars().allMatch(character -> (character >= ' ' && character < 0x7f) || character == '…');
    }

    /** Returns a name as it is drawn. */
    static String shortened(String name) {
        return shortened(name, LONGEST_NAME);
    }

    /** Returns a SQL type as it is drawn: without the members of an ENUM. */
    static String shortenedType(String type) {
        var members = type.toLowerCase(Locale.ROOT).matches("(?s)(enum|set)\\(.*");
        return shortened(members ? type.substring(0, type.indexOf('(')) + "(…)" : type, LONGEST_TYPE);
    }

    private static String shortened(String text, int longest) {
        if (cells(text) <= longest) {
            return text;
        }
        var end = 0;
        var cells = 0;
        while (cells < longest - 2) {
            var character = text.codePointAt(end);
            cells += cells(character);
            end += Character.charCount(character);
        }
        return text.substring(0, end) + "…";
    }

    private static int cells(String text) {
        return text.codePoints().map(TextWidth::cells).sum();
    }

    private static int cells(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> character >= 0x1100 && character != '…' ? 2 : 1;
        };
    }
}
