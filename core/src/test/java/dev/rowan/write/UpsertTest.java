package dev.rowan.write;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.UpsertCounts;
import dev.rowan.result.UpsertResult;
import dev.rowan.result.UpsertResult.Outcome;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.JSON;
import org.jooq.UniqueKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpsertTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final UniqueKey<UsersRecord> EMAIL = Keys.KEY_USERS_UK_USERS_EMAIL;
    private static final String ANN = "ann@example.org";

    private final UsersRepository users = SHOP.users();

    @Test
    void aMissingRowIsInserted() {
        var upserted = users.upsert(u -> u.setEmail(ANN).setName("Ann")).on(EMAIL);

        assertEquals(Outcome.INSERTED, upserted.outcome());
        var ann = users.get(upserted.record().getId());
        assertEquals("Ann", ann.getName());
        assertEquals(0, ann.getVersion());
        assertFalse(upserted.record().touched());
    }

    @Test
    void anExistingRowIsUpdatedAndItsVersionIncremented() {
        var ann = users.insert(u -> u.setEmail(ANN).setName("Ann").setAge(31));

        var upserted = users.upsert(u -> u.setEmail(ANN).setName("Anna")).on(EMAIL);
        assertEquals(Outcome.UPDATED, upserted.outcome());
        assertEquals(ann.getId(), upserted.record().getId());
        var read = users.get(ann.getId());
        assertEquals("Anna", read.getName());
        assertEquals(31, read.getAge());
        assertEquals(1, read.getVersion());
    }

    @Test
    void anUpsertIsOneStatementAndSetsTheIdAlsoInATransaction() {
        var database = SHOP.database();
        var ann = users.insert(u -> u.setEmail(ANN).setName("Ann"));
        for (var name : List.of("Anna", "Anna", "Anne")) {
            var before = database.statistics().statements();
            var upserted = users.upsert(u -> u.setEmail(ANN).setName(name)).on(EMAIL);
            assertEquals(1, database.statistics().statements() - before);
            assertEquals(ann.getId(), upserted.record().getId());
        }
        var before = database.statistics().statements();
        var bob = database.transactionResult(session -> {
            var inSession = users.in(session);
            var known = inSession.upsert(u -> u.setEmail(ANN).setName("Ann")).on(EMAIL);
            assertEquals(ann.getId(), known.record().getId());
            return inSession
                    .upsert(u -> u.setEmail("bob@example.org").setName("Bob"))
                    .on(EMAIL);
        });
        assertEquals(2 + 2, database.statistics().statements() - before);
        assertEquals("Bob", users.get(bob.record().getId()).getName());
    }

    @Test
    void anUpsertThatChangesNothingIsUnchangedAndKeepsVersionAndTimestamp() {
        var longAgo = LocalDateTime.of(2024, 1, 1, 0, 0);
        var ann = users.insert(u -> u.setEmail(ANN)
                .setName("Ann")
                .setAge(null)
                .setPreferences(JSON.json("{\"theme\": \"dark\"}"))
                .setUpdatedAt(longAgo));

        var upserted = users.upsert(u ->
                        u.setEmail(ANN).setName("Ann").setAge(null).setPreferences(JSON.json("{\"theme\": \"dark\"}")))
                .on(EMAIL);
        assertEquals(Outcome.UNCHANGED, upserted.outcome());
        assertEquals(ann.getId(), upserted.record().getId());
        var read = users.get(ann.getId());
        assertEquals(0, read.getVersion());
        assertEquals(longAgo, read.getUpdatedAt());
    }

    @Test
    void aRefusedUpsertLeavesTheRecordAsItWas() {
        var ann = users.get(users.insert(u -> u.setEmail(ANN)).getId()).setVersion(7);

        assertThrows(IllegalArgumentException.class, () -> users.upsert(ann).on(EMAIL));
        assertFalse(ann.touched(USERS.EMAIL));
        assertThrows(
                IllegalArgumentException.class,
                () -> users.upsertAll(List.of(ann)).on(EMAIL));
        assertFalse(ann.touched(USERS.EMAIL));
    }

    @Test
    void aChangeThatOnlyTheCollationOverlooksIsAChange() {
        var ann = users.insert(u -> u.setEmail(ANN).setName("ann"));

        assertEquals(
                Outcome.UPDATED,
                users.upsert(u -> u.setEmail(ANN).setName("ANN")).on(EMAIL).outcome());
        assertEquals("ANN", users.get(ann.getId()).getName());
        assertEquals(1, users.get(ann.getId()).getVersion());
    }

    @Test
    void theKeyIsComparedAsTheDatabaseDoesAndStaysAsItIs() {
        var ann = users.insert(u -> u.setEmail(ANN));

        var upserted =
                users.upsert(u -> u.setEmail("ANN@example.org").setAge(31)).on(EMAIL);
        assertEquals(ann.getId(), upserted.record().getId());
        assertEquals(ANN, users.get(ann.getId()).getEmail());
    }

    @Test
    void aRowWithTheSameValueInAnotherKeyViolatesThatKey() {
        var ann = users.insert(u -> u.setEmail(ANN).setName("Ann"));

        var byId = assertThrows(
                UniqueViolation.class,
                () -> users.upsert(u ->
                                u.setId(ann.getId()).setEmail("bob@example.org").setName("Bob"))
                        .on(EMAIL));
        assertEquals(Keys.KEY_USERS_PRIMARY, byId.key());
        var byEmail = assertThrows(
                UniqueViolation.class,
                () -> users.upsert(u -> u.setId(ann.getId() + 1).setEmail(ANN).setName("Bob"))
                        .on(Keys.KEY_USERS_PRIMARY));
        assertEquals(EMAIL, byEmail.key());
        assertEquals("Ann", users.all().one().getName());
    }

    @Test
    void aNullKeyMatchesNoRow() {
        users.insert(u -> u.setEmail(null).setName("Ann"));

        var upserted = users.upsert(u -> u.setEmail(null).setName("Bob")).on(EMAIL);
        assertEquals(Outcome.INSERTED, upserted.outcome());
        assertEquals("Bob", users.get(upserted.record().getId()).getName());
        assertThrows(
                UniqueViolation.class,
                () -> users.upsert(u -> u.setId(upserted.record().getId())
                                .setEmail(null)
                                .setName("Cid"))
                        .on(EMAIL));
    }

    @Test
    void anUpsertByPrimaryKeyInsertsThenUpdates() {
        assertEquals(
                Outcome.INSERTED,
                users.upsert(u -> u.setId(4711).setName("Ann"))
                        .on(Keys.KEY_USERS_PRIMARY)
                        .outcome());
        assertEquals(
                Outcome.UNCHANGED,
                users.upsert(u -> u.setId(4711).setName("Ann"))
                        .on(Keys.KEY_USERS_PRIMARY)
                        .outcome());
        assertEquals(
                Outcome.UPDATED,
                users.upsert(u -> u.setId(4711).setEmail(ANN))
                        .on(Keys.KEY_USERS_PRIMARY)
                        .outcome());
        assertEquals("Ann", users.get(4711).getName());
    }

    @Test
    void aGivenIdIsUsedForANewRowOnly() {
        var ann = users.insert(u -> u.setEmail(ANN));

        var there = users.upsert(u -> u.setId(4711).setEmail(ANN).setAge(31)).on(EMAIL);
        assertEquals(Outcome.UPDATED, there.outcome());
        assertEquals(ann.getId(), there.record().getId());
        var made = users.upsert(u -> u.setId(4711).setEmail("bob@example.org")).on(EMAIL);
        assertEquals(Outcome.INSERTED, made.outcome());
        assertEquals(4711, made.record().getId());
    }

    @Test
    void aNegativeIdIsReturnedToo() {
        users.insert(u -> u.setId(-5).setEmail(ANN));

        assertEquals(
                -5,
                users.upsert(u -> u.setEmail(ANN).setAge(31)).on(EMAIL).record().getId());
    }

    @Test
    void aKeyOfBytesAndAKeyOfSeveralColumnsWork() {
        var ann = SHOP.user("Ann", 31);
        var uuid = UUID.randomUUID();
        var orders = SHOP.orders();
        var first = orders.upsert(o -> o.setUserId(ann.getId()).setUuid(uuid)).on(Keys.KEY_ORDERS_UK_ORDERS_UUID);
        var again = orders.upsert(o -> o.setUserId(ann.getId()).setUuid(uuid).setTotal(BigDecimal.ONE))
                .on(Keys.KEY_ORDERS_UK_ORDERS_UUID);
        assertEquals(first.record().getId(), again.record().getId());
        assertEquals(Outcome.UPDATED, again.outcome());

        var item = new OrderItemsRecord()
                .setOrderId(again.record().getId())
                .setLineNo(1)
                .setProduct("pen")
                .setPrice(BigDecimal.ONE);
        assertEquals(
                Outcome.INSERTED,
                SHOP.items().upsert(item).on(Keys.KEY_ORDER_ITEMS_PRIMARY).outcome());
        item.setProduct("pencil").setPrice(BigDecimal.ONE);
        assertEquals(
                Outcome.UPDATED,
                SHOP.items().upsert(item).on(Keys.KEY_ORDER_ITEMS_PRIMARY).outcome());

        var role = SHOP.roles().insert(r -> r.setName("admin"));
        var granted = new UserRolesRepository(SHOP.database());
        var grant = new UserRolesRecord().setUserId(ann.getId()).setRoleId(role.getId());
        assertEquals(
                Outcome.INSERTED,
                granted.upsert(grant).on(Keys.KEY_USER_ROLES_PRIMARY).outcome());
        var same = new UserRolesRecord().setUserId(ann.getId()).setRoleId(role.getId());
        assertEquals(
                Outcome.UNCHANGED,
                granted.upsert(same).on(Keys.KEY_USER_ROLES_PRIMARY).outcome());
    }

    @Test
    void aMissingKeyAVersionAndAnExpressionAreRefused() {
        assertEquals(
                "An upsert on uk_users_email finds its row by email. Set users.email on the record.",
                refused(new UsersRecord().setName("Ann")));
        assertEquals(
                "Do not set users.version: every write of a row increments it. To write the row only if it has this"
                        + " version, set the version on its record, and save the record.",
                refused(new UsersRecord().setEmail(ANN).setVersion(7)));
        var expression = new UsersRecord().setEmail(ANN);
        expression.set(USERS.AGE, USERS.AGE.plus(1));
        assertEquals(
                "An upsert takes values only. Write expressions with an update, or with dsl().", refused(expression));
    }

    @Test
    void anUpsertByAnIdThatTheDatabaseGeneratesNamesTheWay() {
        assertEquals(
                "An upsert on PRIMARY finds its row by id. Set users.id on the record; a row whose id the database"
                        + " generates is new: call insert, or name another key.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> users.upsert(u -> u.setName("Ann")).on(Keys.KEY_USERS_PRIMARY))
                        .getMessage());
    }

    private String refused(UsersRecord record) {
        var alone = assertThrows(
                IllegalArgumentException.class, () -> users.upsert(record).on(EMAIL));
        var among = assertThrows(
                IllegalArgumentException.class,
                () -> users.upsertAll(List.of(new UsersRecord().setEmail(ANN), record))
                        .on(EMAIL));
        assertEquals("Row 2: " + alone.getMessage(), among.getMessage());
        return String.valueOf(alone.getMessage());
    }

    @Test
    void concurrentUpsertsWriteOneRowAndIncrementItsVersion() throws Exception {
        var threads = 8;
        var together = new CyclicBarrier(threads);
        var outcomes = new ArrayList<Outcome>();
        var ids = new ArrayList<Integer>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<UpsertResult<UsersRecord>>>();
            for (int i = 0; i < threads; i++) {
                var age = i;
                running.add(executor.submit((Callable<UpsertResult<UsersRecord>>) () -> {
                    together.await();
                    return users.upsert(u -> u.setEmail(ANN).setAge(age)).on(EMAIL);
                }));
            }
            for (var future : running) {
                outcomes.add(future.get().outcome());
                ids.add(future.get().record().getId());
            }
        }
        var ann = users.all().one();
        assertEquals(1, outcomes.stream().filter(Outcome.INSERTED::equals).count());
        assertEquals(List.of(ann.getId()), ids.stream().distinct().toList());
        assertEquals(threads - 1, ann.getVersion());
    }

    @Test
    void upsertAllWritesTheRecordsInTheirOrder() {
        users.insertAll(emails(0, 1_000, 1));

        users.upsertAll(emails(500, 2_500, 2)).on(EMAIL);
        assertEquals(2_500, users.all().count());
        assertEquals(500, users.where(USERS.AGE.eq(1)).count());
        assertEquals(500, users.where(USERS.VERSION.eq(1)).count());

        users.upsertAll(List.of(
                        new UsersRecord().setEmail(ANN).setName("first"),
                        new UsersRecord().setEmail(ANN).setName("second")))
                .on(EMAIL);
        assertEquals("second", users.findByEmail(ANN).orElseThrow().getName());
        users.upsertAll(List.of(
                        new UsersRecord().setEmail(ANN).setName("third").setAge(31),
                        new UsersRecord().setEmail(ANN).setName("fourth")))
                .on(EMAIL);
        assertEquals("fourth", users.findByEmail(ANN).orElseThrow().getName());
        assertEquals(31, users.findByEmail(ANN).orElseThrow().getAge());
    }

    @Test
    void upsertAllFindsRowsByThePrimaryKeyToo() {
        users.insertAll(IntStream.range(1, 100)
                .mapToObj(i -> new UsersRecord().setId(i))
                .toList());

        users.upsertAll(IntStream.range(50, 150)
                        .mapToObj(i -> new UsersRecord().setId(i).setAge(1))
                        .toList())
                .on(Keys.KEY_USERS_PRIMARY);
        assertEquals(149, users.all().count());
        assertEquals(100, users.where(USERS.AGE.eq(1)).count());
    }

    @Test
    void upsertAllCountsWhatItInsertsUpdatesAndLeavesUnchanged() {
        users.insertAll(emails(0, 1_000, 1));
        users.insertAll(emails(1_000, 1_500, 2));

        assertEquals(
                new UpsertCounts(1_000, 500, 500),
                users.upsertAll(emails(500, 2_500, 2)).on(EMAIL));
        assertEquals(
                new UpsertCounts(0, 0, 2_500),
                users.upsertAll(users.all().list()).on(Keys.KEY_USERS_PRIMARY));
        var again = List.of(
                new UsersRecord().setEmail(ANN).setAge(1),
                new UsersRecord().setEmail(ANN).setAge(2),
                new UsersRecord().setEmail(null).setAge(3),
                new UsersRecord().setEmail(null).setAge(3),
                new UsersRecord().setEmail(ANN).setAge(2));
        assertEquals(new UpsertCounts(3, 1, 1), users.upsertAll(again).on(EMAIL));
        assertEquals(
                new UpsertCounts(0, 0, 0),
                users.upsertAll(List.<UsersRecord>of()).on(EMAIL));
    }

    @Test
    void upsertAllCountsRowsWhoseKeysAreGiven() {
        var ann = SHOP.user("Ann", 31);
        var items = SHOP.items();
        var order = SHOP.orders().insert(o -> o.setUserId(ann.getId()).setUuid(UUID.randomUUID()));
        Function<String, List<OrderItemsRecord>> lines = product -> IntStream.range(0, 1_500)
                .mapToObj(i -> new OrderItemsRecord()
                        .setOrderId(order.getId())
                        .setLineNo(i)
                        .setProduct(i % 3 == 0 ? "ink" : product)
                        .setPrice(BigDecimal.ONE))
                .toList();
        var key = Keys.KEY_ORDER_ITEMS_PRIMARY;
        assertEquals(
                new UpsertCounts(1_500, 0, 0),
                items.upsertAll(lines.apply("pen")).on(key));
        assertEquals(
                new UpsertCounts(0, 1_000, 500),
                items.upsertAll(lines.apply("pencil")).on(key));
    }

    @Test
    void aRecordOfUpsertAllReceivesTheIdOfTheRowThatWasFound() {
        var roles = SHOP.roles();
        var admin = roles.insert(r -> r.setName("admin"));
        var given = new RolesRecord().setId(admin.getId() + 1_000).setName("ADMIN");
        var clerk = new RolesRecord().setName("clerk");

        roles.upsertAll(List.of(given)).on(Keys.KEY_ROLES_UK_ROLES_NAME);
        roles.upsertAll(List.of(clerk, new RolesRecord().setName("cook"))).on(Keys.KEY_ROLES_UK_ROLES_NAME);
        assertEquals(admin.getId(), given.getId());
        roles.insert(r -> r.setId(admin.getId() + 1_000).setName("other"));
        roles.save(given.setName("head"));
        assertEquals("head", roles.get(admin.getId()).getName());
        assertEquals("other", roles.get(admin.getId() + 1_000).getName());
        roles.save(clerk.setName("clerks"));
        assertEquals("clerks", roles.get(clerk.getId()).getName());
    }

    @Test
    void upsertAllInASessionSetsTheIdsAndARollbackTakesThemBack() {
        var ann = users.insert(u -> u.setEmail(ANN));
        var records = emails(0, 3, 1);
        var known = new UsersRecord().setEmail(ANN).setAge(5);
        SHOP.database().transaction(session -> {
            var in = users.in(session);
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(inner -> {
                        in.upsertAll(records).on(EMAIL);
                        in.upsertAll(List.of(known)).on(EMAIL);
                        assertEquals(ann.getId(), known.getId());
                        throw new ForcedRollback();
                    }));
            assertNull(records.getFirst().getId());
            assertNull(known.getId());
            assertEquals(new UpsertCounts(3, 0, 0), in.upsertAll(records).on(EMAIL));
        });
        for (var record : records) {
            assertEquals(record.getEmail(), users.get(record.getId()).getEmail());
        }
    }

    @Test
    void aRecordThatWasReadHasItsKeyAlready() {
        var ann = users.get(users.insert(u -> u.setEmail(ANN)).getId());

        assertEquals(
                Outcome.UPDATED,
                users.upsert(ann.setAge(31)).on(Keys.KEY_USERS_PRIMARY).outcome());
        assertEquals(31, users.get(ann.getId()).getAge());
    }

    @Test
    void upsertAllUpdatesTheColumnsThatEachRecordHasSet() {
        var ann = users.insert(u -> u.setEmail(ANN).setName("Ann").setAge(31));
        var bob = users.insert(u -> u.setEmail("bob@example.org").setName("Bob").setAge(40));

        users.upsertAll(List.of(
                        new UsersRecord().setEmail(ANN).setName("Anna"),
                        new UsersRecord().setEmail("bob@example.org").setAge(null)))
                .on(EMAIL);
        assertEquals(31, users.get(ann.getId()).getAge());
        assertEquals("Anna", users.get(ann.getId()).getName());
        assertEquals("Bob", users.get(bob.getId()).getName());
        assertNull(users.get(bob.getId()).getAge());
    }

    @Test
    void theErrorOfUpsertAllNamesTheRefusedRecordAndNothingIsWritten() {
        var ann = users.insert(u -> u.setEmail(ANN).setName("Ann"));
        var records = emails(0, 1_200, 1);
        records.get(1_100).setId(ann.getId());

        var violation = assertThrows(
                UniqueViolation.class, () -> users.upsertAll(records).on(EMAIL));
        assertEquals(Keys.KEY_USERS_PRIMARY, violation.key());
        assertTrue(violation.getMessage().startsWith("Row 1101: upsert into users: "), violation.getMessage());
        assertEquals("Ann", users.all().one().getName());

        records.get(1_100).setId(null).setAge(-1);
        var check = assertThrows(
                CheckViolation.class, () -> users.upsertAll(records).on(EMAIL));
        assertTrue(check.getMessage().startsWith("Row 1101: upsert into users: "), check.getMessage());
        assertEquals(1, users.all().count());
    }

    private static List<UsersRecord> emails(int from, int to, int age) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        new UsersRecord().setEmail("user" + i + "@example.org").setAge(age))
                .toList();
    }
}
