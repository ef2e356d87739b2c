package dev.rowan.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePolicyTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            slots, waiting, statements, collecting, followers, may start
            # a lone call starts immediately, even without slots
            4, 1, 0, 0, 0, true
            1, 1, 0, 0, 0, true
            0, 1, 0, 0, 0, true
            # a statement in each slot is the most
            1, 9, 1, 0, 0, false
            4, 9, 4, 0, 0, false
            4, 9, 3, 0, 0, true
            # while a leader collects, the waiting calls are its own
            4, 9, 1, 1, 0, false
            4, 1, 1, 1, 0, false
            # one waiting call is a third of all beside two in flight, not beside three
            9, 1, 1, 0, 0, true
            9, 1, 2, 0, 0, true
            9, 1, 3, 0, 0, false
            # followers count as calls in flight
            9, 1, 1, 0, 1, true
            9, 1, 1, 0, 2, false
            9, 5, 1, 0, 9, true
            9, 5, 1, 0, 10, false
            9, 64, 2, 0, 126, true
            9, 63, 2, 0, 126, false
            """)
    void anotherStatementStartsWithAThirdOfAllCalls(
            int slots, int waiting, int statements, int collecting, int followers, boolean mayStart) {
        assertEquals(mayStart, new MergePolicy(slots).allowsStart(waiting, statements, collecting, followers));
    }
}
