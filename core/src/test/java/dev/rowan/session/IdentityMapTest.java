package dev.rowan.session;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.TransactionOptions;
import dev.rowan.error.StaleRecord;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.OrderItemsKey;
import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserRolesKey;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoAttempts;
import dev.rowan.testing.TwoUsersTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The records of a session when nested transactions are rolled back and when rows are written by key or condition. */
class IdentityMapTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final TransactionOptions AUTO_FLUSH =
            TransactionOptions.standard().withAutoFlush();

    private final OrderItemsRepository items = SHOP.items();
    private final RolesRepository roles = SHOP.roles();
    private final UserRolesRepository grants = new UserRolesRepository(database);

    IdentityMapTest() {
        super(SHOP);
    }

    // --- Rollbacks

    @Test
    void aChildAddedInANestedPartThatIsRolledBackIsNotInserted() {
        assertStatements(1 + 1 + SAVEPOINT + ROLLBACK_TO_SAVEPOINT, session -> {
            var record = users.in(session)
                    .where(USERS.ID.eq(ann.getId()))
                    .with(UsersRepository.ORDERS)
                    .one();
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        UsersRepository.ORDERS.add(record, new OrdersRecord());
                        UsersRepository.INVITER.set(record, bob);
                        throw new ForcedRollback();
                    }));
            assertEquals(List.of(), record.orders());
            assertNull(record.getInviterId());
        });
        assertEquals(0, orders.all().count());
    }

    @Test
    void aTransactionOfJooqIsANestedPartToo() {
        assertStatements(1 + 2 * SAVEPOINT + 1 + ROLLBACK_TO_SAVEPOINT, session -> {
            var record = users.in(session).get(ann.getId());
            session.dsl().transaction(part -> record.setAge(40));
            assertThrows(
                    ForcedRollback.class,
                    () -> session.dsl().transaction(part -> {
                        record.setAge(50);
                        throw new ForcedRollback();
                    }));
            assertEquals(40, record.getAge());
        });
        assertEquals(40, users.get(ann.getId()).getAge());
    }

    @Test
    void aGraphCreatedOutsideTheTransactionIsRestoredBeforeEachAttempt() {
        var cid = new UsersRecord().setName("Cid");
        var order = new OrdersRecord();
        UsersRepository.ORDERS.add(cid, order);
        var body = new TwoAttempts(session -> {
            assertNull(cid.getId());
            assertNull(cid.getAge());
            assertNull(order.getUserId());
            assertEquals(1, cid.orders().size());
            session.add(cid).setAge(7);
            UsersRepository.ORDERS.add(cid, new OrdersRecord());
            session.flush();
            assertNotNull(order.getUserId());
            assertEquals(31, ann.getAge());
            session.add(ann).setAge(32);
        });
        assertStatements(2 * (2 + INCREMENT_QUERY + SAVEPOINT) + BEGIN_AND_END + 1, body);
        assertEquals(2, orders.where(ORDERS.USER_ID.eq(cid.getId())).count());
        assertEquals(32, users.get(ann.getId()).getAge());
    }

    @Test
    void aConcurrentUpdateRollsBackTheInsertsOfTheSession() {
        var cid = new UsersRecord().setName("Cid");
        var lost = new ArrayList<UsersRecord>();
        assertStatementsOfRollback(1 + 3 + (BEGIN_AND_END + 2), StaleRecord.class, session -> {
            lost.add(users.in(session).get(bob.getId()).setAge(40));
            session.add(cid);
            UsersRepository.ORDERS.add(lost.getFirst(), new OrdersRecord());
            database.transaction(other -> users.in(other).get(bob.getId()).setAge(50));
        });
        assertEquals(List.of(31, 50), users.all().orderBy(USERS.ID).list(UsersRecord::getAge));
        assertEquals(0, orders.all().count());
        assertNull(cid.getId());
        assertEquals(32, lost.getFirst().getAge());
        assertFalse(lost.getFirst().modified());
    }

    // --- Deletes

    @Test
    void aChildThatIsAddedAndDeletedIsNotInserted() {
        assertStatements(1, session -> {
            var order = new OrdersRecord();
            UsersRepository.ORDERS.add(users.in(session).get(ann.getId()), order);
            session.delete(order);
        });
        assertEquals(0, orders.all().count());
    }

    @Test
    void aDeletedNewRecordIsNotAddedAgainByACascade() {
        assertStatementsOfRollback(0, IllegalArgumentException.class, session -> {
            var cid = session.add(new UsersRecord().setName("Cid"));
            UsersRepository.INVITER.set(session.add(new UsersRecord().setName("Dan")), cid);
            session.delete(cid);
        });
        assertEquals(2, users.all().count());
    }

    @Test
    void aRowIsDeletedAfterTheUpdatesThatRemoveItsReferences() {
        var old = orders.insert(o -> o.setUserId(bob.getId()));
        var fresh = orders.insert(o -> o.setUserId(ann.getId()));
        items.insert(i -> i.setOrderId(old.getId()).setLineNo(1).setProduct("p").setPrice(BigDecimal.ONE));
        assertStatements(3 + 3, session -> {
            session.delete(users.in(session).get(bob.getId()));
            session.delete(orders.in(session).get(old.getId()));
            items.in(session).get(new OrderItemsKey(old.getId(), 1)).setOrderId(fresh.getId());
        });
        assertTrue(items.exists(new OrderItemsKey(fresh.getId(), 1)));
        assertFalse(users.exists(bob.getId()));
    }

    @Test
    void otherModificationsDoNotDelayADeleteBeforeAnInsert() {
        users.update(bob.getId(), u -> u.setEmail("bob@example.org"));
        var order = orders.insert(o -> o.setUserId(ann.getId()));
        assertStatements(2 + 3, session -> {
            session.delete(users.in(session).get(bob.getId()));
            session.add(new UsersRecord().setName("Rob").setEmail("bob@example.org"));
            orders.in(session).get(order.getId()).setNote("new");
        });
        assertEquals("Rob", users.findByEmail("bob@example.org").orElseThrow().getName());
    }

    @Test
    void aRowInsertedWithTheKeyOfADeletedOneHasItsOwnRecord() {
        var reader = roles.insert(r -> r.setName("reader"));
        var key = new UserRolesKey(ann.getId(), reader.getId());
        grants.insert(g -> g.setUserId(ann.getId()).setRoleId(reader.getId()));
        assertStatements(4 + 1, session -> {
            grants.in(session).get(key);
            grants.in(session).delete(key);
            var again = grants.in(session)
                    .insert(new UserRolesRecord().setUserId(ann.getId()).setRoleId(reader.getId()));
            assertSame(again, grants.in(session).get(key));
            again.setGrantedAt(again.getGrantedAt().withYear(2000));
        });
        assertEquals(2000, grants.get(key).getGrantedAt().getYear());
    }

    // --- Reads and writes by key or condition

    @Test
    void aReadOfAnEarlierSnapshotDoesNotOverwriteALockedRow() {
        assertStatements(4 + 1, session -> {
            users.in(session).exists(ann.getId()); // begins the snapshot that reads without a lock use
            users.update(bob.getId(), u -> u.setAge(50)); // another transaction
            var record = users.in(session)
                    .where(USERS.ID.eq(bob.getId()))
                    .forUpdate()
                    .one();
            assertEquals(50, record.getAge());
            assertSame(record, users.in(session).where(USERS.ID.eq(bob.getId())).one());
            assertEquals(50, record.getAge());
            record.setAge(51);
        });
        assertEquals(51, users.get(bob.getId()).getAge());
    }

    @Test
    void aRecordIsWrittenOnceWhereQueriesFlush() {
        assertStatements(1 + 1 + (SAVEPOINT + 2) + (SAVEPOINT + 1) + 1, AUTO_FLUSH, session -> {
            var record = users.in(session).get(bob.getId()).setAge(40);
            users.in(session).save(record);
            var cid = session.add(new UsersRecord().setName("Cid"));
            users.in(session).insertAndGet(cid.setId(1000));
            assertNotNull(cid.getCreatedAt());
            record.setAge(41);
            assertEquals(1, users.in(session).where(USERS.AGE.eq(41)).update(u -> u.setName("Rob")));
        });
        assertEquals("Rob", users.get(bob.getId()).getName());
        assertEquals(3, users.all().count());
    }

    @Test
    void recordsMayBeModifiedWhileAStreamIsOpen() {
        assertStatements(1 + 1 + 1, session -> {
            var record = users.in(session).get(bob.getId());
            users.in(session).all().stream(rows -> {
                rows.forEach(row -> record.setAge(record.getAge() + 1));
                assertThrows(IllegalStateException.class, session::flush);
                return record;
            });
        });
        assertEquals(34, users.get(bob.getId()).getAge());
    }

    @Test
    void aPageContinuesAfterTheStoredValue() {
        assertStatements(2 + 1, session -> {
            var all = users.in(session).all().orderBy(USERS.NAME);
            var first = all.page(PageRequest.first(1));
            first.items().getFirst().setName("Zoe");
            var second = all.page(first.next().orElseThrow());
            assertEquals("Bob", second.items().getFirst().getName());
        });
        assertEquals("Zoe", users.get(ann.getId()).getName());
    }

    @Test
    void aRecordThatTheSessionHoldsIsFoundWithoutAStatement() {
        assertStatements(1, session -> {
            var record = users.in(session).get(bob.getId());
            assertSame(record, users.in(session).get(bob.getId()));
            assertSame(record, users.in(session).find(bob.getId()).orElseThrow());
        });
        assertStatements(3, session -> {
            var record = users.in(session).get(bob.getId());
            users.in(session).where(USERS.ID.eq(bob.getId())).update(u -> u.setAge(50));
            assertSame(record, users.in(session).get(bob.getId()), "read again after a write by a condition");
            assertEquals(50, record.getAge());
        });
        assertStatements(2, session -> {
            var record = users.in(session).get(bob.getId());
            session.delete(record);
            assertTrue(users.in(session).find(bob.getId()).isPresent(), "its row is not deleted yet");
            session.add(record);
        });
    }

    @Test
    void anInsertedRecordIsReadOnceForTheColumnsThatTheDatabaseFilled() {
        assertStatements(2, session -> {
            var cid = users.in(session).insert(u -> u.setName("Cid"));
            assertSame(cid, users.in(session).get(cid.getId()));
            assertSame(cid, users.in(session).get(cid.getId()));
        });
    }

    @Test
    void savingAnotherRecordOfARowIsRefused() {
        var other = users.get(bob.getId());
        database().transaction(session -> {
            var record = users.in(session).get(bob.getId());
            var error = assertThrows(
                    IllegalArgumentException.class, () -> users.in(session).save(other.setAge(70)));
            assertEquals(
                    "The session already has another record of this row of users. Change that record: a read in the"
                            + " session returns it.",
                    error.getMessage());
            record.setAge(71);
        });
        assertEquals(71, users.get(bob.getId()).getAge());
    }

    @Test
    void anUpsertReturnsTheRecordThatTheSessionHasOfItsRow() {
        users.update(bob.getId(), u -> u.setEmail("bob@example.org"));
        database().transaction(session -> {
            var record = users.in(session).get(bob.getId());
            var upserted = users.in(session)
                    .upsert(new UsersRecord().setName("Bobby").setEmail("bob@example.org"))
                    .on(Keys.KEY_USERS_UK_USERS_EMAIL);
            assertSame(record, upserted.record());
            assertEquals("Bobby", record.getName());
            record.setAge(72);
        });
        var row = users.get(bob.getId());
        assertEquals("Bobby", row.getName());
        assertEquals(72, row.getAge());
    }

    @Test
    void refreshDoesNotPutAnOlderSnapshotBack() {
        database().transaction(session -> {
            var inSession = users.in(session);
            inSession.get(ann.getId()); // takes the snapshot
            users.update(bob.getId(), u -> u.setAge(73));
            var record = inSession.where(USERS.ID.eq(bob.getId())).forUpdate().one();
            session.refresh(record);
            assertEquals(73, record.getAge());
        });
    }

    @Test
    void refreshWritesTheChangesFirstWithAutoFlush() {
        database().transaction(TransactionOptions.standard().withAutoFlush(), session -> {
            var record = users.in(session).get(bob.getId()).setAge(74);
            session.refresh(record);
            assertEquals(74, record.getAge());
        });
        assertEquals(74, users.get(bob.getId()).getAge());
    }

    @Test
    void anExpressionIsRefusedWhenItIsSetOnARecordOfTheSession() {
        database().transaction(session -> {
            var record = users.in(session).get(bob.getId());
            var error = assertThrows(IllegalStateException.class, () -> record.set(USERS.AGE, USERS.AGE.plus(1)));
            assertEquals(
                    "This record of users is in a session, which writes values only: the record would not hold the"
                            + " result of an expression. Write expressions with update(key, patch) or"
                            + " where(…).update(patch).",
                    error.getMessage());
        });
        var patch = new UsersRecord();
        patch.set(USERS.AGE, USERS.AGE.plus(1));
        database().transaction(session -> assertThrows(IllegalArgumentException.class, () -> session.add(patch)));
    }

    @Test
    void aRecordWhoseKeyIsModifiedIsFoundByTheNewKey() {
        assertStatements(1 + 2 * SAVEPOINT + 1 + 1 + ROLLBACK_TO_SAVEPOINT + 1, session -> {
            var record = users.in(session).get(bob.getId()).setId(1000);
            session.flush();
            assertSame(record, users.in(session).get(1000));
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        record.setId(2000);
                        throw new ForcedRollback();
                    }));
            assertEquals(1000, record.getId());
            record.setAge(40);
        });
        assertEquals(40, users.get(1000).getAge());
    }

    @Test
    void addingALinkToARecordDoesNotModifyIt() {
        assertStatements(2, session -> {
            var grant = new UserRolesRecord();
            UserRolesRepository.ROLE.set(grant, new RolesRecord().setName("reader"));
            UsersRepository.USER_ROLES.add(session.add(ann), grant);
        });
        assertEquals(0, users.get(ann.getId()).getVersion());
        assertEquals(1, grants.all().count());
    }
}
