package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a run of test classes ended.
 *
 * @param passed the tests, by the names of their methods
 * @param failures why tests failed, by the names of their methods, and classes, by their simple names
 */
record Outcome(Set<String> passed, Map<String, Throwable> failures) {

    void assertPassed(String... tests) {
        assertEquals(Map.of(), failures);
        assertEquals(Set.of(tests), passed);
    }

    void assertFailed(String... names) {
        assertEquals(Set.of(names), failures.keySet(), failures::toString);
    }

    /** Returns why the test failed, once that is known to be said. */
    Throwable assertSays(String part, String name) {
        var failure = Objects.requireNonNull(failures.get(name), name);
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure::toString);
        return failure;
    }
}
