package dev.rowan.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.DigestsKey;
import dev.rowan.types.repositories.DigestsRepository;
import dev.rowan.types.tables.records.DigestsRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Composite keys that hold bytes. */
class BytesKeyTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/digests.sql");

    private final DigestsRepository digests = new DigestsRepository(SCHEMA.database());

    @Test
    void keysOfTheSameBytesAreEqual() {
        assertEquals(key(1, 2), key(1, 2));
        assertEquals(key(1, 2).hashCode(), key(1, 2).hashCode());
        assertNotEquals(key(1, 2), key(1, 3));
        assertNotEquals(key(1, 2), key(2, 2));
        assertNotEquals(key(1, 2), "another type");
    }

    @Test
    void aRowIsFoundByAKeyOfTheSameBytes() {
        digests.insert(new DigestsRecord().setHash(new byte[] {7, 1}).setPart(2).setWord("one"));
        digests.insert(new DigestsRecord().setHash(new byte[] {7, 2}).setPart(2).setWord("two"));

        assertEquals("one", digests.get(key(1, 2)).getWord());
        assertEquals(
                2, digests.findAll(List.of(key(1, 2), key(2, 2), key(1, 2))).size());
        assertTrue(digests.update(key(1, 2), row -> row.setWord("other")));
        SCHEMA.database()
                .transaction(session -> assertSame(
                        digests.in(session).get(key(1, 2)), digests.in(session).get(key(1, 2))));
    }

    private static DigestsKey key(int last, int part) {
        return new DigestsKey(new byte[] {7, (byte) last}, part);
    }
}
