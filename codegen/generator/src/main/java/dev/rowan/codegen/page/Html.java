package dev.rowan.codegen.page;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text in HTML and in SVG within it. */
final class Html {

    private static final String WHITE = "\n\r\t";
    private static final HexFormat HEX = HexFormat.of();

    private Html() {}

    /** Returns text that means itself, in an element and in a quoted attribute; what HTML cannot show is left out. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    var isShown = character >= ' ' || WHITE.indexOf(character) >= 0;
                    escaped.appendCodePoint(isShown && !isLoneSurrogate(character) ? character : '\uFFFD');
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isLoneSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /** Returns the id of the section of a table: other characters than those of most names are hexadecimal. */
    static String idOf(String table) {
        var id = new StringBuilder("table-");
        table.codePoints().forEach(character -> {
            if (character < 0x80 && (Character.isLetterOrDigit(character) || character == '_')) {
                id.appendCodePoint(character);
            } else {
                id.append('-')
                        .append(HEX.formatHex(Character.toString(character).getBytes(StandardCharsets.UTF_8)))
                        .append('-');
            }
        });
        return id.toString();
    }
}
