package dev.rowan.write;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.TransientFailure;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.testing.ChildProcess;
import dev.rowan.testing.SampleTable;
import dev.rowan.testing.ShopDatabase;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jooq.TableField;
import org.jooq.types.ULong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Large values are written from streams and read as streams. */
class LobTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final SampleTable DOCS = new SampleTable("docs");
    private static final SampleTable.Key ONE = new SampleTable.Key("É", ULong.valueOf(1));
    private static final SampleTable.Key TWO = new SampleTable.Key("É", ULong.valueOf(2));
    private static final SampleTable.Key NONE = new SampleTable.Key("É", ULong.valueOf(3));
    private static final String FOX = "\ud83e\udd8a";

    private final SampleTable.Repo docs = DOCS.repository(SHOP.database());

    @BeforeAll
    static void table() {
        DOCS.create(SHOP.database());
    }

    @BeforeEach
    void rows() {
        docs.all().delete();
        for (var key : List.of(ONE, TWO)) {
            docs.insert(row -> {
                row.set(DOCS.code, key.code());
                row.set(DOCS.number, key.number());
                row.set(DOCS.version, 5);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 20, 8 << 20, 9_000_000})
    void bytesAreReadAsTheyWereWritten(int size) throws IOException {
        SHOP.assumeValuesOf(size + 100_000L);
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        assertTrue(docs.writeBytes(ONE, DOCS.bytes, new ByteArrayInputStream(bytes)));
        assertEquals(Optional.of(true), docs.readBytes(ONE, DOCS.bytes, in -> Arrays.equals(bytes, in.readAllBytes())));
        assertEquals(6, docs.get(ONE).get(DOCS.version));
        assertEquals(5, docs.get(TWO).get(DOCS.version));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8190, 8191, 8192, 1_500_000, 3_000_000})
    void textIsReadAsItWasWrittenWhereverASurrogatePairIsSplit(int size) throws IOException {
        SHOP.assumeValuesOf(3L * size);
        var text = "a".repeat(size % 2) + FOX.repeat(size / 2) + "é".repeat(size / 4) + " \t";

        assertTrue(docs.writeText(ONE, DOCS.text, new StringReader(text)));
        assertEquals(
                text.length(), docs.readText(ONE, DOCS.text, LobTest::length).orElseThrow());
        assertEquals(text, docs.get(ONE).get(DOCS.text));
        assertTrue(docs.readText(ONE, DOCS.text, reader -> {
                    for (int i = 0; i < text.length(); i++) {
                        if (reader.read() != text.charAt(i)) {
                            return false;
                        }
                    }
                    return reader.read() < 0;
                })
                .orElseThrow());
    }

    private static long length(Reader reader) throws IOException {
        return reader.transferTo(Writer.nullWriter());
    }

    @Test
    void nullRowsAreNotEmptyRows() throws IOException {
        assertFalse(docs.writeBytes(NONE, DOCS.bytes, InputStream.nullInputStream()));
        assertFalse(docs.writeText(NONE, DOCS.text, Reader.nullReader()));
        assertEquals(Optional.empty(), docs.readBytes(NONE, DOCS.bytes, in -> "there"));
        assertEquals(Optional.empty(), docs.readBytes(ONE, DOCS.bytes, in -> "not null"));

        assertTrue(docs.writeBytes(ONE, DOCS.bytes, InputStream.nullInputStream()));
        assertEquals(Optional.of(-1), docs.readBytes(ONE, DOCS.bytes, InputStream::read));
        assertEquals(0, docs.get(ONE).get(DOCS.bytes).length);
    }

    @Test
    void anExceptionOfTheStreamReachesTheCallerAndNothingIsWritten() throws IOException {
        SHOP.assumeValuesOf(3 << 20);
        docs.writeBytes(ONE, DOCS.bytes, new ByteArrayInputStream(new byte[] {7}));
        for (var failure : List.of(new IOException("disk full"), new IllegalStateException("too late"))) {
            var broken = new ZerosThen(3 << 20, failure);
            assertSame(failure, assertThrows(Exception.class, () -> docs.writeBytes(ONE, DOCS.bytes, broken)));
            SHOP.database().transaction(session -> {
                var inSession = DOCS.repository(session);
                var again = new ZerosThen(3 << 20, failure);
                assertSame(failure, assertThrows(Exception.class, () -> inSession.writeBytes(ONE, DOCS.bytes, again)));
                assertEquals(1, inSession.get(ONE).get(DOCS.bytes).length);
                inSession.writeBytes(TWO, DOCS.bytes, new ByteArrayInputStream(new byte[2 << 20]));
            });
        }
        assertEquals(1, docs.get(ONE).get(DOCS.bytes).length);
        assertEquals(2 << 20, docs.get(TWO).get(DOCS.bytes).length);
    }

    @Test
    void anExceptionOfTheBodyReachesTheCaller() throws IOException {
        docs.writeBytes(ONE, DOCS.bytes, new ByteArrayInputStream(new byte[1]));
        var failure = new IOException("disk full");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> docs.readBytes(ONE, DOCS.bytes, in -> {
                            throw failure;
                        })));
    }

    @Test
    void aValueLargerThanTheServerTakesIsInvalid() {
        SHOP.assumeValuesOf(2 << 20); // otherwise the driver, whose parts have 1 MiB, is the first to refuse it
        var most = SHOP.database().dsl().fetchValue("select @@max_allowed_packet");
        var endless = new ZerosThen(Long.MAX_VALUE, new IOException());
        var refused = assertThrows(InvalidValue.class, () -> docs.writeBytes(ONE, DOCS.bytes, endless));

        assertEquals(DOCS.bytes, refused.field().orElseThrow());
        assertTrue(refused.getMessage().contains(most + " bytes"), refused.getMessage());
    }

    @Test
    void halfASurrogatePairIsInvalid() {
        for (var text : List.of("a" + FOX.charAt(0), FOX.charAt(1) + "a")) {
            var refused =
                    assertThrows(InvalidValue.class, () -> docs.writeText(ONE, DOCS.text, new StringReader(text)));
            assertEquals(DOCS.text, refused.field().orElseThrow());
        }
    }

    @Test
    void oneRowsStreamIsWrittenToAnotherInOneSession() throws IOException {
        var bytes = new byte[10 << 20];
        SHOP.assumeValuesOf(bytes.length);
        new Random(1).nextBytes(bytes);
        docs.writeBytes(ONE, DOCS.bytes, new ByteArrayInputStream(bytes));

        SHOP.database().transaction(session -> {
            var inSession = DOCS.repository(session);
            assertTrue(inSession
                    .readBytes(ONE, DOCS.bytes, in -> inSession.writeBytes(TWO, DOCS.bytes, in))
                    .orElseThrow());
        });
        assertTrue(Arrays.equals(bytes, docs.get(TWO).get(DOCS.bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8192, 100_000, 1_040_384, 5_000_000})
    void aStreamMayRunStatementsOfTheSessionThatWritesIt(int size) throws IOException {
        SHOP.assumeValuesOf(size + 100_000L);
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        var text = "é".repeat(size / 2);

        SHOP.database().transaction(session -> {
            var inSession = DOCS.repository(session);
            Runnable statements = () -> {
                inSession.update(TWO, row -> row.set(DOCS.whole, 1));
                assertEquals(1, inSession.get(TWO).get(DOCS.whole));
                assertDoesNotThrow(() -> inSession.writeText(TWO, DOCS.text, new StringReader("within")));
            };
            assertTrue(inSession.writeBytes(ONE, DOCS.bytes, new Running(bytes, statements)));
            var utf8 = new Running(text.getBytes(StandardCharsets.UTF_8), statements);
            assertTrue(inSession.writeText(ONE, DOCS.text, new InputStreamReader(utf8, StandardCharsets.UTF_8)));
        });
        assertTrue(Arrays.equals(bytes, docs.get(ONE).get(DOCS.bytes)));
        assertEquals(text, docs.get(ONE).get(DOCS.text));
        assertEquals("within", docs.get(TWO).get(DOCS.text));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamMayRunStatementsOfTheTransactionThatTheDataSourceIsIn(boolean prepared) throws IOException {
        SHOP.assumeValuesOf(4 << 20); // the driver counts escaped bytes if the server does not prepare the statement
        var settings = new HashMap<>(OverDataSourceTest.SETTINGS);
        settings.put("useServerPrepStmts", String.valueOf(prepared));
        var bytes = new byte[1_500_000];
        new Random(1).nextBytes(bytes);
        try (var pool = OverDataSourceTest.pool(SHOP.options(), settings, 1);
                var database = Database.over(new TransactionAwareDataSourceProxy(pool))) {
            var joined = DOCS.repository(database);
            new TransactionTemplate(new DataSourceTransactionManager(pool)).executeWithoutResult(status -> {
                var content = new Running(bytes, () -> joined.update(TWO, row -> row.set(DOCS.whole, 1)));
                assertDoesNotThrow(() -> joined.writeBytes(ONE, DOCS.bytes, content));
            });
        }
        assertTrue(Arrays.equals(bytes, docs.get(ONE).get(DOCS.bytes)));
        assertEquals(1, docs.get(TWO).get(DOCS.whole));
    }

    @Test
    void nothingIsWrittenIfTheTransactionEndsWhileTheStreamIsRead() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create procedure lose_transaction() begin rollback;"
                + " signal sqlstate '40001' set mysql_errno = 1213, message_text = 'rolled back'; end");
        var once = TransactionOptions.standard().withRetry(RetryPolicy.never());
        try {
            SHOP.database().transaction(once, session -> {
                var lost = new Running(
                        new byte[] {1},
                        () -> assertThrows(
                                RuntimeException.class, () -> session.dsl().execute("call lose_transaction()")));
                DOCS.repository(session).writeBytes(ONE, DOCS.bytes, lost);
            });
        } catch (TransientFailure | IOException expected) {
            assertEquals(TransientFailure.class, expected.getClass());
        } finally {
            dsl.execute("drop procedure lose_transaction");
        }
        assertNull(docs.get(ONE).get(DOCS.bytes));
    }

    @Test
    void aStreamEndsWithItsBody() throws IOException {
        docs.writeText(ONE, DOCS.text, new StringReader("a".repeat(100_000)));
        docs.writeBytes(ONE, DOCS.bytes, new ByteArrayInputStream(new byte[1]));
        var bytes = docs.readBytes(ONE, DOCS.bytes, in -> in).orElseThrow();
        var text = docs.readText(ONE, DOCS.text, reader -> reader).orElseThrow();

        assertThrows(IllegalStateException.class, bytes::read);
        assertThrows(IllegalStateException.class, text::read);
    }

    @Test
    void onlyBlobsAndTextsAreStreamed() {
        for (var column :
                List.<TableField<SampleTable.SamplesRecord, String>>of(DOCS.code, new SampleTable("others").text)) {
            assertThrows(IllegalArgumentException.class, () -> docs.writeText(ONE, column, Reader.nullReader()));
        }
    }

    @Test
    void aValueLargerThanTheHeapIsStreamed() throws Exception {
        SHOP.assumeValuesOf(Copy.SIZE);
        var output = ChildProcess.run(Copy.class, 48, SHOP.options());

        assertTrue(output.contains("copied true and true"), output);
        assertTrue(output.contains("OutOfMemoryError"), "the array did not exhaust the heap: " + output);
    }

    /** Writes a large value, copies it, and then reads it as a whole. */
    static final class Copy {

        private static final int SIZE = 60_000_000;

        private Copy() {}

        public static void main(String[] arguments) throws IOException {
            try (var database = Database.open(ChildProcess.options(arguments))) {
                var docs = DOCS.repository(database);
                docs.writeBytes(ONE, DOCS.bytes, new ZerosThen(SIZE, null));
                docs.writeText(
                        ONE, DOCS.text, new InputStreamReader(new ZerosThen(SIZE, null), StandardCharsets.UTF_8));
                docs.readBytes(ONE, DOCS.bytes, in -> docs.writeBytes(TWO, DOCS.bytes, in));
                System.out.println("copied "
                        + docs.readBytes(TWO, DOCS.bytes, in -> in.transferTo(OutputStream.nullOutputStream()) == SIZE)
                                .orElseThrow()
                        + " and "
                        + docs.readText(ONE, DOCS.text, reader -> length(reader) == SIZE)
                                .orElseThrow());
                System.out.println(docs.get(TWO));
            }
        }
    }

    /** Bytes that run statements each time that some are read. */
    private static final class Running extends FilterInputStream {

        private static final int AT_MOST = 100;

        private final Runnable statements;
        private int runs;

        Running(byte[] bytes, Runnable statements) {
            super(new ByteArrayInputStream(bytes));
            this.statements = statements;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (runs++ < AT_MOST) {
                statements.run();
            }
            var count = super.read(bytes, offset, Math.min(length, 5_000));
            if (count < 0) {
                statements.run();
            }
            return count;
        }
    }

    /** A number of zero bytes, and then the end or a failure. */
    private static final class ZerosThen extends InputStream {

        private final @Nullable Exception failure;
        private long left;

        ZerosThen(long count, @Nullable Exception failure) {
            this.left = count;
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1) < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && failure instanceof IOException e) {
                throw e;
            }
            if (left == 0 && failure instanceof RuntimeException e) {
                throw e;
            }
            if (left == 0) {
                return -1;
            }
            var count = (int) Math.min(length, left);
            Arrays.fill(bytes, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }
}
