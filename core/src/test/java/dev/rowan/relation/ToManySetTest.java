package dev.rowan.relation;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.ToMany;
import dev.rowan.config.Orphans;
import dev.rowan.config.TransactionOptions;
import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ToManySetTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private OrdersRecord pens;
    private OrdersRecord inks;
    private OrdersRecord pads;

    ToManySetTest() {
        super(SHOP);
    }

    @BeforeEach
    void insertOrders() {
        pens = order("pens");
        inks = order("inks");
        pads = order("pads");
        orders.insertAll(List.of(pens, inks, pads));
        new OrderItemsRepository(database).insertAll(List.of(item(pens), item(inks), item(pads)));
    }

    private OrdersRecord order(String note) {
        return new OrdersRecord()
                .setUserId(ann.getId())
                .setApproverId(ann.getId())
                .setNote(note);
    }

    private static OrderItemsRecord item(OrdersRecord order) {
        return new OrderItemsRecord()
                .setOrderId(order.getId())
                .setLineNo(1)
                .setProduct("box")
                .setPrice(BigDecimal.ONE);
    }

    private Set<String> ordersOf(UsersRecord user) {
        return new TreeSet<>(orders.where(ORDERS.USER_ID.eq(user.getId())).list(OrdersRecord::getNote));
    }

    private Set<String> approvedBy(UsersRecord user) {
        return new TreeSet<>(orders.where(ORDERS.APPROVER_ID.eq(user.getId())).list(OrdersRecord::getNote));
    }

    @Test
    void rowsThatAreLeftOutReferToNoRecord() {
        orders.update(pads.getId(), o -> o.setApproverId(bob.getId()));
        orders.load(List.of(pads), OrdersRepository.APPROVER);
        var more = orders.get(pads.getId());
        assertStatements(1 + 1, session -> {
            UsersRepository.ORDERS_BY_APPROVER.set(session, ann, List.of(pens, more, pens));
            assertEquals(Set.of(pens, more), Set.copyOf(ann.ordersByApprover()));
            assertEquals(
                    "1. update orders approver_id: 2 rows\n", session.plan().toString());
        });
        assertEquals(Set.of("pads", "pens"), approvedBy(ann));
        assertEquals(Set.of(), approvedBy(bob));
        assertNull(orders.get(inks.getId()).getApproverId());
        assertStatements(1, session -> UsersRepository.ORDERS_BY_APPROVER.set(session, ann, List.of(pens, more)));
    }

    @Test
    void rowsThatAreLeftOutAreDeletedWhereThatIsAsked() {
        var tape = new OrdersRecord().setNote("tape");
        assertStatements(2 + 3, session -> {
            UsersRepository.ORDERS.then(OrdersRepository.ITEMS).set(session, ann, List.of(pens, tape), Orphans.DELETE);
            assertEquals(List.of(pens, tape), ann.orders());
            assertEquals("""
                    1. delete order_items: 2 rows
                    2. delete orders: 2 rows
                    3. insert orders: 1 row
                    """, session.plan().toString());
        });
        assertEquals(Set.of("pens", "tape"), ordersOf(ann));
        assertEquals(2, orders.all().count());
        assertStatements(1 + 1, session -> UsersRepository.ORDERS.set(session, ann, List.of(), Orphans.DELETE));
        assertEquals(0, orders.all().count());
    }

    @Test
    void rowsThatMustReferToARecordAreDeletedOnlyWhereThatIsAsked() {
        var refused = assertStatementsOfRollback(
                1, IllegalArgumentException.class, session -> UsersRepository.ORDERS.set(session, ann, List.of(pens)));
        assertEquals(
                "UsersRepository.ORDERS.set leaves out a row of orders that refers to the record, and user_id may"
                        + " not be NULL. Pass Orphans.DELETE to delete such rows, or make them refer to another record"
                        + " before.",
                refused.getMessage());
        assertEquals(Set.of("inks", "pads", "pens"), ordersOf(ann));

        assertStatements(1 + 1, session -> {
            session.add(inks).setUserId(bob.getId());
            session.add(pads).setUserId(bob.getId());
            UsersRepository.ORDERS.set(session, ann, List.of(pens));
            assertEquals(List.of(pens), ann.orders());
        });
        assertEquals(Set.of("inks", "pads"), ordersOf(bob));
    }

    @Test
    void theLastCallAboutARowCounts() {
        assertStatements(1 + 1 + 1, session -> {
            session.add(pads).setUserId(bob.getId());
            session.delete(session.add(inks));
            var tape = new OrdersRecord().setNote("tape");
            UsersRepository.ORDERS.add(session.add(bob), tape);
            UsersRepository.ORDERS.set(session, bob, List.of(inks), Orphans.DELETE); // not tape, and not pads
            UsersRepository.ORDERS.set(session, ann, List.of(pens, pads));
            assertEquals(List.of(inks), bob.orders());
        });
        assertEquals(Set.of("inks"), ordersOf(bob));
        assertEquals(Set.of("pads", "pens"), ordersOf(ann));
    }

    @Test
    void aTreeIsDeletedWithItsRoot() {
        var cid = SHOP.user("Cid", 33);
        var dan = SHOP.user("Dan", 34);
        users.update(bob.getId(), u -> u.setInviterId(ann.getId()));
        users.update(cid.getId(), u -> u.setInviterId(bob.getId()));
        users.update(dan.getId(), u -> u.setInviterId(ann.getId()));
        var stays = users.get(dan.getId());
        database.transaction(session -> {
            var root = users.in(session).get(ann.getId());
            ToMany.recursive(UsersRepository.USERS_BY_INVITER).set(session, root, List.of(stays), Orphans.DELETE);
        });
        assertEquals(
                Set.of("Ann", "Dan"), Set.copyOf(users.all().orderBy(USERS.ID).list(UsersRecord::getName)));
    }

    @Test
    void anotherRecordOfARowIsRefused() {
        var copy = orders.get(pens.getId());
        assertStatementsOfRollback(0, IllegalArgumentException.class, session -> {
            session.add(pens);
            UsersRepository.ORDERS.set(session, ann, List.of(copy), Orphans.DELETE);
        });
        assertEquals(3, orders.all().count());
    }

    @Test
    void rowsOfANewRecordAreSetWithoutAQuery() {
        var cid = new UsersRecord().setName("Cid");
        assertStatements(2, session -> {
            UsersRepository.ORDERS.add(cid, new OrdersRecord().setNote("tape"));
            UsersRepository.ORDERS.set(session, cid, List.of(pens), Orphans.DELETE);
            assertEquals(List.of(pens), cid.orders());
        });
        assertEquals(Set.of("pens"), ordersOf(cid));
    }

    @Test
    void anAutoFlushWritesNoRowInHalf() {
        database.transaction(
                TransactionOptions.standard().withAutoFlush(),
                session -> UsersRepository.ORDERS.set(
                        session, ann, List.of(pens, new OrdersRecord().setNote("tape")), Orphans.DELETE));
        assertEquals(Set.of("pens", "tape"), ordersOf(ann));
    }

    @Test
    void aRollbackLeavesRecordsAsTheyWere() {
        users.load(List.of(ann), UsersRepository.ORDERS_BY_APPROVER);
        assertThrows(
                ForcedRollback.class,
                () -> database.transaction(session -> {
                    UsersRepository.ORDERS_BY_APPROVER.set(session, ann, List.of(pens));
                    session.flush();
                    throw new ForcedRollback();
                }));
        assertEquals(3, ann.ordersByApprover().size());
        assertEquals(ann.getId(), pens.getApproverId());
        assertEquals(Set.of("inks", "pads", "pens"), approvedBy(ann));
    }
}
