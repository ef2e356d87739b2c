package dev.rowan.internal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes and marks are in an exact order, even if a clock would give them the same time. */
class UndoEntryTest {

    @Test
    void aMarkTellsTheChangeBeforeItFromTheChangeAfterIt() {
        // so fast that a clock would often read the same time
        for (int i = 0; i < 100_000; i++) {
            var before = new UndoEntry(() -> {});
            var mark = UndoEntry.mark();
            var after = new UndoEntry(() -> {});

            assertFalse(before.isSince(mark));
            assertTrue(after.isSince(mark));
        }
    }

    @Test
    void noTwoChangesOfSeveralThreadsHaveOneNumber() {
        var numbers = ConcurrentHashMap.<Long>newKeySet();

        IntStream.range(0, 10_000).parallel().forEach(i -> numbers.add(new UndoEntry(() -> {}).number()));

        assertEquals(10_000, numbers.size());
    }
}
