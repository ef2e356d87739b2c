package dev.rowan.internal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.internal.table.TableMapping;
import dev.rowan.shop.tables.Users;
import dev.rowan.shop.tables.records.UsersRecord;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class ChunkSplitterTest {

    private final TableMapping<UsersRecord> mapping =
            new TableMapping<>(Users.USERS, UsersRecord::new, DSL.using(SQLDialect.MYSQL));

    @Test
    void aChunkHasNoMoreRowsThanTheLimit() {
        assertEquals(
                List.of(2, 2, 1),
                sizes(new ChunkSplitter.Limit(2, 10_000, 10_000), ChunkSplitterTest::alike, "a", "b", "c", "d", "e"));
    }

    @Test
    void aChunkHasNoMoreTextThanTheLimit() {
        assertEquals(
                List.of(3, 2),
                sizes(new ChunkSplitter.Limit(100, 22, 10_000), ChunkSplitterTest::alike, "a", "b", "c", "d", "e"));
    }

    @Test
    void aRowThatIsTooLargeIsAChunkOfItsOwn() {
        assertEquals(
                List.of(1, 1, 2),
                sizes(
                        new ChunkSplitter.Limit(100, 10_000, 400),
                        ChunkSplitterTest::alike,
                        "a",
                        "b".repeat(500),
                        "c",
                        "d"));
    }

    @Test
    void rowsOfDifferentKindsAreSplitInTheirOrder() {
        assertEquals(
                List.of(1, 1, 2),
                sizes(new ChunkSplitter.Limit(100, 10_000, 10_000), written -> written, "a", "", "c", "d"));
    }

    @Test
    void onlyTheFirstRowOfTheNextChunkIsReadAhead() {
        var read = new int[1];
        var rows = Stream.generate(UsersRecord::new).peek(row -> read[0]++).iterator();

        new ChunkSplitter<>(mapping, rows, new ChunkSplitter.Limit(3, 10_000, 10_000), ChunkSplitterTest::alike).next();
        assertEquals(4, read[0]);
    }

    private static Object alike(BitSet written) {
        return "alike";
    }

    private List<Integer> sizes(ChunkSplitter.Limit limit, Function<BitSet, Object> kind, String... names) {
        var rows = Stream.of(names)
                .map(name -> name.isEmpty() ? new UsersRecord().setAge(1) : new UsersRecord().setName(name));
        return new ChunkSplitter<>(mapping, rows.iterator(), limit, kind)
                .toList().stream().map(chunk -> chunk.rows().size()).toList();
    }
}
