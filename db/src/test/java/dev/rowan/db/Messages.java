package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What failures tell people. */
final class Messages {

    private Messages() {}

    static String of(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    static void assertContains(Throwable failure, String... parts) {
        for (var part : parts) {
            assertTrue(of(failure).contains(part), () -> part + " is not in: " + of(failure));
        }
    }
}
