package dev.rowan.site;

/** Text in HTML. */
final class Html {

    private Html() {}

    /** Returns text that means itself, in an element and in a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
