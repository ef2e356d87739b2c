package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.types.UInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that are deleted with the record that they refer to, or made to refer to it no more: when it is asked for. */
class CascadeTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    CascadeTest() {
        super(SHOP);
    }

    private OrdersRecord orderWithItem() {
        var order = new OrdersRecord().setTotal(BigDecimal.ONE);
        OrdersRepository.ITEMS.add(
                order,
                new OrderItemsRecord()
                        .setLineNo(1)
                        .setProduct("pen")
                        .setQuantity(UInteger.valueOf(1))
                        .setPrice(BigDecimal.ONE));
        return order;
    }

    @Test
    void theRowsAlongTheGivenRelationsAreDeletedWithARecord() {
        database.transaction(session -> {
            UsersRepository.ORDERS.add(session.add(ann), orderWithItem());
            UsersRepository.ORDERS.add(ann, orderWithItem());
            UsersRepository.ORDERS.add(session.add(bob), orderWithItem());
            UsersRepository.ROLES.set(session, ann, List.of(new RolesRecord().setName("reader")));
        });
        assertStatements(2 + 1 + 4, session -> {
            UsersRepository.ORDERS.then(OrdersRepository.ITEMS).delete(session, session.add(ann));
            UsersRepository.ROLES.set(session, ann, List.of());
            session.delete(ann);
            assertEquals("""
                    1. delete order_items: 2 rows
                    2. delete orders: 2 rows
                    3. unlink user_roles
                    4. delete users: 1 row
                    """, session.plan().toString());
        });
        assertFalse(users.exists(ann.getId()));
        assertEquals(1, orders.all().count());
        assertEquals(1, new OrderItemsRepository(database).all().count());
        assertEquals(0, new UserRolesRepository(database).all().count());
        assertEquals(1, new RolesRepository(database).all().count());
    }

    @Test
    void aNewRecordIsDroppedWithItsNewRows() {
        assertStatements(0, session -> {
            var cid = session.add(new UsersRecord().setName("Cid"));
            UsersRepository.ORDERS.add(cid, orderWithItem());
            UsersRepository.ORDERS.then(OrdersRepository.ITEMS).delete(session, cid);
            session.delete(cid);
        });
    }

    @Test
    void aNestedRelationToRowsThatDoNotReferToTheRecordsIsRefused() {
        database.transaction(session -> {
            var error = assertThrows(
                    IllegalArgumentException.class,
                    () -> UsersRepository.ORDERS.then(OrdersRepository.APPROVER).delete(session, session.add(ann)));
            assertEquals(
                    "OrdersRepository.APPROVER does not lead to rows that refer to a record, so it deletes none. Delete the"
                            + " rows themselves: session.delete(row).",
                    error.getMessage());
        });
    }

    @Test
    void aRowThatIsRemovedRefersToNoRecord() {
        database.transaction(session -> UsersRepository.USERS_BY_INVITER.add(session.add(ann), session.add(bob)));
        database.transaction(session -> {
            var own = users.in(session)
                    .where(USERS.ID.eq(ann.getId()))
                    .with(UsersRepository.USERS_BY_INVITER)
                    .one();
            var invited = UsersRepository.USERS_BY_INVITER.of(own).getFirst();
            UsersRepository.USERS_BY_INVITER.remove(own, invited);
            assertTrue(UsersRepository.USERS_BY_INVITER.of(own).isEmpty());
            assertThrows(IllegalArgumentException.class, () -> UsersRepository.USERS_BY_INVITER.remove(own, invited));
        });
        assertNull(users.get(bob.getId()).getInviterId());
    }

    @Test
    void aNewRowThatIsRemovedIsNotInserted() {
        assertStatements(0, session -> {
            session.add(ann);
            var order = orderWithItem();
            UsersRepository.ORDERS.add(ann, order);
            UsersRepository.ORDERS.remove(ann, order);
        });
    }

    @Test
    void aRowWhoseReferenceMayNotBeNullIsNotRemoved() {
        database.transaction(session -> {
            var order = orderWithItem();
            UsersRepository.ORDERS.add(session.add(ann), order);
            session.flush();
            var error = assertThrows(IllegalArgumentException.class, () -> UsersRepository.ORDERS.remove(ann, order));
            assertEquals(
                    "A row of orders must refer to a row by UsersRepository.ORDERS: user_id may not be NULL. Set another"
                            + " row, or delete this one.",
                    error.getMessage());
        });
    }

    @Test
    void theListOfARelationSaysWhatToCallInsteadOfChangingIt() {
        var cid = new UsersRecord();
        UsersRepository.ORDERS.add(cid, new OrdersRecord());
        var error = assertThrows(
                UnsupportedOperationException.class, () -> cid.orders().add(new OrdersRecord()));
        assertEquals(
                "This list shows the rows of UsersRepository.ORDERS, and writes nothing. Call UsersRepository.ORDERS.add(…)"
                        + " to add a row, and UsersRepository.ORDERS.remove(…) or session.delete(row) to remove one.",
                error.getMessage());
        assertThrows(UnsupportedOperationException.class, () -> cid.orders().clear());
    }
}
