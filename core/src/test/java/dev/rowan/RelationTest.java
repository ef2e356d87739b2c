package dev.rowan;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.ROLES;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_ROLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.NotLoaded;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelationTest {

    @RegisterExtension
    static final Shop SHOP = new Shop();

    private static final int USERS_THERE = 5;

    private final UsersRepository users = SHOP.users();
    private final OrdersRepository orders = SHOP.orders();

    /** Five users: the nth has n - 1 orders, each order two items; the first is the inviter and approver of all. */
    @BeforeEach
    void fill() {
        var all = new ArrayList<UsersRecord>();
        for (int i = 1; i <= USERS_THERE; i++) all.add(SHOP.user("user " + i, 20 + i));
        var placed = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (var user : all) {
            for (int n = 1; n < all.indexOf(user) + 1; n++) {
                var order = orders.insert(new OrdersRecord()
                        .setUserId(user.getId())
                        .setNote("order " + n)
                        .setPlacedAt(placed.plusDays(n))
                        .setApproverId(n == 1 ? all.getFirst().getId() : null));
                for (int line = 1; line <= 2; line++)
                    SHOP.items()
                            .insert(new OrderItemsRecord()
                                    .setOrderId(order.getId())
                                    .setLineNo(line)
                                    .setProduct("p" + line)
                                    .setPrice(BigDecimal.ONE));
            }
        }
    }

    @Test
    void eachLevelIsOneMoreStatement() {
        var read = new ArrayList<UsersRecord>();
        var statements = reads(() -> read.addAll(users.all()
                .orderBy(USERS.ID)
                .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                .list()));

        assertEquals(3, statements);
        for (int i = 0; i < USERS_THERE; i++) {
            var user = read.get(i);
            assertEquals(i, user.orders().size());
            for (var order : user.orders()) {
                assertEquals(user.getId(), order.getUserId());
                assertSame(user, order.user(), "the way back");
                assertEquals(
                        List.of(1, 2),
                        order.items().stream()
                                .map(OrderItemsRecord::getLineNo)
                                .sorted()
                                .toList());
            }
        }
    }

    @Test
    void recordsThatReferToTheSameRowShareIt() {
        var some = orders.all()
                .with(OrdersRepository.USER)
                .with(OrdersRepository.APPROVER)
                .list();

        for (var order : some) {
            assertEquals(order.getUserId(), order.user().getId());
            assertEquals(
                    Optional.ofNullable(order.getApproverId()), order.approver().map(UsersRecord::getId));
        }
        assertEquals(
                4,
                some.stream()
                        .map(o -> System.identityHashCode(o.user()))
                        .distinct()
                        .count());
    }

    @Test
    void whatWasNotLoadedSaysHowToLoadIt() {
        var user = users.all().list().getFirst();
        var error = assertThrows(NotLoaded.class, user::orders);
        assertEquals(
                "UsersRepository.ORDERS was not loaded for this record. Add with(UsersRepository.ORDERS) to the query, or"
                        + " call load(records, UsersRepository.ORDERS) on the repository.",
                error.getMessage());

        users.load(List.of(user), UsersRepository.ORDERS);
        assertEquals(List.of(), user.orders());
    }

    @Test
    void aPartIsAValueOfItsOwn() {
        var latest = UsersRepository.ORDERS.orderBy(ORDERS.PLACED_AT.desc()).limit(2);
        var read = users.all().orderBy(USERS.ID).with(latest).list();

        assertEquals(
                List.of("order 4", "order 3"),
                latest.of(read.get(4)).stream().map(OrdersRecord::getNote).toList());
        assertEquals(1, latest.of(read.get(1)).size());
        assertThrows(NotLoaded.class, () -> read.get(4).orders());

        var first = UsersRepository.ORDERS.where(ORDERS.NOTE.eq("order 1")).then(OrdersRepository.ITEMS);
        users.load(read, first);
        assertEquals(2, first.of(read.get(4)).getFirst().items().size());
    }

    @Test
    void aLinkTableLeadsToTheRowsBeyond() {
        var all = users.all().orderBy(USERS.ID).list();
        var admin = SHOP.roles().insert(r -> r.setName("admin"));
        var clerk = SHOP.roles().insert(r -> r.setName("clerk"));
        SHOP.database()
                .dsl()
                .insertInto(USER_ROLES, USER_ROLES.USER_ID, USER_ROLES.ROLE_ID)
                .values(all.get(0).getId(), admin.getId())
                .values(all.get(0).getId(), clerk.getId())
                .values(all.get(1).getId(), clerk.getId())
                .execute();

        var read = users.all().orderBy(USERS.ID).with(UsersRepository.ROLES).list();
        assertEquals(
                List.of("admin", "clerk"),
                read.get(0).roles().stream().map(RolesRecord::getName).sorted().toList());
        assertEquals(List.of(), read.get(2).roles());
        var ofTheFirst = Collections.newSetFromMap(new IdentityHashMap<RolesRecord, Boolean>());
        ofTheFirst.addAll(read.get(0).roles());
        assertTrue(ofTheFirst.contains(read.get(1).roles().getFirst()), "one record for both");

        var clerksAlone = UsersRepository.ROLES.where(ROLES.NAME.eq("clerk"));
        users.load(read, clerksAlone);
        assertEquals(1, clerksAlone.of(read.get(0)).size());
    }

    @Test
    void manyKeysGoAsOneValue() {
        var more = users.insertAll(IntStream.range(0, 3000)
                .mapToObj(i -> new UsersRecord().setName("more " + i))
                .toList());
        orders.insertAll(
                more.stream().map(u -> new OrdersRecord().setUserId(u.getId())).toList());

        var read = new ArrayList<UsersRecord>();
        var latest = UsersRepository.ORDERS.orderBy(ORDERS.ID.desc()).limit(1);
        assertEquals(
                3,
                reads(() -> read.addAll(
                        users.all().with(UsersRepository.ORDERS).with(latest).list())));
        assertEquals(
                3000 + 10, read.stream().mapToInt(user -> user.orders().size()).sum());
        assertEquals(
                3000 + 4, read.stream().mapToInt(user -> latest.of(user).size()).sum());
        for (var user : read) for (var order : user.orders()) assertEquals(user.getId(), order.getUserId());
    }

    /** Returns the number of statements, without the two that a transaction begins and ends with. */
    private static long reads(Runnable work) {
        var before = SHOP.database().statistics();
        work.run();
        return SHOP.database().statistics().statements() - before.statements() - 2;
    }
}
