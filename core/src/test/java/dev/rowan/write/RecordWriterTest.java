package dev.rowan.write;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.StaleRecord;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.OrderItemsKey;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes of single records: the columns they write, and optimistic locking. */
class RecordWriterTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();
    private final OrdersRepository orders = SHOP.orders();

    @Test
    void saveInsertsARecordThatIsNewAndUpdatesItAfterwards() {
        var ann = users.save(new UsersRecord().setName("Ann"));
        users.save(ann.setAge(31));
        users.save(ann.setAge(32));

        var read = users.all().one();
        assertEquals(32, read.getAge());
        assertEquals(2, read.getVersion());
        assertEquals(ann.getVersion(), read.getVersion());
        assertFalse(ann.modified());
    }

    @Test
    void saveUpdatesARecordThatJooqRead() {
        SHOP.user("Ann", 31);
        var ann = SHOP.database().dsl().selectFrom(USERS).fetchSingle();

        users.save(ann.setName("Anna"));
        assertEquals("Anna", users.all().one().getName());
        assertEquals(1, ann.getVersion());
    }

    @Test
    void anUpdateWritesOnlyTheModifiedColumns() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        SHOP.database()
                .dsl()
                .update(USERS)
                .set(USERS.STATUS, UsersStatus.CLOSED)
                .execute();

        users.update(ann.setName("Ann").setStatus(UsersStatus.ACTIVE).setAge(null));
        var read = users.get(ann.getId());
        assertEquals(UsersStatus.CLOSED, read.getStatus(), "set, but to what the record held");
        assertNull(read.getAge());
    }

    @Test
    void aRecordWithNothingModifiedWritesNothing() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        users.update(ann.setName("Ann"));
        users.save(ann);

        assertEquals(0, users.get(ann.getId()).getVersion());
    }

    @Test
    void aRecordOfAnOlderVersionIsStaleAndStaysAsItWas() {
        var mine = users.get(SHOP.user("Ann", 31).getId());
        users.update(mine.getId(), u -> u.setAge(40));

        mine.setName("Anna");
        var error = assertThrows(StaleRecord.class, () -> users.save(mine));
        assertEquals(
                "update users: a row was changed or deleted since its record was read."
                        + " Read it again, apply the change, and write it again.",
                error.getMessage());
        assertEquals(USERS, error.table());
        assertTrue(mine.modified(USERS.NAME));
        assertEquals(0, mine.getVersion());
        assertThrows(StaleRecord.class, () -> users.delete(mine));
        assertEquals("Ann", users.get(mine.getId()).getName());
    }

    @Test
    void oneOfSeveralConcurrentUpdatesOfARowSucceedsAndTheOthersAreStale() throws Exception {
        var id = SHOP.user("Ann", 0).getId();
        var start = new CyclicBarrier(4);
        Callable<Boolean> birthday = () -> {
            var ann = users.get(id);
            start.await(); // all threads have read the same version
            try {
                users.update(ann.setAge(ann.getAge() + 1));
                return true;
            } catch (StaleRecord e) {
                return false;
            }
        };
        var done = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(birthday));
            }
        }
        int succeeded = 0;
        for (var future : done) {
            if (future.get()) {
                succeeded++;
            }
        }

        assertEquals(1, succeeded);
        assertEquals(1, users.get(id).getAge());
    }

    @Test
    void withoutAVersionColumnOnlyADeletedRowIsStale() {
        var order = orders.insert(o -> o.setUserId(SHOP.user("Ann", 31).getId()));
        orders.update(order.getId(), o -> o.setNote("changed by somebody else"));
        orders.update(order.setTotal(new BigDecimal("2.50")));
        assertEquals("changed by somebody else", orders.get(order.getId()).getNote());

        orders.delete(order.getId());
        assertThrows(StaleRecord.class, () -> orders.update(order.setTotal(BigDecimal.ONE)));
        assertThrows(StaleRecord.class, () -> orders.delete(order));
    }

    @Test
    void writingTheStoredValueIsNoStaleRecord() {
        var order = orders.insert(o -> o.setUserId(SHOP.user("Ann", 31).getId()));
        orders.update(order.getId(), o -> o.setNote("paid"));

        orders.update(order.setNote("paid"));
        assertEquals("paid", orders.get(order.getId()).getNote());
    }

    @Test
    void aRefusedWriteLeavesTheRecordToBeWrittenAgain() {
        var ann = users.get(SHOP.user("Ann", 31).getId());

        assertThrows(CheckViolation.class, () -> users.save(ann.setAge(200)));
        users.save(ann.setAge(99));
        assertEquals(99, users.get(ann.getId()).getAge());
        assertEquals(1, ann.getVersion());
    }

    @Test
    void aChangedKeyUpdatesTheRowOfTheOriginalKey() {
        var ann = SHOP.user("Ann", 31);
        var order = orders.insert(o -> o.setUserId(ann.getId()));
        var item = SHOP.items().insert(line(order, 1).setProduct("pen"));
        SHOP.items().insert(line(order, 2).setProduct("ink"));

        SHOP.items().save(item.setLineNo(3));
        SHOP.items().save(item.setProduct("pencil"));
        assertEquals(
                "pencil", SHOP.items().get(new OrderItemsKey(order.getId(), 3)).getProduct());
        assertFalse(SHOP.items().exists(new OrderItemsKey(order.getId(), 1)));
        assertEquals(2, SHOP.items().all().count());
    }

    @Test
    void aKeyChangedOnAReadRecordLeavesGeneratedColumnsAlone() {
        var ann = users.insertAndGet(u -> u.setName("Ann").setEmail("ann@example.org"));

        users.save(ann.setId(ann.getId() + 1_000).setEmail("ann@example.com"));
        assertEquals("example.com", users.get(ann.getId()).getEmailDomain());
        assertEquals(1, users.all().count());
    }

    @Test
    void aDeletedRecordIsNewAndIsInsertedAgainBySave() {
        var ann = users.insertAndGet(u -> u.setName("Ann").setEmail("ann@example.org"));
        users.delete(ann);
        assertFalse(users.exists(ann.getId()));
        assertThrows(IllegalArgumentException.class, () -> users.delete(ann));

        users.save(ann);
        assertEquals("example.org", users.get(ann.getId()).getEmailDomain());
    }

    @Test
    void aRecordNeverReadOrWrittenHasNoRowToUpdateOrDelete() {
        var blank = new UsersRecord().setId(1).setName("Ann");

        var error = assertThrows(IllegalArgumentException.class, () -> users.update(blank));
        assertEquals(
                "This record of users is new: it was never read or written, or its row was deleted. Insert or save it first.",
                error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> users.delete(blank));
    }

    @Test
    void aRecordReadInPartIsRefusedWhereKeyOrVersionIsMissing() {
        SHOP.user("Ann", 31);
        var dsl = SHOP.database().dsl();
        var keyless = dsl.select(USERS.NAME, USERS.VERSION).from(USERS).fetchSingleInto(USERS);
        var versionless = dsl.select(USERS.ID, USERS.NAME).from(USERS).fetchSingleInto(USERS);

        assertEquals(
                "This record of users does not hold the key of its row: it was read without it, or the database computed it."
                        + " Read the row with its key; before an insert, set the key.",
                assertThrows(IllegalArgumentException.class, () -> users.save(keyless.setName("Anna")))
                        .getMessage());
        assertEquals(
                "This record of users does not hold the version of its row, which optimistic locking needs: it was read"
                        + " in part, comes from an upsert, or was set to null. Read the whole row first, or set the"
                        + " version that you expect.",
                assertThrows(IllegalArgumentException.class, () -> users.save(versionless.setName("Anna")))
                        .getMessage());
    }

    @Test
    void aGeneratedColumnAndAnExpressionCannotBeWrittenByARecord() {
        var ann = users.insertAndGet(u -> u.setName("Ann").setEmail("ann@example.org"));

        var domain = users.get(ann.getId());
        domain.set(USERS.EMAIL_DOMAIN, "example.com");
        assertThrows(IllegalArgumentException.class, () -> users.save(domain));

        var older = users.get(ann.getId());
        older.set(USERS.AGE, USERS.AGE.plus(1));
        assertEquals(
                "A record of users is written with values only: it would not hold the result of an expression."
                        + " Write expressions with update(key, patch) or where(…).update(patch).",
                assertThrows(IllegalArgumentException.class, () -> users.save(older))
                        .getMessage());
    }

    @Test
    void aCopyThatIsInsertedIsARecordOfTheNewRow() {
        var ann = users.get(users.insert(u -> u.setName("Ann").setAge(31).setStatus(UsersStatus.CLOSED))
                .getId());
        var copy = users.insert(ann.copy().setName("Bob"));
        users.save(copy.setName("Ben"));

        assertEquals("Ann", users.get(ann.getId()).getName());
        var read = users.get(copy.getId());
        assertEquals("Ben", read.getName());
        assertEquals(31, read.getAge());
        assertEquals(UsersStatus.CLOSED, read.getStatus());
    }

    @Test
    void aRecordOfAStoredRowIsNotInserted() {
        var ann = users.get(SHOP.user("Ann", 31).getId()).setName("Anna");

        assertEquals(
                "This record of users was read or written before, and an insert takes new records. Call save(record) to"
                        + " write its changes, upsert(record).on(key) to write all its columns, as to another database,"
                        + " or insert(record.copy()) for a new row.",
                assertThrows(IllegalArgumentException.class, () -> users.insert(ann))
                        .getMessage());
        assertEquals("Ann", users.all().one().getName());
    }

    @Test
    void aCopyHasNeitherGeneratedColumnsNorUnknownOnes() {
        var read = users.insertAndGet(u -> u.setName("Ann").setEmail("ann@example.org"));
        var written = users.insert(u -> u.setName("Bob"));

        assertEquals(
                "example.com",
                users.insertAndGet(read.copy().setEmail("ann@example.com")).getEmailDomain());
        assertEquals(UsersStatus.ACTIVE, users.insertAndGet(written.copy()).getStatus());
    }

    @Test
    void insertAndGetReturnsTheRowAsTheDatabaseMadeIt() {
        var ann = users.insertAndGet(u -> u.setName("Ann").setEmail("ann@example.org"));
        assertEquals("example.org", ann.getEmailDomain());
        assertEquals(UsersStatus.ACTIVE, ann.getStatus());
        assertEquals(users.get(ann.getId()), ann);
        assertFalse(ann.touched());

        var order = new OrdersRecord().setUserId(ann.getId()).setTotal(new BigDecimal("2.5"));
        assertEquals(new BigDecimal("2.50"), orders.insertAndGet(order).getTotal());
        assertEquals(orders.all().one(), order);
    }

    @Test
    void insertAndGetRefusesARowWhoseKeyItCannotLearn() {
        var item = new OrderItemsRecord().setLineNo(1).setProduct("pen").setPrice(BigDecimal.ONE);

        assertEquals(
                "The key of the new row of order_items would not be known. Set order_id, or insert the row and find it by"
                        + " another unique key.",
                assertThrows(IllegalArgumentException.class, () -> SHOP.items().insertAndGet(item))
                        .getMessage());
    }

    @Test
    void aRecordInsertedInASessionIsUpdatedInIt() {
        SHOP.database().transaction(session -> {
            var mine = users.in(session);
            var ann = mine.insert(u -> u.setName("Ann"));
            mine.update(ann.setAge(31));
            mine.update(ann.setAge(32));
        });

        var read = users.all().one();
        assertEquals(32, read.getAge());
        assertEquals(2, read.getVersion());
        assertEquals(0, SHOP.database().dsl().fetchCount(ORDERS));
        assertNotEquals(0, read.getId());
    }

    private static OrderItemsRecord line(OrdersRecord order, int number) {
        return new OrderItemsRecord()
                .setOrderId(order.getId())
                .setLineNo(number)
                .setProduct("product " + number)
                .setPrice(BigDecimal.ONE);
    }
}
