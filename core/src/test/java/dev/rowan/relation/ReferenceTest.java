package dev.rowan.relation;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Session;
import dev.rowan.error.NotLoaded;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.StaleRecord;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoAttempts;
import dev.rowan.testing.TwoUsersTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** References between records: set by relations and by foreign keys, cleared, and restored by a rollback. */
class ReferenceTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    ReferenceTest() {
        super(SHOP);
    }

    /** Runs the body in a transaction, and rolls it back. */
    private void rollBack(Session.Body<RuntimeException> body) {
        assertThrows(
                ForcedRollback.class,
                () -> database.transaction(session -> {
                    body.run(session);
                    throw new ForcedRollback();
                }));
    }

    // --- Clear

    @Test
    void clearUndoesAReferenceOfANewRow() {
        var order = new OrdersRecord();
        UsersRepository.ORDERS.add(ann, order);
        OrdersRepository.USER.clear(order);

        assertNull(order.getUserId());
        assertFalse(order.touched(ORDERS.USER_ID));
        assertEquals(Optional.empty(), OrdersRepository.USER.of(order));
        assertThrows(NotNullViolation.class, () -> orders.insert(order));
        OrdersRepository.USER.set(order, bob);
        assertEquals(bob.getId(), orders.insert(order).getUserId());
    }

    @Test
    void aStoredRowWhoseReferenceIsNotNullIsNotCleared() {
        var order = orders.insert(o -> o.setUserId(ann.getId()));

        var error = assertThrows(IllegalArgumentException.class, () -> OrdersRepository.USER.clear(order));
        assertEquals(
                "A row of orders must refer to a row by OrdersRepository.USER: user_id may not be NULL."
                        + " Set another row, or delete this one.",
                error.getMessage());
        assertEquals(ann.getId(), order.getUserId());
    }

    @Test
    void aStoredRowWhoseReferenceIsNullableIsCleared() {
        var order = orders.insert(o -> o.setUserId(ann.getId()).setApproverId(bob.getId()));
        database.transaction(session -> {
            var tracked = orders.in(session).get(order.getId());
            OrdersRepository.APPROVER.clear(tracked);
            assertEquals(Optional.empty(), tracked.approver());
        });
        assertNull(orders.get(order.getId()).getApproverId());
    }

    // --- Keys

    @Test
    void aRowReadWithoutItsKeyIsNotReferredTo() {
        var nameless =
                database.dsl().select(USERS.NAME).from(USERS).fetchInto(USERS).getFirst();

        var ties = Map.<String, Executable>of(
                "OrdersRepository.USER", () -> OrdersRepository.USER.set(new OrdersRecord(), nameless),
                "UsersRepository.ORDERS", () -> UsersRepository.ORDERS.add(nameless, new OrdersRecord()));
        ties.forEach((name, tie) -> assertEquals(
                "A record of users has no value for id, by which " + name
                        + " links it. Read it with that column, or insert it first.",
                assertThrows(IllegalArgumentException.class, tie).getMessage()));
    }

    @Test
    @SuppressWarnings("NullAway") // it is the subject
    void aChildThatIsNullIsRefusedByTheNameOfTheRelation() {
        var error = assertThrows(NullPointerException.class, () -> UsersRepository.ORDERS.add(new UsersRecord(), null));

        assertEquals("UsersRepository.ORDERS.add was given null instead of a row.", error.getMessage());
    }

    @Test
    void aRecordHasASetterForEachRowThatItRefersTo() {
        var made = new ArrayList<OrdersRecord>();
        database.transaction(
                session -> made.add(session.add(new OrdersRecord().setUser(new UsersRecord().setName("Cid")))));
        var order = made.getFirst();
        assertEquals("Cid", order.user().getName());
        assertEquals(order.getUserId(), order.user().getId());
    }

    @Test
    void aNewRowMayReferToItself() {
        var made = new ArrayList<UsersRecord>();
        database.transaction(session -> {
            var cid = session.add(new UsersRecord().setName("Cid"));
            UsersRepository.INVITER.set(cid, cid);
            made.add(cid);
        });
        var cid = new UsersRepository(database).get(made.getFirst().getId());
        assertEquals(cid.getId(), cid.getInviterId());
    }

    @Test
    void aNewRowThatKnowsItsKeyMayReferToItself() {
        database.transaction(session -> {
            var cid = session.add(new UsersRecord().setId(1_000).setName("Cid"));
            UsersRepository.INVITER.set(cid, cid);
        });
        assertEquals(1_000, users.get(1_000).getInviterId());
    }

    // --- Foreign keys that are set directly

    @Test
    void settingAForeignKeyReplacesTheReference() {
        var order = new OrdersRecord();
        var stored = orders.insert(o -> o.setUserId(ann.getId()));
        var noApprover = new OrdersRecord().setUserId(ann.getId());
        database.transaction(session -> {
            var cid = session.add(new UsersRecord().setName("Cid"));
            OrdersRepository.USER.set(session.add(order), cid);
            order.setUserId(bob.getId());
            assertThrows(NotLoaded.class, order::user);
            OrdersRepository.APPROVER.set(session.add(stored), cid);
            stored.setApproverId(bob.getId());
            OrdersRepository.APPROVER.set(session.add(noApprover), cid);
            noApprover.setApproverId(null);
        });
        assertEquals(bob.getId(), orders.get(order.getId()).getUserId());
        assertEquals(bob.getId(), orders.get(stored.getId()).getApproverId());
        assertNull(orders.get(noApprover.getId()).getApproverId());
    }

    @Test
    void settingAReferenceReplacesTheForeignKey() {
        var order = new OrdersRecord().setUserId(bob.getId());
        var cid = new UsersRecord().setName("Cid");
        OrdersRepository.USER.set(order, cid);
        database.transaction(session -> session.add(order));
        assertEquals(cid.getId(), orders.get(order.getId()).getUserId());
        assertSame(cid, order.user());
    }

    @Test
    void settingAForeignKeyUnloadsTheRowOfTheReference() {
        orders.insert(o -> o.setUserId(ann.getId()));
        var order = orders.all().with(OrdersRepository.USER).list().getFirst();
        order.setUserId(bob.getId());

        var error = assertThrows(NotLoaded.class, order::user);
        assertEquals(
                "OrdersRepository.USER was loaded for this record before its user_id changed. Call load(records,"
                        + " OrdersRepository.USER) on the repository, or set the row itself by"
                        + " OrdersRepository.USER.set(record, row).",
                error.getMessage());
        orders.save(order);
        assertThrows(NotLoaded.class, order::user);
        orders.load(List.of(order), OrdersRepository.USER);
        assertEquals("Bob", order.user().getName());
        order.setUserId(ann.getId());
        OrdersRepository.USER.set(order, ann);
        assertSame(ann, order.user());
    }

    @Test
    void settingTheForeignKeyOfALoadedChildUnloadsItsParent() {
        orders.insert(o -> o.setUserId(ann.getId()));
        var order = users.where(USERS.NAME.eq("Ann"))
                .with(UsersRepository.ORDERS)
                .one()
                .orders()
                .getFirst();
        assertEquals("Ann", order.user().getName());
        order.setUserId(bob.getId());
        assertThrows(NotLoaded.class, order::user);
    }

    // --- Children that are added twice

    @Test
    void aChildAddedTwiceIsContainedOnce() {
        var order = new OrdersRecord();
        var cid = new UsersRecord();
        for (int i = 0; i < 2; i++) {
            UsersRepository.ORDERS.add(cid, order);
        }
        assertEquals(1, cid.orders().size());
        assertSame(order, cid.orders().getFirst());
    }

    // --- One session at a time

    @Test
    void aRecordOfAnOpenSessionIsNotAddedToAnother() {
        var cid = new UsersRecord().setName("Cid");
        database.transaction(session -> {
            var tracked = users.in(session).get(ann.getId());
            session.add(cid);
            for (var record : List.of(tracked, cid)) {
                for (Session.Body<RuntimeException> use : List.<Session.Body<RuntimeException>>of(
                        other -> other.add(record),
                        other -> UsersRepository.ROLES.set(other, record, List.of()),
                        other -> UsersRepository.ORDERS.add(other.add(record), new OrdersRecord()))) {
                    var error = assertThrows(IllegalStateException.class, () -> database.transaction(use));
                    assertEquals(
                            "This record of users is attached to another open session, which writes its changes. Add it"
                                    + " here after that session has ended, or read its row in this session.",
                            error.getMessage());
                }
            }
        });
        database.transaction(session -> session.add(cid).setAge(7));
        assertEquals(7, users.get(cid.getId()).getAge());
        rollBack(session -> session.add(ann));
        database.transaction(session -> session.add(ann).setAge(8));
        assertEquals(8, users.get(ann.getId()).getAge());
    }

    // --- Null

    @Test
    @SuppressWarnings("NullAway") // as a caller without its checks may give
    void theErrorForANullRowNamesClear() {
        assertEquals(
                "OrdersRepository.USER.set was given null. To refer to no row, call OrdersRepository.USER.clear(record).",
                assertThrows(NullPointerException.class, () -> OrdersRepository.USER.set(new OrdersRecord(), null))
                        .getMessage());
        database.transaction(session -> assertEquals(
                "UsersRepository.ROLES.set was given null. To delete all links, use List.of().",
                assertThrows(NullPointerException.class, () -> UsersRepository.ROLES.set(session, ann, null))
                        .getMessage()));
    }

    // --- Stale records

    @Test
    void theErrorForAStaleRecordMentionsWritesOfTheSession() {
        var error = assertThrows(
                StaleRecord.class,
                () -> database.transaction(session -> {
                    var tracked = users.in(session).get(ann.getId());
                    users.in(session).where(USERS.NAME.eq("Ann")).update(u -> u.setAge(1));
                    tracked.setAge(2);
                }));
        assertEquals(
                "update users: a row was changed or deleted since its record was read. Read it again, apply the change,"
                        + " and write it again. This session may have changed the row itself: it wrote to the table by"
                        + " a condition or by dsl(). Read the rows again after such a write, which refreshes their"
                        + " records.",
                error.getMessage());
    }

    @Test
    void aWriteByDslIncrementsTheVersionOnlyIfItsSqlDoes() {
        database.transaction(session -> {
            var tracked = users.in(session).get(ann.getId());
            session.dsl().update(USERS).set(USERS.AGE, 50).execute();
            tracked.setAge(2);
        });
        assertEquals(2, users.get(ann.getId()).getAge());
        assertThrows(
                StaleRecord.class,
                () -> database.transaction(session -> {
                    var tracked = users.in(session).get(ann.getId());
                    session.dsl()
                            .update(USERS)
                            .set(USERS.AGE, 50)
                            .set(USERS.VERSION, USERS.VERSION.plus(1))
                            .execute();
                    tracked.setAge(3);
                }));
    }

    // --- Rollbacks

    @Test
    void aRollbackRestoresANewChildOfAStoredRow() {
        var order = new OrdersRecord().setNote("new");
        rollBack(session -> {
            var tracked = users.in(session)
                    .where(USERS.ID.eq(ann.getId()))
                    .with(UsersRepository.ORDERS)
                    .one();
            UsersRepository.ORDERS.add(tracked, order);
        });
        requireNoReferences(order);
        rollBack(session -> {
            UsersRepository.ORDERS.add(users.in(session).get(ann.getId()), order);
            session.flush();
        });
        requireNoReferences(order);
        rollBack(session -> {
            OrdersRepository.APPROVER.set(order, bob);
            session.add(order);
        });
        requireNoReferences(order);
        assertThrows(NotLoaded.class, order::approver);
        assertEquals("new", order.getNote());
    }

    @Test
    void aRollbackRestoresANewChildAddedBeforeItsParent() {
        var order = new OrdersRecord();
        users.load(List.of(ann), UsersRepository.ORDERS);
        rollBack(session -> {
            UsersRepository.ORDERS.add(ann, order);
            session.add(ann);
        });
        requireNoReferences(order);
        assertEquals(List.of(), ann.orders());
        database.transaction(session -> session.add(ann));
        assertEquals(0, orders.all().count());
    }

    private static void requireNoReferences(OrdersRecord order) {
        assertNull(order.getUserId());
        assertNull(order.getId());
        assertThrows(NotLoaded.class, order::user);
    }

    @Test
    void theRollbackOfASavepointRestoresAChildAddedInIt() {
        var order = new OrdersRecord();
        var other = new OrdersRecord();
        database.transaction(session -> {
            UsersRepository.ORDERS.add(ann, other); // before the savepoint, so it stays
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        UsersRepository.ORDERS.add(ann, order);
                        session.add(ann);
                        session.flush();
                        throw new ForcedRollback();
                    }));
            requireNoReferences(order);
            assertEquals(ann.getId(), other.getUserId());
            assertSame(ann, other.user());
            assertNull(other.getId());
            session.add(ann);
        });
        assertEquals(List.of(other.getId()), orders.all().list(OrdersRecord::getId));
    }

    @Test
    void aReferenceSetBeforeTheTransactionSurvivesItsRollback() {
        var order = new OrdersRecord();
        UsersRepository.ORDERS.add(ann, order);
        rollBack(session -> session.add(ann));
        assertSame(ann, order.user());
        database.transaction(session -> session.add(ann));
        assertEquals(ann.getId(), orders.get(order.getId()).getUserId());
    }

    @Test
    void aSecondAttemptAddsNoChildTwice() {
        var cid = new UsersRecord().setName("Cid");
        var order = new OrdersRecord();
        TwoAttempts.run(database, session -> {
            UsersRepository.ORDERS.add(cid, order);
            UsersRepository.ORDERS.add(cid, new OrdersRecord());
            session.add(cid);
        });
        assertEquals(2, cid.orders().size());
        assertEquals(2, orders.all().count());
    }
}
