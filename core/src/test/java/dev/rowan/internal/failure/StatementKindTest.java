package dev.rowan.internal.failure;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementKindTest {

    @Test
    void readsAndStreamsRead() {
        for (var kind : StatementKind.values()) {
            assertEquals(
                    EnumSet.of(StatementKind.READ, StatementKind.STREAM).contains(kind), kind.reads(), kind.name());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INSERT", "UPDATE", "DELETE", "UPSERT", "RUN"})
    void aStatementThatMayWriteIsNotRepeatable(StatementKind kind) {
        assertFalse(kind.isRepeatable());
    }

    @Test
    void aStreamIsNotRepeatableBecauseItsRowsWereDelivered() {
        assertFalse(StatementKind.STREAM.isRepeatable());
        assertTrue(StatementKind.READ.isRepeatable());
    }

    @Test
    void theDescriptionIncludesTheTableIfItIsKnown() {
        assertEquals("insert into users", StatementKind.INSERT.of(USERS));
        assertEquals("connect", StatementKind.CONNECT.of(null));
    }
}
