package dev.rowan.internal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes and marks have an exact order, even if they are created at the same clock time. */
class UndoEntryTest {

    @Test
    void aMarkSeparatesTheChangesBeforeItFromThoseAfterIt() {
        // fast enough that many have the same clock time
        for (int i = 0; i < 100_000; i++) {
            var before = new UndoEntry(() -> {});
            var mark = UndoEntry.mark();
            var after = new UndoEntry(() -> {});

            assertFalse(before.isSince(mark));
            assertTrue(after.isSince(mark));
        }
    }

    @Test
    void changesOfConcurrentThreadsHaveDifferentNumbers() {
        var numbers = ConcurrentHashMap.<Long>newKeySet();

        IntStream.range(0, 10_000).parallel().forEach(i -> numbers.add(new UndoEntry(() -> {}).number()));

        assertEquals(10_000, numbers.size());
    }
}
