package dev.rowan.db.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Assertions on the messages of exceptions. */
public final class MessageAssertions {

    private MessageAssertions() {}

    /** Returns the message; {@code "null"} if there is none. */
    public static String messageOf(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Asserts that the table in docs/errors.md contains the message, with … for the parts that vary. */
    public static void assertIsDocumented(String when, Throwable failure) throws IOException {
        var start = "| " + when + " | ";
        var row = Files.readAllLines(Path.of("../docs/errors.md")).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
        var cell = row.substring(start.length(), row.length() - " |".length());
        var message = Stream.of(cell.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertTrue(messageOf(failure).matches(message), () -> messageOf(failure));
    }

    /** Asserts that the message contains each of these parts. */
    public static void assertMessageContains(Throwable failure, String... parts) {
        for (var part : parts) {
            assertTrue(messageOf(failure).contains(part), () -> part + " is not in: " + messageOf(failure));
        }
    }
}
