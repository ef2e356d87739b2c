package dev.rowan.docs;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the statements about relations and the unit of work that the pages make without code. */
class UnitOfWorkPageTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    UnitOfWorkPageTest() {
        super(SHOP);
    }

    @Test
    void anUnboundRepositoryReadsUntrackedRecords() {
        database.transaction(session -> users.get(ann.getId()).setAge(7));
        assertEquals(31, users.get(ann.getId()).getAge());
    }

    @Test
    void aRecordThatWasNotReadIsANewRowWhateverItsId() {
        var order = new OrdersRecord();
        assertThrows(
                UniqueViolation.class,
                () -> database.transaction(session -> {
                    OrdersRepository.USER.set(order, new UsersRecord().setId(ann.getId()));
                    session.add(order);
                }));
        database.transaction(session -> session.add(order.setUserId(ann.getId())));
        assertEquals(ann.getId(), orders.get(order.getId()).getUserId());
    }

    @Test
    void aRepositoryWritesOneRecordAndASessionTheGraph() {
        var cid = new UsersRecord();
        UsersRepository.ORDERS.add(cid, new OrdersRecord());
        users.save(cid);
        UsersRepository.ORDERS.add(ann, new OrdersRecord());
        users.save(ann.setAge(7));
        assertEquals(0, orders.all().count());

        database.transaction(session -> {
            session.add(cid);
            session.add(ann);
        });
        assertEquals(2, orders.all().count());
    }

    @Test
    void addUndoesADelete() {
        database.transaction(session -> {
            var tracked = users.in(session).get(ann.getId());
            session.delete(tracked);
            session.add(tracked);
            var cid = session.add(new UsersRecord().setName("Cid"));
            session.delete(cid);
            session.add(cid);
        });
        assertTrue(users.exists(ann.getId()));
        assertEquals(3, users.all().count());
    }

    @Test
    void aListContainsWhatWasLoaded() {
        orders.insert(o -> o.setUserId(ann.getId()));
        orders.insert(o -> o.setUserId(ann.getId()));
        database.transaction(session -> {
            var all = users.in(session)
                    .all()
                    .orderBy(USERS.ID)
                    .with(UsersRepository.ORDERS)
                    .list();
            var here = all.getFirst();
            var there = all.getLast();
            var order = here.orders().getFirst();
            UsersRepository.ORDERS.add(there, order);
            session.delete(here.orders().getLast());
            session.flush();
            assertEquals(2, here.orders().size());
            assertEquals(List.of(order), there.orders());
            users.in(session).load(all, UsersRepository.ORDERS);
            assertEquals(0, here.orders().size());
            assertEquals(List.of(order), there.orders());
        });
    }

    @Test
    void recordsAreSharedWithinARelationAndInASessionEverywhere() {
        orders.insert(o -> o.setUserId(ann.getId()).setApproverId(ann.getId()));
        orders.insert(o -> o.setUserId(ann.getId()).setApproverId(bob.getId()));
        var read = withUsers(orders);
        assertSame(read.getFirst().user(), read.getLast().user());
        assertNotSame(read.getFirst().user(), read.getFirst().approver().orElseThrow());
        database.transaction(session -> {
            var tracked = withUsers(orders.in(session));
            assertSame(tracked.getFirst().user(), tracked.getFirst().approver().orElseThrow());
        });
    }

    private static List<OrdersRecord> withUsers(OrdersRepository orders) {
        return orders.all()
                .with(OrdersRepository.USER)
                .with(OrdersRepository.APPROVER)
                .list();
    }

    @Test
    void twoRowsSwapAUniqueValueInOneFlush() {
        users.save(ann.setEmail("ann@example.org"));
        users.save(bob.setEmail("bob@example.org"));
        database.transaction(session -> {
            session.add(ann).setEmail("bob@example.org");
            session.add(bob).setEmail("ann@example.org");
        });
        assertEquals("bob@example.org", users.get(ann.getId()).getEmail());
        assertEquals("ann@example.org", users.get(bob.getId()).getEmail());
    }
}
