package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.ORDER_ITEMS;
import static dev.rowan.shop.Tables.USERS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conditions and orders along foreign keys: jOOQ joins the tables of the path. */
class PathTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();
    private final OrdersRepository orders = SHOP.orders();

    /** Ann invited Bob; Ann has two orders, Bob has one, which Ann approved. */
    @BeforeEach
    void threeOrders() {
        var ann = SHOP.user("Ann", 31);
        var bob = users.insert(u -> u.setName("Bob").setAge(17).setInviterId(ann.getId()));
        order(ann, 10);
        order(ann, 20);
        orders.insert(o -> o.setUserId(bob.getId()).setApproverId(ann.getId()).setTotal(BigDecimal.valueOf(5)));
    }

    private void order(UsersRecord user, int total) {
        orders.insert(o -> o.setUserId(user.getId()).setTotal(BigDecimal.valueOf(total)));
    }

    @Test
    void aConditionFollowsAForeignKey() {
        var anns = orders.where(ORDERS.user().NAME.eq("Ann"));

        assertEquals(2, anns.list().size());
        assertEquals(2, anns.count());
        assertTrue(anns.exists());
        assertEquals(1, orders.where(ORDERS.user().inviter().NAME.eq("Ann")).count());
        assertEquals(2, orders.where(ORDERS.approver().ID.isNull()).count());
    }

    @Test
    void anOrderFollowsAForeignKeyAndLosesNoRow() {
        var totals = orders.all()
                .orderBy(ORDERS.user().AGE, ORDERS.approver().NAME, ORDERS.TOTAL.desc())
                .list(OrdersRecord::getTotal);

        assertEquals(
                List.of(5, 20, 10), totals.stream().map(BigDecimal::intValue).toList());
    }

    @Test
    void anUpdateByAPathChangesOnlyItsRows() {
        assertEquals(2, orders.where(ORDERS.user().NAME.eq("Ann")).update(o -> o.setNote("vip")));
        assertEquals(2, orders.where(ORDERS.NOTE.eq("vip")).count());
        assertEquals(1, users.where(USERS.inviter().NAME.eq("Ann")).update(u -> u.set(USERS.AGE, USERS.inviter().AGE)));
        assertEquals(31, users.where(USERS.NAME.eq("Bob")).one().getAge());
    }

    @Test
    void aDeleteByAPathDeletesOnlyItsRows() {
        assertEquals(2, orders.where(ORDERS.user().NAME.eq("Ann")).delete());
        assertEquals(1, orders.all().delete());
        assertEquals(1, users.where(USERS.inviter().NAME.eq("Ann")).delete());
        assertEquals("Ann", users.all().one().getName());
    }

    @Test
    void aPathToManyIsASubquery() {
        var big = exists(
                selectOne().from(USERS.orders()).where(USERS.orders().TOTAL.gt(BigDecimal.valueOf(15))));

        assertEquals(List.of("Ann"), users.where(big).list(UsersRecord::getName));
        assertEquals(1, users.where(big).update(u -> u.setNewsletter(true)));
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> users.where(USERS.orders().TOTAL.gt(BigDecimal.ONE)).list());
        assertEquals(
                "A query of users returns one row per row of its table, but the path to orders leads to several. Use a"
                        + " subquery with that path in its FROM: exists(selectOne().from(path).where(…)).",
                error.getMessage());
    }

    @Test
    void aPathFromAnotherTableIsRefusedEverywhere() {
        var foreign = ORDER_ITEMS.order().user().NAME;

        for (var query : List.<Runnable>of(
                () -> orders.where(foreign.eq("Ann")).list(),
                () -> orders.where(foreign.eq("Ann")).count(),
                () -> orders.where(foreign.eq("Ann")).delete(),
                () -> orders.where(foreign.eq("Ann")).update(o -> o.setNote("")),
                () -> orders.all().orderBy(foreign).list(),
                () -> orders.all().select(foreign).list(),
                () -> orders.all().update(o -> o.set(ORDERS.NOTE, foreign)),
                () -> orders.all().update(o -> o.set(ORDERS.NOTE, USERS.NAME)))) {
            var error = assertThrows(IllegalArgumentException.class, query::run);
            assertTrue(error.toString().contains(": A query of orders has no column "), error.toString());
        }
    }
}
