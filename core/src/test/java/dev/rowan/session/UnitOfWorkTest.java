package dev.rowan.session;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.TransactionOptions;
import dev.rowan.error.NotFound;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnitOfWorkTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    UnitOfWorkTest() {
        super(SHOP);
    }

    @Test
    void everyReadOfARowReturnsTheSameRecord() {
        var order = orders.insert(o -> o.setUserId(bob.getId()));
        assertStatements(8, session -> {
            var inSession = users.in(session);
            var record = inSession.get(bob.getId());
            assertSame(record, inSession.find(bob.getId()).orElseThrow());
            assertSame(record, inSession.where(USERS.NAME.eq("Bob")).one());
            assertSame(record, inSession.all().orderBy(USERS.ID.desc()).list().getFirst());
            assertSame(record, inSession.findAll(List.of(bob.getId())).getFirst());
            assertSame(record, inSession.all().orderBy(USERS.ID.desc()).first().orElseThrow());
            assertSame(
                    record,
                    inSession
                            .all()
                            .orderBy(USERS.ID)
                            .page(PageRequest.first(5))
                            .items()
                            .getLast());
            var owner = orders.in(session)
                    .where(ORDERS.ID.eq(order.getId()))
                    .with(OrdersRepository.USER)
                    .one()
                    .user();
            assertSame(record, owner);
        });
        assertNotSame(users.get(bob.getId()), users.get(bob.getId()));
    }

    @Test
    void modifiedColumnsAloneAreWrittenAtTheCommit() {
        var order = orders.insert(o -> o.setUserId(bob.getId()).setNote("first"));
        assertStatements(2 + 1, session -> {
            var record = orders.in(session).get(order.getId());
            record.setNote("second").setTotal(record.getTotal());
            orders.update(order.getId(), o -> o.setTotal(BigDecimal.TEN)); // another transaction, and another column
        });
        var stored = orders.get(order.getId());
        assertEquals("second", stored.getNote());
        assertEquals(0, BigDecimal.TEN.compareTo(stored.getTotal()));
    }

    @Test
    void anUnmodifiedRecordIsNotWritten() {
        assertStatements(1, session -> {
            var record = users.in(session).get(bob.getId());
            record.setAge(99);
            record.setAge(32);
        });
        assertEquals(0, users.get(bob.getId()).getVersion());
    }

    @Test
    void recordsWithTheSameModifiedColumnsAreWrittenByOneStatement() {
        for (int i = 0; i < 50; i++) {
            SHOP.user("user " + i, i);
        }
        assertStatements(1 + 2, session -> {
            for (var user : users.in(session).all().list()) {
                if (user.getId() % 2 == 0) {
                    user.setAge(user.getAge() + 100);
                } else {
                    user.setName(user.getName() + "!");
                }
            }
        });
        assertEquals(
                0, users.where(USERS.AGE.lt(100).and(USERS.NAME.notLike("%!"))).count());
    }

    @Test
    void aRowThatWasChangedByAnotherIsNotOverwritten() {
        var read = new ArrayList<UsersRecord>();
        assertStatementsOfRollback(2 + 1 + 1, StaleRecord.class, session -> {
            read.add(users.in(session).get(bob.getId()).setAge(40));
            users.in(session).get(ann.getId()).setAge(40);
            users.update(bob.getId(), u -> u.setAge(50)); // another transaction
        });
        assertEquals(32, read.getFirst().getAge());
        assertEquals(List.of(31, 50), users.all().orderBy(USERS.ID).list(UsersRecord::getAge));
    }

    @Test
    void aGraphTakesOneStatementForEachTable() {
        var graph = new ArrayList<UsersRecord>();
        assertStatements(3 + 2 * INCREMENT_QUERY, session -> {
            for (int i = 0; i < 20; i++) {
                var user = session.add(new UsersRecord().setName("user " + i));
                graph.add(user);
                for (int j = 0; j < 10; j++) {
                    var order = new OrdersRecord().setNote("order " + j);
                    UsersRepository.ORDERS.add(user, order);
                    for (int k = 1; k <= 3; k++) {
                        OrdersRepository.ITEMS.add(
                                order,
                                new OrderItemsRecord()
                                        .setLineNo(k)
                                        .setProduct("p" + k)
                                        .setPrice(BigDecimal.ONE));
                    }
                }
            }
        });
        for (var user : users.where(USERS.NAME.like("user %"))
                .orderBy(USERS.ID)
                .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                .list()) {
            var made = graph.removeFirst();
            assertEquals(made.getId(), user.getId());
            assertEquals(
                    made.orders().stream().map(OrdersRecord::getId).toList(),
                    user.orders().stream().map(OrdersRecord::getId).sorted().toList());
            for (var order : user.orders()) {
                assertEquals(3, order.items().size());
            }
        }
    }

    @Test
    void aNewRowGetsTheIdOfTheNewRowThatItReferences() {
        var order = new OrdersRecord();
        assertStatements(2, session -> {
            var cid = new UsersRecord().setName("Cid");
            OrdersRepository.USER.set(order, cid);
            assertSame(cid, order.user());
            session.add(order);
        });
        assertEquals("Cid", users.get(order.getUserId()).getName());
    }

    @Test
    void rowsOfOneTableThatReferenceOneAnotherAreInsertedLevelByLevel() {
        var dan = new UsersRecord().setName("Dan");
        assertStatements(3, session -> {
            var cid = new UsersRecord().setName("Cid");
            UsersRepository.INVITER.set(dan, cid);
            UsersRepository.INVITER.set(cid, ann);
            var eve = new UsersRecord().setName("Eve");
            UsersRepository.INVITER.set(eve, dan);
            session.add(eve);
        });
        assertEquals(ann.getId(), users.get(dan.getInviterId()).getInviterId());
    }

    @Test
    void newRowsThatReferenceOneAnotherInACycleAreInsertedWithoutOneReferenceAndThenUpdated() {
        assertStatements(3, session -> {
            var cid = session.add(new UsersRecord().setName("Cid"));
            var dan = session.add(new UsersRecord().setName("Dan"));
            UsersRepository.INVITER.set(cid, dan);
            UsersRepository.INVITER.set(dan, cid);
        });
        var cid = users.where(USERS.NAME.eq("Cid")).one();
        var dan = users.where(USERS.NAME.eq("Dan")).one();
        assertEquals(dan.getId(), cid.getInviterId());
        assertEquals(cid.getId(), dan.getInviterId());
    }

    @Test
    void aRecordReadBeforeTheSessionIsAttachedByAdd() {
        bob.setAge(40);
        assertStatements(1, session -> {
            session.add(bob);
            assertSame(bob, session.add(bob));
        });
        assertEquals(40, users.get(bob.getId()).getAge());
        assertFalse(bob.modified());
    }

    @Test
    void aRowHasOneRecordInTheSession() {
        assertStatements(1, session -> {
            users.in(session).get(bob.getId());
            assertThrows(IllegalArgumentException.class, () -> session.add(bob));
            assertThrows(IllegalArgumentException.class, () -> session.delete(bob));
        });
    }

    @Test
    void deletesRunAtTheCommitChildrenFirst() {
        var order = orders.insert(o -> o.setUserId(bob.getId()));
        assertStatements(4, session -> {
            session.delete(users.in(session).get(bob.getId()));
            session.delete(orders.in(session).get(order.getId()));
        });
        assertFalse(users.exists(bob.getId()));
        assertFalse(orders.exists(order.getId()));
    }

    @Test
    void aDeletedRowFreesItsUniqueValueForANewRow() {
        users.update(bob.getId(), u -> u.setEmail("bob@example.org"));
        assertStatements(3, session -> {
            session.delete(users.in(session).get(bob.getId()));
            session.add(new UsersRecord().setName("Rob").setEmail("bob@example.org"));
        });
        assertEquals("Rob", users.findByEmail("bob@example.org").orElseThrow().getName());
    }

    @Test
    void aReferenceIsUpdatedBeforeTheRowItReferencedIsDeleted() {
        var order = orders.insert(o -> o.setUserId(bob.getId()));
        assertStatements(4, session -> {
            session.delete(users.in(session).get(bob.getId()));
            orders.in(session).get(order.getId()).setUserId(ann.getId());
        });
        assertEquals(ann.getId(), orders.get(order.getId()).getUserId());
    }

    @Test
    void aRecordThatIsAddedAndDeletedIsNotWritten() {
        assertStatements(0, session -> {
            var cid = session.add(new UsersRecord().setName("Cid"));
            session.delete(cid);
        });
        assertEquals(2, users.all().count());
    }

    @Test
    void flushWritesNow() {
        assertStatements(1 + SAVEPOINT + 2, session -> {
            var record = users.in(session).get(bob.getId()).setAge(40);
            var cid = session.add(new UsersRecord().setName("Cid"));
            session.flush();
            assertNotNull(cid.getId());
            assertEquals(1, record.getVersion());
            session.flush();
        });
    }

    @Test
    void aNewRecordWithTheKeyOfARowThatTheSessionHoldsIsPointedToMerge() {
        var refused = assertThrows(
                UniqueViolation.class,
                () -> SHOP.database().transaction(session -> {
                    assertNotNull(users.in(session).get(ann.getId()));
                    session.add(new UsersRecord().setId(ann.getId()).setName("Ann again"));
                }));
        assertTrue(refused.key().isPrimary());
        assertTrue(
                refused.getMessage()
                        .endsWith(
                                "If a new record stands for that row, session.merge(record) writes its values to it, in"
                                        + " place of session.add(record)."),
                refused.getMessage());

        SHOP.database().transaction(session -> {
            session.merge(new UsersRecord().setId(ann.getId()).setName("Ann again"));
        });
        assertEquals("Ann again", users.get(ann.getId()).getName());
    }

    @Test
    void aFailedFlushLeavesEverythingAsItWas() {
        users.update(ann.getId(), u -> u.setEmail("ann@example.org"));
        assertStatements(1 + SAVEPOINT + 2 + ROLLBACK_TO_SAVEPOINT + SAVEPOINT + 2 - SAVEPOINT, session -> {
            var record = users.in(session).get(bob.getId()).setEmail("ann@example.org");
            var cid = session.add(new UsersRecord().setName("Cid"));
            assertThrows(UniqueViolation.class, session::flush);
            assertNull(cid.getId());
            assertEquals(0, record.getVersion());
            assertTrue(record.modified());
            record.setEmail("bob@example.org");
        });
        assertTrue(users.findByEmail("bob@example.org").isPresent());
        assertEquals(3, users.all().count());
    }

    @Test
    void queriesSeePendingChangesOnlyWithAutoFlush() {
        assertStatements(3, session -> {
            users.in(session).get(bob.getId()).setAge(99);
            assertEquals(0, users.in(session).where(USERS.AGE.eq(99)).count());
        });
        assertStatements(4 + 2 * (SAVEPOINT + 1), TransactionOptions.standard().withAutoFlush(), session -> {
            users.in(session).get(bob.getId()).setAge(98);
            assertEquals(1, users.in(session).where(USERS.AGE.eq(98)).count());
            users.in(session).get(bob.getId()).setAge(97);
            assertEquals(1, session.dsl().fetchCount(USERS, USERS.AGE.eq(97)));
        });
    }

    @Test
    void aWriteByKeyWritesTheRowsRecordFirst() {
        assertStatements(4, session -> {
            var record = users.in(session).get(bob.getId()).setAge(40);
            assertTrue(users.in(session).update(bob.getId(), u -> u.set(USERS.AGE, USERS.AGE.plus(1))));
            assertSame(record, users.in(session).get(bob.getId()));
            assertEquals(41, record.getAge());
        });
    }

    @Test
    void aWriteByConditionMakesRecordsStaleUntilTheNextRead() {
        assertStatements(5, session -> {
            var one = users.in(session).get(ann.getId());
            var other = users.in(session).get(bob.getId()).setName("Rob");
            users.in(session).where(USERS.AGE.gt(0)).update(u -> u.set(USERS.AGE, USERS.AGE.plus(10)));
            assertEquals(31, one.getAge());
            users.in(session).all().list();
            assertEquals(41, one.getAge());
            assertEquals(42, other.getAge());
            assertEquals("Rob", other.getName());
        });
        assertEquals("Rob", users.get(bob.getId()).getName());
    }

    @Test
    void aWriteByDslMakesRecordsStaleToo() {
        assertStatements(4, session -> {
            var record = users.in(session).get(bob.getId()).setName("Rob");
            session.dsl().update(USERS).set(USERS.AGE, 77).execute();
            users.in(session).get(bob.getId());
            assertEquals(77, record.getAge());
        });
        assertEquals("Rob", users.get(bob.getId()).getName());
    }

    @Test
    void refreshReadsAgain() {
        assertStatements(2, session -> {
            var record = users.in(session).get(bob.getId()).setAge(99);
            session.refresh(record);
            assertEquals(32, record.getAge());
        });
        assertStatements(3, session -> {
            var record = users.in(session).get(bob.getId());
            users.in(session).delete(bob.getId());
            assertThrows(NotFound.class, () -> session.refresh(record));
        });
    }

    @Test
    void aRollbackRestoresTheRecords() {
        var cid = new UsersRecord().setName("Cid");
        var read = new ArrayList<UsersRecord>();
        bob.setAge(33);
        assertStatementsOfRollback(1 + SAVEPOINT + 3, ForcedRollback.class, session -> {
            read.add(users.in(session).get(ann.getId()).setAge(50));
            session.add(bob).setAge(40).setName("Rob");
            session.add(cid).setAge(7);
            session.flush();
            read.getFirst().setAge(51);
            cid.setAge(8);
            throw new ForcedRollback();
        });
        assertEquals(31, read.getFirst().getAge());
        assertFalse(read.getFirst().modified());
        assertEquals(33, bob.getAge());
        assertEquals("Bob", bob.getName());
        assertTrue(bob.modified());
        assertNull(cid.getId());
        assertNull(cid.getAge());
        assertStatements(2, session -> {
            session.add(bob);
            session.add(cid);
        });
        assertEquals(33, users.get(bob.getId()).getAge());
    }

    @Test
    void theRollbackOfANestedPartDiscardsItsModifications() {
        assertStatements(2 + 2 * SAVEPOINT + 1 + 1 + ROLLBACK_TO_SAVEPOINT, session -> {
            var one = users.in(session).get(ann.getId()).setAge(50);
            var other = users.in(session).get(bob.getId());
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        one.setAge(51);
                        other.setAge(52);
                        session.add(new UsersRecord().setName("Cid"));
                        throw new ForcedRollback();
                    }));
            assertEquals(50, one.getAge());
            assertEquals(32, other.getAge());
            other.setName("Rob");
        });
        assertEquals(50, users.get(ann.getId()).getAge());
        assertEquals("Rob", users.get(bob.getId()).getName());
        assertEquals(2, users.all().count());
    }

    @Test
    void aReadOnlySessionTracksNothing() {
        assertStatementsOfRead(
                2,
                () -> database.read(session -> {
                    var record = users.in(session).get(bob.getId());
                    record.setAge(99);
                    assertNotSame(record, users.in(session).get(bob.getId()));
                    for (Runnable write : List.<Runnable>of(
                            () -> session.add(record),
                            () -> session.delete(record),
                            session::flush,
                            () -> session.refresh(record))) {
                        assertThrows(IllegalStateException.class, write::run);
                    }
                    return record;
                }));
        assertEquals(32, users.get(bob.getId()).getAge());
    }

    @Test
    void aRecordInsertedByARepositoryIsTrackedToo() {
        assertStatements(2, session -> {
            var cid = users.in(session).insert(u -> u.setName("Cid"));
            cid.setAge(5);
        });
        assertEquals(5, users.where(USERS.NAME.eq("Cid")).one().getAge());
    }
}
