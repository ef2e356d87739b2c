package dev.rowan.write;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.NotFound;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.OrderItemsKey;
import dev.rowan.shop.tables.records.UserTotalsRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.JSON;
import org.jooq.exception.DetachedException;
import org.jooq.types.UInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

class RepositoryTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final dev.rowan.shop.repositories.UsersRepository users = SHOP.users();

    @Test
    void insertFillsInTheKey() {
        var ann = users.insert(u -> u.setName("Ann").setAge(31));
        var bob = users.insert(u -> u.setName("Bob"));

        assertNotNull(ann.getId());
        assertTrue(bob.getId() > ann.getId());
        assertEquals("Ann", users.get(ann.getId()).getName());
    }

    @Test
    void insertWritesOnlyTheTouchedColumns() {
        var ann = users.get(users.insert(u -> u.setName("Ann")).getId());

        assertEquals(UsersStatus.ACTIVE, ann.getStatus());
        assertEquals(false, ann.getNewsletter());
        assertEquals(0, ann.getVersion());
        assertNull(ann.getAge());
    }

    @Test
    void anEmptyInsertTakesEveryDefault() {
        var blank = users.get(users.insert(u -> {}).getId());

        assertNull(blank.getName());
        assertEquals(UsersStatus.ACTIVE, blank.getStatus());
    }

    @Test
    void insertKeepsAKeyThatIsGiven() {
        users.insert(u -> u.setId(4711).setName("Ann"));

        assertEquals("Ann", users.get(4711).getName());
    }

    @Test
    void everyColumnIsReadAsItWasWritten() {
        var invited = LocalDateTime.of(2024, 10, 27, 2, 30, 0, 123_456_000); // this local time occurs twice in Paris
        var ann = users.insert(u -> u.setName("Ann").setAge(31));
        var eve = users.insert(u -> u.setName("Ève 🦊")
                .setAge(150)
                .setEmail("eve@example.org")
                .setStatus(UsersStatus.SUSPENDED)
                .setPreferences(JSON.json("{\"theme\": \"dark\"}"))
                .setNewsletter(true)
                .setInviterId(ann.getId())
                .setCreatedAt(invited));

        var read = users.get(eve.getId());
        assertEquals("Ève 🦊", read.getName());
        assertEquals(150, read.getAge());
        assertEquals("eve@example.org", read.getEmail());
        assertEquals("example.org", read.getEmailDomain());
        assertEquals(UsersStatus.SUSPENDED, read.getStatus());
        assertEquals(JSON.json("{\"theme\": \"dark\"}"), read.getPreferences());
        assertTrue(read.getNewsletter());
        assertEquals(ann.getId(), read.getInviterId());
        assertEquals(invited, read.getCreatedAt());
        assertFalse(read.touched());
    }

    @Test
    void theServersClockIsReadInUtcInEveryTimeZone() {
        var ann = users.get(users.insert(u -> u.setName("Ann")).getId());

        var age = Duration.between(ann.getCreatedAt(), LocalDateTime.now(ZoneOffset.UTC));
        assertTrue(age.abs().compareTo(Duration.ofMinutes(5)) < 0, "created " + age + " ago");
    }

    @Test
    void decimalsUnsignedNumbersAndUuidsAreReadAsTheyWereWritten() {
        var ann = SHOP.user("Ann", 31);
        var uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        var order =
                SHOP.orders().insert(o -> o.setUserId(ann.getId()).setUuid(uuid).setTotal(new BigDecimal("19.90")));
        SHOP.items()
                .insert(i -> i.setOrderId(order.getId())
                        .setLineNo(1)
                        .setProduct("pen")
                        .setQuantity(UInteger.MAX)
                        .setPrice(new BigDecimal("0.01")));

        var found = SHOP.orders().findByUuid(uuid).orElseThrow();
        assertEquals(uuid, found.getUuid());
        assertEquals(new BigDecimal("19.90"), found.getTotal());
        var item = SHOP.items().get(new OrderItemsKey(order.getId(), 1));
        assertEquals(UInteger.MAX, item.getQuantity());
    }

    @Test
    void aUuidIsKeptInTheOrderItIsWrittenIn() {
        var ann = SHOP.user("Ann", 31);
        var uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        SHOP.orders().insert(o -> o.setUserId(ann.getId()).setUuid(uuid));

        assertEquals(
                "00112233445566778899AABBCCDDEEFF", SHOP.database().dsl().fetchValue("select hex(uuid) from orders"));
    }

    @Test
    void findOfAMissingRowIsEmptyAndGetIsNotFound() {
        assertTrue(users.find(-1).isEmpty());
        var error = assertThrows(NotFound.class, () -> users.get(-1));
        assertEquals("No row of users has this key. Use find where there may be none.", error.getMessage());
    }

    @Test
    void aFinderFindsByItsUniqueKey() {
        users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));

        assertEquals("Ann", users.findByEmail("ANN@example.org").orElseThrow().getName()); // the collation's equality
        assertTrue(users.findByEmail("bob@example.org").isEmpty());
    }

    @Test
    void findAllKeepsTheOrderOfTheKeysAndSkipsTheMissing() {
        var ids = List.of(
                SHOP.user("A", 1).getId(),
                SHOP.user("B", 2).getId(),
                SHOP.user("C", 3).getId());

        var found = users.findAll(List.of(ids.get(2), -1, ids.get(0), ids.get(1), ids.get(2)));
        assertEquals(
                List.of("C", "A", "B"), found.stream().map(UsersRecord::getName).toList());
        assertTrue(users.findAll(List.of()).isEmpty());
    }

    @Test
    void findAllTakesMoreKeysThanOneStatementHolds() {
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++) {
            ids.add(SHOP.user("user " + i, i).getId());
        }
        var keys = new ArrayList<>(ids.reversed());
        IntStream.range(0, 3_000).forEach(i -> keys.add(2, -i));

        var found = users.findAll(keys).stream().map(UsersRecord::getId).toList();
        assertEquals(ids.reversed(), found);
    }

    @Test
    void aRowWithACompositeKeyIsFoundUpdatedAndDeletedByIt() {
        var ann = SHOP.user("Ann", 31);
        var order = SHOP.orders().insert(o -> o.setUserId(ann.getId()));
        for (int line = 1; line <= 3; line++) {
            var number = line;
            SHOP.items()
                    .insert(i -> i.setOrderId(order.getId())
                            .setLineNo(number)
                            .setProduct("product " + number)
                            .setPrice(BigDecimal.ONE));
        }
        var second = new OrderItemsKey(order.getId(), 2);

        assertEquals("product 2", SHOP.items().get(second).getProduct());
        assertTrue(SHOP.items().update(second, i -> i.setProduct("pencil")));
        assertEquals("pencil", SHOP.items().get(second).getProduct());
        var both = SHOP.items().findAll(List.of(new OrderItemsKey(order.getId(), 3), second));
        assertEquals(List.of(3, 2), both.stream().map(i -> i.getLineNo()).toList());
        assertTrue(SHOP.items().delete(second));
        assertFalse(SHOP.items().exists(second));
    }

    @Test
    void updateWritesOnlyTheColumnsOfThePatch() {
        var ann = users.insert(u -> u.setName("Ann").setAge(31).setEmail("ann@example.org"));

        assertTrue(users.update(ann.getId(), u -> u.setAge(null)));
        var read = users.get(ann.getId());
        assertNull(read.getAge());
        assertEquals("Ann", read.getName());
        assertEquals("ann@example.org", read.getEmail());
    }

    @Test
    void everyUpdateIncrementsTheVersion() {
        var ann = SHOP.user("Ann", 31);
        users.update(ann.getId(), u -> u.setAge(32));
        users.where(USERS.ID.eq(ann.getId())).update(u -> u.setAge(32));

        assertEquals(2, users.get(ann.getId()).getVersion());
    }

    @Test
    void updateReturnsWhetherTheRowExists() {
        var ann = SHOP.user("Ann", 31);

        assertTrue(users.update(ann.getId(), u -> u.setAge(31)), "a value that changes nothing");
        assertTrue(users.update(ann.getId(), u -> {}), "a patch that sets nothing");
        assertFalse(users.update(-1, u -> u.setAge(31)));
        assertFalse(users.update(-1, u -> {}));
    }

    @Test
    void updateTakesExpressionsThatTheDatabaseEvaluates() {
        var ann = SHOP.user("Ann", 31);

        assertTrue(users.update(ann.getId(), u -> {
            u.set(USERS.AGE, USERS.AGE.plus(1));
            u.setName("Anna");
        }));
        var read = users.get(ann.getId());
        assertEquals(32, read.getAge());
        assertEquals("Anna", read.getName());
        assertEquals(1, read.getVersion());
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without NullAway may write
    void aKeyThatIsNullIsRefusedBeforeAnythingIsSent() {
        var calls = List.<Executable>of(
                () -> users.find(null),
                () -> users.get(null),
                () -> users.exists(null),
                () -> users.delete((Integer) null),
                () -> users.update(null, u -> u.setAge(32)),
                () -> users.update(null, u -> {}),
                () -> users.findAll(Arrays.asList(1, null)));
        var before = SHOP.database().statistics().statements();
        for (var call : calls) {
            assertEquals(
                    "The key of a row of users is null. Pass the key of a row.",
                    assertThrows(IllegalArgumentException.class, call).getMessage());
        }
        assertEquals(
                "The email of a row of users to find is null, which equals nothing. Find such rows with where(….isNull()).",
                assertThrows(IllegalArgumentException.class, () -> users.findByEmail(null))
                        .getMessage());
        assertEquals(before, SHOP.database().statistics().statements());
    }

    @Test
    void theVersionCannotBeSet() {
        var error = assertThrows(IllegalArgumentException.class, () -> users.update(1, u -> u.setVersion(7)));
        assertEquals(
                "Do not set users.version: every write of a row increments it. To write the row only if it has this"
                        + " version, set the version on its record, and save the record.",
                error.getMessage());
    }

    @Test
    void aGeneratedColumnCannotBeWritten() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> users.insert(u -> u.set(USERS.EMAIL_DOMAIN, "example.org")));
        assertEquals(
                "users.email_domain is a generated column. Set the columns it is computed from.", error.getMessage());
    }

    @Test
    void aRecordWithAllColumnsSetIsInsertedWithoutTheGeneratedOnes() {
        var now = LocalDateTime.of(2026, 1, 1, 0, 0);
        var ann = new UsersRecord(
                4711, "Ann", 31, "ann@example.org", null, UsersStatus.ACTIVE, null, true, null, 0, now, now);

        assertEquals("example.org", users.get(users.insert(ann).getId()).getEmailDomain());
    }

    @Test
    void aRecordThatWasReadIsNotInsertedAgainByMistake() {
        var ann = users.get(SHOP.user("Ann", 31).getId());

        assertThrows(IllegalArgumentException.class, () -> users.insert(ann));
    }

    @Test
    void deleteReturnsWhetherTheRowExisted() {
        var ann = SHOP.user("Ann", 31);

        assertTrue(users.delete(ann.getId()));
        assertFalse(users.delete(ann.getId()));
        assertFalse(users.exists(ann.getId()));
    }

    @Test
    void recordsAreDetached() {
        var ann = SHOP.user("Ann", 31);

        assertThrows(DetachedException.class, () -> ann.setAge(32).store());
        assertThrows(DetachedException.class, () -> users.get(ann.getId()).refresh());
    }

    @Test
    void jooqsOwnVerbsOnARecordNameTheCallToMakeInstead() {
        var written = SHOP.user("Ann", 31);
        var fetched = SHOP.database().dsl().selectFrom(USERS).fetchSingle();
        for (var ann : List.of(written, users.get(written.getId()), fetched, new UsersRecord(), written.copy())) {
            refused("store()", "save(record)", ann::store);
            refused("insert()", "insert(record)", ann::insert);
            refused("update()", "update(record)", ann::update);
            refused("merge()", "upsert(record).on(key)", ann::merge);
            refused("delete()", "delete(record)", ann::delete);
            assertEquals(
                    "This record is detached, so jOOQ cannot read a row with it. Instead of refresh(), call get(key) on"
                            + " the repository, or session.refresh(record); load related rows with with(relation).",
                    assertThrows(DetachedException.class, ann::refresh).getMessage());
        }
        SHOP.database().dsl().batchStore(fetched.setAge(32)).execute();
        assertEquals(32, users.get(written.getId()).getAge());
    }

    @Test
    void jooqsInsertOnARecordWithoutAKeyNamesTheCallToMakeInstead() {
        assertEquals(
                "jOOQ's insert() does nothing on this record of user_totals, which has no primary key."
                        + " Call dsl().insertInto(table).set(record).execute() instead.",
                assertThrows(DetachedException.class, new UserTotalsRecord()::insert)
                        .getMessage());
    }

    private static void refused(String verb, String instead, Executable call) {
        assertEquals(
                "jOOQ's " + verb + " does nothing on this record of users, which is detached. Call " + instead
                        + " on the repository instead.",
                assertThrows(DetachedException.class, call).getMessage());
    }

    @Test
    void aViewIsRead() {
        var ann = users.insert(u -> u.setName("Ann").setPreferences(JSON.json("{}")));
        SHOP.orders().insert(o -> o.setUserId(ann.getId()).setTotal(new BigDecimal("2.50")));
        SHOP.orders().insert(o -> o.setUserId(ann.getId()).setTotal(new BigDecimal("4.00")));

        var totals = SHOP.totals().all().one();
        assertEquals(2, totals.getOrderCount());
        assertEquals(new BigDecimal("6.50"), totals.getTotal());
        assertEquals(JSON.json("{}"), totals.getPreferences());
    }
}
