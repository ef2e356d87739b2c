package dev.rowan.db.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Assertions on the messages of exceptions. */
public final class MessageAssertions {

    private MessageAssertions() {}

    /** Returns the message; {@code "null"} if there is none. */
    public static String messageOf(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Asserts that the message contains each of these parts. */
    public static void assertMessageContains(Throwable failure, String... parts) {
        for (var part : parts) {
            assertTrue(messageOf(failure).contains(part), () -> part + " is not in: " + messageOf(failure));
        }
    }
}
