package dev.rowan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A call that does nothing by itself is noticed if its result is ignored, such as an upsert without {@code on(key)}:
 * Error Prone and editors report the methods that are annotated. The annotation is not there at run time, so the
 * sources are read.
 */
class CheckReturnValueTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/rowan");

    /** Types whose objects do nothing until another method is called. */
    private static final String INERT = String.join(
            "|",
            "ReadQuery",
            "TableQuery",
            "Projection",
            "Upsert",
            "UpsertAll",
            "Relation",
            "RelationPart",
            "ToOne",
            "OneToOne",
            "ToMany",
            "ManyToMany",
            "ReadManyToMany",
            "Stream",
            "DatabaseOptions",
            "TransactionOptions",
            "RetryPolicy");

    private static final Pattern METHOD =
            Pattern.compile("((?: +@\\w+(?:\\(.*\\))?\n)*) +public (?:final |abstract )*(?:<.*?> )?(?:" + INERT
                    + ")(?:<.*>)? (\\w+)\\(");

    @Test
    void everyMethodThatDoesNothingByItselfSaysSo() throws IOException {
        var silent = new ArrayList<String>();
        var methods = 0;
        for (var folder : List.of(SOURCES, SOURCES.resolve("config"))) {
            try (var files = Files.list(folder)) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    for (var method :
                            METHOD.matcher(Files.readString(file)).results().toList()) {
                        methods++;
                        if (!method.group(1).contains("@CheckReturnValue")) {
                            silent.add(file.getFileName() + " " + method.group(2));
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), silent);
        assertTrue(methods > 50, () -> "The pattern finds only some methods");
    }
}
