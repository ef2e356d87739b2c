package dev.rowan.relation;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.ROLES;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_ROLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.error.NotLoaded;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.StatementCountTest;
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
import org.junit.jupiter.api.function.Executable;

class RelationTest extends StatementCountTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int USERS_THERE = 5;

    private final UsersRepository users = SHOP.users();
    private final OrdersRepository orders = SHOP.orders();

    @Override
    public Database database() {
        return SHOP.database();
    }

    /** Inserts five users: the nth has n - 1 orders of two items. The first user invited and approved all others. */
    @BeforeEach
    void fill() {
        var all = new ArrayList<UsersRecord>();
        for (int i = 1; i <= USERS_THERE; i++) {
            all.add(SHOP.user("user " + i, 20 + i));
        }
        var placed = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (var user : all) {
            for (int n = 1; n < all.indexOf(user) + 1; n++) {
                var order = orders.insert(new OrdersRecord()
                        .setUserId(user.getId())
                        .setNote("order " + n)
                        .setPlacedAt(placed.plusDays(n))
                        .setApproverId(n == 1 ? all.getFirst().getId() : null));
                for (int line = 1; line <= 2; line++) {
                    SHOP.items()
                            .insert(new OrderItemsRecord()
                                    .setOrderId(order.getId())
                                    .setLineNo(line)
                                    .setProduct("p" + line)
                                    .setPrice(BigDecimal.ONE));
                }
            }
        }
    }

    @Test
    void eachLevelIsOneMoreStatement() {
        var read = assertStatementsOfRead(
                3,
                () -> users.all()
                        .orderBy(USERS.ID)
                        .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                        .list());

        for (int i = 0; i < USERS_THERE; i++) {
            var user = read.get(i);
            assertEquals(i, user.orders().size());
            for (var order : user.orders()) {
                assertEquals(user.getId(), order.getUserId());
                assertSame(user, order.user(), "the inverse side");
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
        var query = orders.all().with(OrdersRepository.USER).with(OrdersRepository.APPROVER);
        var some = assertStatementsOfRead(3, query::list);

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
    void theErrorForAnUnloadedRelationSaysHowToLoadIt() {
        var user = users.all().list().getFirst();
        var error = assertThrows(NotLoaded.class, user::orders);
        assertEquals(
                "UsersRepository.ORDERS was not loaded for this record. Add with(UsersRepository.ORDERS) to the query, or"
                        + " call load(records, UsersRepository.ORDERS) on the repository.",
                error.getMessage());

        assertEquals(1, countStatements(() -> users.load(List.of(user), UsersRepository.ORDERS)));
        assertEquals(0, countStatements(() -> assertEquals(List.of(), user.orders())));
    }

    @Test
    void aLinkTableIsFollowedToTheLinkedRows() {
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

        var read = assertStatementsOfRead(
                2,
                () -> users.all().orderBy(USERS.ID).with(UsersRepository.ROLES).list());
        assertEquals(
                List.of("admin", "clerk"),
                read.get(0).roles().stream().map(RolesRecord::getName).sorted().toList());
        assertEquals(List.of(), read.get(2).roles());
        var ofTheFirst = Collections.newSetFromMap(new IdentityHashMap<RolesRecord, Boolean>());
        ofTheFirst.addAll(read.get(0).roles());
        assertTrue(ofTheFirst.contains(read.get(1).roles().getFirst()), "one record for both");

        var clerksAlone = UsersRepository.ROLES.where(ROLES.NAME.eq("clerk"));
        assertEquals(1, countStatements(() -> users.load(read, clerksAlone)));
        assertEquals(1, clerksAlone.of(read.get(0)).size());
    }

    @Test
    void manyKeysAreSentAsOneValue() {
        var more = users.insertAll(IntStream.range(0, 3000)
                .mapToObj(i -> new UsersRecord().setName("more " + i))
                .toList());
        orders.insertAll(
                more.stream().map(u -> new OrdersRecord().setUserId(u.getId())).toList());

        var latest = UsersRepository.ORDERS.orderBy(ORDERS.ID.desc()).limit(1);
        var read = assertStatementsOfRead(
                3, () -> users.all().with(UsersRepository.ORDERS).with(latest).list());
        assertEquals(
                3000 + 10, read.stream().mapToInt(user -> user.orders().size()).sum());
        assertEquals(
                3000 + 4, read.stream().mapToInt(user -> latest.of(user).size()).sum());
        for (var user : read) {
            for (var order : user.orders()) {
                assertEquals(user.getId(), order.getUserId());
            }
        }
    }

    @Test
    void everyMethodThatReturnsRecordsLoadsRelations() {
        var query = users.all().orderBy(USERS.ID.desc()).with(UsersRepository.ORDERS);

        var last = assertStatementsOfRead(2, query::first).orElseThrow();
        assertEquals(4, last.orders().size());
        var one = assertStatementsOfRead(
                2, () -> query.and(USERS.ID.eq(last.getId())).one());
        assertEquals(4, one.orders().size());
        assertEquals(
                List.of(4, 3),
                assertStatementsOfRead(
                        2, () -> query.limit(2).list(user -> user.orders().size())));
        var none = assertStatementsOfRead(1, () -> query.and(USERS.AGE.lt(0)).first());
        assertTrue(none.isEmpty(), "nothing to load for");

        var byId = users.all().orderBy(USERS.ID).with(UsersRepository.ORDERS);
        var page = assertStatementsOfRead(2, () -> byId.page(PageRequest.first(3)));
        assertEquals(
                List.of(0, 1, 2),
                page.items().stream().map(user -> user.orders().size()).toList());
        assertEquals(
                2,
                assertStatementsOfRead(2, () -> byId.page(page.next().orElseThrow()))
                        .items()
                        .size());
        var scanned = new ArrayList<Integer>();
        assertEquals(
                3 * (BEGIN_AND_END + 2),
                countStatements(() -> byId.scan(2)
                        .flatMap(p -> p.items().stream())
                        .forEach(user -> scanned.add(user.orders().size()))));
        assertEquals(List.of(0, 1, 2, 3, 4), scanned);
    }

    @Test
    void aMethodThatReturnsNoRecordsRefusesRelations() {
        var query = users.all().with(UsersRepository.ORDERS);

        for (Executable verb : List.<Executable>of(
                () -> query.stream(rows -> rows.toList()),
                () -> query.forEach(user -> {}),
                () -> query.select(USERS.NAME),
                () -> query.update(u -> u.setAge(1)),
                () -> query.delete())) {
            assertEquals(0, countStatements(() -> {
                var error = assertThrows(IllegalStateException.class, verb);
                assertTrue(error.toString().contains("loads no relations: leave with(…) out"), error.toString());
            }));
        }
        assertEquals(1, countStatements(() -> assertEquals(USERS_THERE, query.count())));
        assertEquals(1, countStatements(() -> assertTrue(query.exists())));
    }

    @Test
    void aSessionLoadsInItsOwnTransaction() {
        SHOP.database().transaction(session -> {
            var inSession = users.in(session);
            var ann = inSession.insert(u -> u.setName("Ann"));
            orders.in(session).insert(o -> o.setUserId(ann.getId()));

            assertEquals(
                    2,
                    countStatements(() -> assertEquals(
                            1,
                            inSession
                                    .where(USERS.ID.eq(ann.getId()))
                                    .with(UsersRepository.ORDERS)
                                    .one()
                                    .orders()
                                    .size())));
            assertEquals(1, countStatements(() -> inSession.load(List.of(ann), UsersRepository.ORDERS)));
            assertEquals(1, ann.orders().size());
        });
        var sizes = assertStatementsOfRead(
                2,
                () -> SHOP.database()
                        .read(session -> users.in(session)
                                .all()
                                .orderBy(USERS.ID)
                                .with(UsersRepository.ORDERS)
                                .list()));
        assertEquals(
                List.of(0, 1, 2, 3, 4, 1),
                sizes.stream().map(user -> user.orders().size()).toList());
    }

    @Test
    void aTableThatRefersToItselfIsLoadedInBothDirectionsAndNested() {
        var chain = users.all().orderBy(USERS.ID).list();
        for (int i = 1; i < USERS_THERE; i++) {
            var inviter = chain.get(i - 1).getId();
            users.update(chain.get(i).getId(), u -> u.setInviterId(inviter));
        }
        var up = UsersRepository.INVITER;
        var down = UsersRepository.USERS_BY_INVITER;

        var above = assertStatementsOfRead(
                4,
                () -> users.all().orderBy(USERS.ID).with(up.then(up.then(up))).list());
        var third = above.get(4)
                .inviter()
                .orElseThrow()
                .inviter()
                .orElseThrow()
                .inviter()
                .orElseThrow();
        assertEquals(chain.get(1).getId(), third.getId());
        assertTrue(above.get(0).inviter().isEmpty());
        assertThrows(NotLoaded.class, third::inviter, "no deeper than the requested levels");

        var below = assertStatementsOfRead(
                3, () -> users.all().orderBy(USERS.ID).with(down.then(down)).list());
        var grandchild =
                below.get(0).usersByInviter().getFirst().usersByInviter().getFirst();
        assertEquals(chain.get(2).getId(), grandchild.getId());
        assertEquals(chain.get(1).getId(), grandchild.inviter().orElseThrow().getId(), "the inverse side");
        assertTrue(below.get(4).usersByInviter().isEmpty());
    }

    @Test
    void aRelationRequestedTwiceIsLoadedOnceWithTheNestedRelationsOfBoth() {
        var query = users.all()
                .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                .with(UsersRepository.ORDERS.then(OrdersRepository.APPROVER));

        for (var user : assertStatementsOfRead(4, query::list)) {
            for (var order : user.orders()) {
                assertEquals(2, order.items().size());
                assertEquals(order.getApproverId() == null, order.approver().isEmpty());
            }
        }
    }

    @Test
    void relationsAreLoadedForRecordsThatWereReadBefore() {
        var some = users.all().orderBy(USERS.ID).limit(3).list();

        assertEquals(
                BEGIN_AND_END + 2,
                countStatements(() -> users.load(some, UsersRepository.ORDERS.then(OrdersRepository.ITEMS))));
        assertEquals(
                List.of(0, 1, 2),
                some.stream().map(user -> user.orders().size()).toList());
        assertEquals(2, some.get(1).orders().getFirst().items().size());
        assertEquals(0, countStatements(() -> users.load(List.of(), UsersRepository.ORDERS)));
        assertEquals(1, countStatements(() -> users.load(some, UsersRepository.ROLES)), "one alone is no transaction");

        orders.insert(o -> o.setUserId(some.getFirst().getId()));
        users.load(some, UsersRepository.ORDERS);
        assertEquals(1, some.getFirst().orders().size(), "what was loaded before is replaced");
    }

    @Test
    void loadedRowsAreUnmodifiable() {
        var user = assertStatementsOfRead(
                        2, () -> users.all().with(UsersRepository.ORDERS).list())
                .getFirst();
        assertThrows(UnsupportedOperationException.class, () -> user.orders().add(new OrdersRecord()));
    }

    @Test
    void theErrorOfGetNamesAReferenceToNoRow() {
        var order = new OrdersRecord();
        assertEquals(0, countStatements(() -> orders.load(List.of(order), OrdersRepository.USER)));

        var error = assertThrows(IllegalStateException.class, order::user);
        assertEquals(
                "The record refers to no row by OrdersRepository.USER. Use of(record) where there may be none.",
                error.getMessage());
    }

    @Test
    void loadedRelationsBecomeNestedRecordsInOneExpression() {
        record Line(String product, BigDecimal price) {}
        record Order(String note, List<Line> lines) {}
        record Customer(String name, List<Order> orders) {}

        var customers = assertStatementsOfRead(
                3,
                () -> users.where(USERS.NAME.eq("user 2"))
                        .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                        .list(user -> new Customer(
                                user.getName(),
                                user.orders().stream()
                                        .map(order -> new Order(
                                                order.getNote(),
                                                order.items().stream()
                                                        .map(item -> new Line(item.getProduct(), item.getPrice()))
                                                        .toList()))
                                        .toList())));

        var one = new BigDecimal("1.00");
        assertEquals(
                List.of(new Customer(
                        "user 2", List.of(new Order("order 1", List.of(new Line("p1", one), new Line("p2", one)))))),
                customers);
    }
}
