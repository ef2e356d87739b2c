package dev.rowan.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mends the two things in a database comment that javac minds even in javadoc, and that jOOQ lets through. */
final class JavadocText {

    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*.*?\\*/");

    private JavadocText() {}

    static void mend(Path source) {
        try {
            String text = Files.readString(source);
            String mended = JAVADOC.matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(found.group()
                            // a backslash and a u, as in the path of a folder of users, begin an escape even in a
                            // comment
                            .replace("\\u", "&#92;u")
                            // lint wants an annotation beside it, which the words of a comment cannot ask for
                            .replace("@deprecated", "&#64;deprecated")));
            if (!mended.equals(text)) {
                Files.writeString(source, mended);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
