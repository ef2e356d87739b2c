package dev.rowan.query;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.ReadQuery;
import dev.rowan.ReadRepository;
import dev.rowan.RowQuery;
import dev.rowan.Session;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.record.KeylessRecord;
import dev.rowan.testing.ChildProcess;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamTest {

    private static final long ALL = 5_000_000;

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final NumbersRepository numbers = new NumbersRepository(database);

    /** A view of five million rows, which are not stored. */
    @BeforeAll
    static void numbers() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create table digits (d int primary key)");
        dsl.execute("insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        dsl.execute("create view numbers as select g.d * 1000000 + f.d * 100000 + e.d * 10000 + d.d * 1000 + c.d * 100"
                + " + b.d * 10 + a.d as n, 'a row like any other' as word"
                + " from digits g, digits f, digits e, digits d, digits c, digits b, digits a where g.d < 5");
    }

    @Test
    void theBodysResultIsReturned() {
        long sum = numbers.where(Numbers.NUMBERS.n.lt(10L)).stream(
                rows -> rows.mapToLong(row -> row.get(Numbers.NUMBERS.n)).sum());
        assertEquals(45, sum);
        assertEquals(10, streamed(first(10)));
        assertEquals(0, streamed(numbers.where(Numbers.NUMBERS.n.lt(0L)).limit(1)));
        database.transaction(session -> {
            assertEquals(10, streamed(new NumbersRepository(session).all().limit(10)));
        });
    }

    @Test
    void forEachHasNoResult() {
        var sum = new AtomicInteger();
        numbers.where(Numbers.NUMBERS.n.lt(10L))
                .forEach(row -> sum.addAndGet(Math.toIntExact(row.get(Numbers.NUMBERS.n))));
        assertEquals(45, sum.get());
    }

    @Test
    void anExceptionOfTheBodyReachesTheCallerUnchanged() {
        var full = new IOException("disk full");
        assertSame(
                full,
                assertThrows(
                        IOException.class,
                        () -> first(10).stream(rows -> {
                            throw full;
                        })));
        var own = new SQLException("the body's own");
        assertSame(
                own,
                assertThrows(
                        SQLException.class,
                        () -> first(10).stream(rows -> {
                            throw own;
                        })));
        database.transaction(session -> {
            var inSession = new NumbersRepository(session);
            assertThrows(
                    StackOverflowError.class,
                    () -> inSession.all().stream(rows -> {
                        assertTrue(rows.findFirst().isPresent());
                        throw new StackOverflowError();
                    }));
            assertTrue(inSession.all().exists());
        });
    }

    @Test
    void aStreamEndsWithItsBody() {
        var kept = first(10).stream(rows -> rows);
        var begun = first(10).stream(rows -> {
            var iterator = rows.iterator();
            iterator.next();
            return iterator;
        });

        assertThrows(IllegalStateException.class, kept::toList);
        var error = assertThrows(IllegalStateException.class, () -> {
            while (begun.hasNext()) {
                begun.next();
            }
        });
        assertEquals("The stream is closed. Read its rows inside the lambda that it is passed to.", error.getMessage());
    }

    @Test
    void aBodyThatReturnsEarlyCancelsTheQuery() {
        long left = numbers.all().stream(rows -> {
            assertTrue(rows.findFirst().isPresent());
            return System.nanoTime();
        });
        assertTrue(System.nanoTime() - left < TimeUnit.SECONDS.toNanos(1), "more rows were read than requested");
        assertTrue(numbers.all().exists());
    }

    @Test
    void aSessionContinuesAfterStreamsThatWereLeftEarly() {
        var users = SHOP.users();
        var ann = SHOP.user("Ann", 1);

        database.transaction(session -> assertTimeout(Duration.ofSeconds(10), () -> {
            users.in(session).update(ann.getId(), u -> u.setAge(77));
            var inSession = new NumbersRepository(session);
            for (long taken = 0; taken < 60; taken++) {
                // returns in the middle of many rows, or after the server has sent all rows
                var size = taken % 3 == 0 ? ALL : taken + 1;
                long limit = taken;
                long read = inSession.all().limit(size).stream(
                        rows -> rows.limit(limit).count());
                assertEquals(taken, read);
                assertEquals(77, users.in(session).get(ann.getId()).getAge());
            }
        }));
        assertEquals(77, users.get(ann.getId()).getAge());
    }

    @Test
    void aSessionOnTheOnlyConnectionContinuesAfterAStreamThatWasLeftEarly() {
        var options = SHOP.options().withPoolSize(1);
        try (var small = Database.open(options)) {
            small.transaction(session -> {
                var inSession = new NumbersRepository(session);
                assertTrue(inSession.all().limit(5000).stream(Stream::findFirst).isPresent());
                assertTrue(inSession.all().exists());
            });
        }
    }

    @Test
    void aSessionRefusesOtherStatementsWhileAStreamIsOpen() {
        database.transaction(session -> {
            var dsl = session.dsl();
            var inSession = new NumbersRepository(session);
            inSession.all().stream(rows -> {
                assertTrue(rows.findFirst().isPresent());
                for (var statement : List.<Runnable>of(
                        () -> inSession.all().exists(),
                        () -> inSession.all().stream(Stream::count),
                        () -> dsl.fetchCount(USERS),
                        session::dsl)) {
                    var error = assertThrows(IllegalStateException.class, statement::run);
                    assertTrue(error.toString().contains("A stream is open in this session"), error.toString());
                }
                return numbers.all().exists();
            });
            assertEquals(0, dsl.fetchCount(USERS));
        });
    }

    @Test
    void theStatementTimeoutDoesNotApplyToStreams() {
        try (var hasty = Database.open(SHOP.options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var slow =
                    new NumbersRepository(hasty).where(Numbers.NUMBERS.n.lt(2L).and(DSL.condition("sleep(2) = 0")));
            assertEquals(2, streamed(slow));
        }
    }

    @Test
    void aLostConnectionIsTypedAndTheBodyIsNotRunAgain() {
        var runs = new AtomicInteger();
        var failure = assertThrows(
                TransientFailure.class,
                () -> numbers.all().stream(rows -> {
                    runs.incrementAndGet();
                    return rows.peek(row -> killOnce(runs)).count();
                }));
        assertEquals(Kind.CONNECTION_LOST, failure.kind());
        assertEquals(2, runs.get(), "one for the body, one for the kill");
    }

    private void killOnce(AtomicInteger runs) {
        if (!runs.compareAndSet(1, 2)) {
            return;
        }
        database.dsl()
                .fetch("select id from information_schema.processlist where db = database()"
                        + " and id <> connection_id() and info like '%word%'")
                .getValues(0)
                .forEach(id -> database.dsl().execute("kill " + id));
    }

    @Test
    void aStatementThatTheServerRefusesIsTyped() {
        assertThrows(OtherFailure.class, () -> numbers.where(DSL.condition("nothing = 1")).stream(Stream::count));
    }

    @Test
    void fiveMillionRowsAreStreamedInAHeapOf64Megabytes() throws Exception {
        var output = ChildProcess.run(StreamAndList.class, 64, SHOP.options());

        assertTrue(output.contains("streamed " + ALL), output);
        assertTrue(output.contains("OutOfMemoryError"), "the list did not exhaust the heap: " + output);
    }

    /** Reads all numbers as a stream, then as a list. */
    static final class StreamAndList {

        private StreamAndList() {}

        public static void main(String[] arguments) {
            try (var database = Database.open(ChildProcess.options(arguments))) {
                var numbers = new NumbersRepository(database).all();
                System.out.println("streamed " + numbers.stream(Stream::count));
                System.out.println("listed " + numbers.list().size());
            }
        }
    }

    private static long streamed(RowQuery<NumbersRecord> query) {
        return query.stream(Stream::count);
    }

    private ReadQuery<NumbersRecord> first(int rows) {
        return numbers.all().limit(rows);
    }

    static final class NumbersRepository extends ReadRepository<NumbersRecord> {
        NumbersRepository(Database database) {
            super(database, Numbers.NUMBERS, NumbersRecord::new);
        }

        NumbersRepository(Session session) {
            super(session, Numbers.NUMBERS, NumbersRecord::new);
        }
    }

    @SuppressWarnings("this-escape")
    static final class Numbers extends TableImpl<NumbersRecord> {
        static final Numbers NUMBERS = new Numbers();

        final TableField<NumbersRecord, Long> n = createField(DSL.name("n"), SQLDataType.BIGINT, this, "");
        final TableField<NumbersRecord, String> word = createField(DSL.name("word"), SQLDataType.VARCHAR(50), this, "");

        Numbers() {
            super(DSL.name("numbers"));
        }

        @Override
        public Class<NumbersRecord> getRecordType() {
            return NumbersRecord.class;
        }
    }

    static final class NumbersRecord extends KeylessRecord<NumbersRecord> {
        NumbersRecord() {
            super(Numbers.NUMBERS);
        }
    }
}
