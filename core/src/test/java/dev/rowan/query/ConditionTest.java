package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_TOTALS;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.trueCondition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** The conditions that callers give: null, always true, very deep, with very long lists. */
class ConditionTest {

    /** A small stack: that of a JVM which has compiled nothing yet overflows as early. */
    private static final int STACK = 256 << 10;

    private static final int MANY = 2_000;

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @Test
    @SuppressWarnings("NullAway") // the mistake that is tested
    void aConditionThatIsNullIsRefusedWhereverItEnters() {
        SHOP.user("Ann", 31);
        Condition missing = null;
        for (var call : List.<Executable>of(
                () -> users.where(missing),
                () -> users.all().and(missing),
                () -> users.where(USERS.ID.eq(1)).and(missing),
                () -> SHOP.totals().where(missing),
                () -> SHOP.totals().where(USER_TOTALS.USER_ID.eq(1)).and(missing),
                () -> UsersRepository.ORDERS.where(missing),
                () -> UsersRepository.ROLES.where(missing),
                () -> UsersRepository.ORDERS.where(ORDERS.ID.eq(1L)).where(missing))) {
            assertEquals(
                    "The condition is null. Pass a condition; to leave it out of a query, pass noCondition(); to write every"
                            + " row, begin with all().",
                    assertThrows(IllegalArgumentException.class, call).getMessage());
        }
    }

    @Test
    void aWriteWithAConditionThatIsAlwaysTrueIsRefused() {
        SHOP.user("Ann", 31);
        var everyone = USERS.ID.notIn(List.of());
        var nobody = USERS.ID.in(List.of());
        for (var always : List.of(
                everyone,
                everyone.and(noCondition()),
                trueCondition().and(everyone),
                everyone.or(USERS.AGE.gt(3)),
                USERS.AGE.gt(3).or(everyone),
                not(nobody),
                not(falseCondition()),
                not(nobody.and(USERS.AGE.gt(3))),
                not(nobody.or(falseCondition())))) {
            assertThrows(IllegalStateException.class, () -> users.where(always).delete(), always::toString);
            assertThrows(
                    IllegalStateException.class, () -> users.where(always).update(u -> u.setAge(1)), always::toString);
            assertEquals(1, users.where(always).count(), always::toString);
        }
        assertEquals(0, users.where(nobody).delete());
        assertEquals(0, users.where(not(everyone)).delete());
        assertEquals(0, users.where(everyone.and(USERS.AGE.lt(3))).delete());
        assertEquals(0, users.where(nobody.or(USERS.AGE.lt(3))).delete());
        assertEquals(31, users.all().one().getAge());
    }

    @Test
    void thousandsOfConditionsRun() throws InterruptedException {
        users.insertAll(IntStream.range(0, 10)
                .mapToObj(i -> new UsersRecord().setAge(i))
                .toList());
        var ages = IntStream.range(0, MANY)
                .<Condition>mapToObj(i -> USERS.AGE.eq(i + 5))
                .toList();
        withSmallStack(() -> {
            assertEquals(5, users.where(DSL.or(ages)).list().size());
            assertEquals(5, users.where(leftDeep(ages)).count());
            assertEquals(5, users.where(rightDeep(ages)).count());
            assertEquals(0, users.where(DSL.and(ages)).and(USERS.ID.isNotNull()).update(u -> u.setName("none")));
            var query = users.where(USERS.ID.isNotNull());
            for (int i = 0; i < MANY; i++) {
                query = query.and(USERS.AGE.ne(i + 5));
            }
            assertEquals(5, query.list().size());
            assertEquals(5, users.where(leftDeep(ages)).delete());
        });
    }

    private static Condition leftDeep(List<Condition> conditions) {
        return conditions.stream().reduce(Condition::or).orElseThrow();
    }

    private static Condition rightDeep(List<Condition> conditions) {
        return conditions.reversed().stream()
                .reduce((right, left) -> left.or(right))
                .orElseThrow();
    }

    private static void withSmallStack(Runnable body) throws InterruptedException {
        var failure = new AtomicReference<@Nullable Throwable>();
        var thread = new Thread(null, body, "small stack", STACK);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    @Test
    void aListOfAnyLengthFindsItsRowsOnly() {
        users.insertAll(IntStream.range(0, 700)
                .mapToObj(i -> new UsersRecord().setAge(i % 100))
                .toList());
        var ids = users.all().orderBy(USERS.ID).list(UsersRecord::getId);
        for (int length : List.of(1, 2, 15, 16, 17, 24, 25, 33, 100, 512, 513, 700)) {
            var first = ids.subList(0, length);
            var found = users.where(USERS.ID.in(first));
            assertEquals(length, found.count());
            assertEquals(first, found.orderBy(USERS.ID).list(UsersRecord::getId));
            assertEquals(700 - length, users.where(USERS.ID.notIn(first)).count());
            assertEquals(700 - length, users.where(not(USERS.ID.in(first))).count());
            assertEquals(
                    length,
                    users.where(USERS.ID.in(first).and(USERS.AGE.ge(0)).or(USERS.AGE.lt(0)))
                            .count());
        }
        assertEquals(100, users.where(USERS.ID.in(ids.subList(0, 100))).delete());
        assertEquals(600, users.all().count());
    }

    @Test
    void listsOfAllLengthsTakeFewPreparedStatements() {
        try (var database = Database.open(SHOP.options().withPoolSize(1))) {
            var repository = new UsersRepository(database);
            var ids = new ArrayList<Integer>();
            for (int i = 1; i <= 500; i++) {
                ids.add(i);
            }
            repository.where(USERS.ID.in(ids)).list();
            var before = status(database, "Com_stmt_prepare");
            for (int length = 100; length < 500; length++) {
                repository.where(USERS.ID.in(ids.subList(0, length))).list();
            }
            var prepared = status(database, "Com_stmt_prepare") - before;
            assertTrue(prepared < 10, prepared + " statements were prepared");
        }
    }

    @Test
    void aStatementOfVeryManyValuesIsNotKeptPrepared() {
        try (var database = Database.open(SHOP.options().withPoolSize(1))) {
            var repository = new UsersRepository(database);
            var before = status(database, "Com_stmt_prepare") - status(database, "Com_stmt_close");
            for (int length = 600; length < 5_000; length += 100) {
                repository
                        .where(USERS.ID.in(IntStream.range(0, length).boxed().toList()))
                        .list();
            }
            var kept = status(database, "Com_stmt_prepare") - status(database, "Com_stmt_close") - before;
            assertTrue(kept < 5, kept + " statements are kept");
        }
    }

    @Test
    void listsAndKeysOfDslTakeFewPreparedStatementsAndLargeOnesAreNotKept() {
        try (var database = Database.open(SHOP.options().withPoolSize(1))) {
            var dsl = database.dsl();
            var uuids = Stream.generate(UUID::randomUUID).limit(256).toList();
            var rows = IntStream.range(0, 256).mapToObj(i -> row(i, "")).toList();
            var before = status(database, "Com_stmt_prepare");
            for (int length = 50; length <= 256; length++) {
                dsl.fetchCount(ORDERS, ORDERS.UUID.in(uuids.subList(0, length)));
                dsl.fetchCount(USERS, row(USERS.ID, USERS.NAME).in(rows.subList(0, length)));
            }
            var prepared = status(database, "Com_stmt_prepare") - before;
            assertTrue(prepared < 20, prepared + " statements were prepared");

            var kept = status(database, "Com_stmt_prepare") - status(database, "Com_stmt_close");
            for (int length = 600; length < 2_000; length += 50) {
                var values = IntStream.range(0, length).mapToObj(DSL::val).toList();
                dsl.fetch("select id from users where id in ({0})", DSL.list(values));
            }
            var more = status(database, "Com_stmt_prepare") - status(database, "Com_stmt_close") - kept;
            assertTrue(more < 5, more + " statements are kept");
        }
    }

    private static long status(Database database, String name) {
        var row = database.dsl().fetchSingle("show session status like '" + name + "'");
        return Long.parseLong(String.valueOf(row.get(1)));
    }
}
