package dev.rowan.internal.pool;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Internals;
import dev.rowan.config.Merging;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MergerRegistryTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final SqlCommand<Boolean> CALL = SqlCommand.exists(USERS, "select 1", new BindValues());

    private final MergeExecutor executor = (MergeExecutor) Internals.executor(SHOP.database());

    @Test
    void thousandsOfShapesKeepFewMergers() {
        var registry = MergerRegistry.of(SHOP.options().withMerging(Merging.ALL));
        for (int i = 0; i < 5_000; i++) {
            var merger = registry.of(new Calls(i), CALL, executor);
            assertNotNull(merger);
            assertEquals(true, merger.run(CALL));
            assertTrue(registry.size() <= 128, registry.size() + " mergers");
        }
        assertSame(
                registry.of(new Calls(4_999), CALL, executor),
                registry.of(new Calls(4_999), CALL, executor),
                "a merger that is in use");
    }

    /** Calls of one shape. They never come together here. */
    private record Calls(int number) implements Mergeable<Boolean> {

        @Override
        public Object shape(SqlCommand<Boolean> call) {
            return number;
        }

        @Override
        public StatementKind statementKind() {
            return StatementKind.READ;
        }

        @Override
        public int batchSize(int waiting) {
            return waiting;
        }

        @Override
        public SqlCommand<Boolean> prepared(SqlCommand<Boolean> call) {
            return call;
        }

        @Override
        public void run(MergeExecutor executor, Supplier<List<MergedCall<Boolean>>> calls) {
            throw new IllegalStateException("no calls wait");
        }
    }
}
