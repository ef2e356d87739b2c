package dev.rowan.internal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes and marks have an exact order, however close together they come. */
class UndoEntryTest {

    @Test
    void aMarkTellsTheChangeBeforeItFromTheChangeAfterIt() {
        // close enough together that readings of a clock are often equal
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
