package dev.rowan.junit.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The result of a run of test classes.
 *
 * @param passed the tests that passed, by the names of their methods
 * @param failures the failures of tests, by the names of their methods, and of classes, by their simple names
 */
public record TestRunResult(Set<String> passed, Map<String, Throwable> failures) {

    /** Asserts that these tests passed, and that nothing failed. */
    public void assertPassed(String... tests) {
        assertEquals(Map.of(), failures);
        assertEquals(Set.of(tests), passed);
    }

    /** Asserts that these tests and classes failed, and no others. */
    public void assertFailed(String... names) {
        assertEquals(Set.of(names), failures.keySet(), failures::toString);
    }

    /** Asserts that the message of a failure contains this part, and returns the failure. */
    public Throwable assertMessageContains(String part, String name) {
        var failure = Objects.requireNonNull(failures.get(name), name);
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure::toString);
        return failure;
    }
}
