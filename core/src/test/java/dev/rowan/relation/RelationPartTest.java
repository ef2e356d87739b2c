package dev.rowan.relation;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.ORDER_ITEMS;
import static dev.rowan.shop.Tables.ROLES;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_ROLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Relation;
import dev.rowan.RelationPart;
import dev.rowan.error.NotLoaded;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.StatementCountTest;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parts of relations: with a condition, an order or a limit per record, by one query for all records. */
class RelationPartTest extends StatementCountTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final LocalDateTime NEW_YEAR = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final RelationPart<UsersRecord, OrdersRecord> LATEST =
            UsersRepository.ORDERS.orderBy(ORDERS.PLACED_AT.desc()).limit(3);

    private final UsersRepository users = SHOP.users();
    private final OrdersRepository orders = SHOP.orders();

    @Override
    public Database database() {
        return SHOP.database();
    }

    /** Inserts three users with 1, 4 and 5 orders, a day apart. The nth order has n items, of the prices 1 to n. */
    @BeforeEach
    void fill() {
        for (var many : List.of(1, 4, 5)) {
            var user = SHOP.user("user " + many, 30);
            for (int n = 1; n <= many; n++) {
                var placed = NEW_YEAR.plusDays(n);
                var note = "order " + n;
                var order = orders.insert(
                        o -> o.setUserId(user.getId()).setNote(note).setPlacedAt(placed));
                for (int line = 1; line <= n; line++) {
                    SHOP.items()
                            .insert(new OrderItemsRecord()
                                    .setOrderId(order.getId())
                                    .setLineNo(line)
                                    .setProduct("p")
                                    .setPrice(BigDecimal.valueOf(line)));
                }
            }
        }
    }

    @Test
    void ordersOfAPartAddUpAndTheLowestLimitCounts() {
        orders.all().update(o -> o.setTotal(BigDecimal.ONE));
        var oldest = UsersRepository.ORDERS
                .orderBy(ORDERS.TOTAL)
                .orderBy(ORDERS.PLACED_AT)
                .limit(2)
                .limit(3);

        var user = list(2, oldest).getLast();
        assertEquals(
                List.of("order 1", "order 2"),
                oldest.of(user).stream().map(OrdersRecord::getNote).toList());
    }

    @Test
    void theLatestChildrenOfAllRecordsAreOneStatement() {
        var read = list(2, LATEST);

        assertEquals(
                List.of(
                        List.of("order 1"),
                        List.of("order 4", "order 3", "order 2"),
                        List.of("order 5", "order 4", "order 3")),
                notes(LATEST, read));
    }

    @Test
    void aLoadedPartIsNotTheWholeRelation() {
        var read = list(3, LATEST, UsersRepository.ORDERS);
        assertEquals(5, read.get(2).orders().size());
        assertEquals(3, LATEST.of(read.get(2)).size());

        var alone = list(2, LATEST).getFirst();
        assertThrows(NotLoaded.class, alone::orders);
        var other = UsersRepository.ORDERS.limit(3);
        var error = assertThrows(NotLoaded.class, () -> other.of(alone));
        assertEquals(
                "This part of UsersRepository.ORDERS was not loaded for this record. Keep it in a constant, add with(…) of"
                        + " that to the query, or call load(records, …) on the repository.",
                error.getMessage());
    }

    @Test
    void aConditionAnOrderAndALimitNarrowEachOther() {
        var early = UsersRepository.ORDERS
                .where(ORDERS.PLACED_AT.lt(NEW_YEAR.plusDays(5)))
                .where(ORDERS.NOTE.ne("order 2"))
                .orderBy(ORDERS.PLACED_AT.desc());
        var two = early.limit(2);
        var read = list(3, early, two);

        assertEquals(
                List.of(
                        List.of("order 1"),
                        List.of("order 4", "order 3", "order 1"),
                        List.of("order 4", "order 3", "order 1")),
                notes(early, read));
        assertEquals(
                List.of(List.of("order 1"), List.of("order 4", "order 3"), List.of("order 4", "order 3")),
                notes(two, read));
    }

    @Test
    void aLimitWithoutAnOrderTakesTheFirstByPrimaryKey() {
        var first = UsersRepository.ORDERS.limit(1);
        for (var some : notes(first, list(2, first))) {
            assertEquals(List.of("order 1"), some);
        }

        var all = UsersRepository.ORDERS.limit(Long.MAX_VALUE);
        assertEquals(5, all.of(list(2, all).get(2)).size());
    }

    @Test
    void nestedRelationsAreLoadedForThePartAlone() {
        var dear = OrdersRepository.ITEMS
                .where(ORDER_ITEMS.PRICE.ge(BigDecimal.valueOf(3)))
                .orderBy(ORDER_ITEMS.PRICE.desc())
                .limit(2);
        var latest = LATEST.then(dear);
        var read = list(3, latest);

        assertEquals(List.of(0), sizes(dear, latest.of(read.get(0))));
        assertEquals(List.of(2, 1, 0), sizes(dear, latest.of(read.get(1))));
        assertEquals(
                5,
                dear.of(latest.of(read.get(2)).getFirst()).getFirst().getPrice().intValue());
        assertEquals(3, LATEST.of(read.get(2)).size(), "with more beyond it, it is the same part");
    }

    @Test
    void aPathAndASubqueryAndAnExpressionFilterToo() {
        var filled = UsersRepository.ORDERS
                .where(ORDERS.user().NAME.ne("user 4"))
                .where(DSL.exists(DSL.selectOne()
                        .from(ORDER_ITEMS)
                        .where(ORDER_ITEMS.ORDER_ID.eq(ORDERS.ID))
                        .and(ORDER_ITEMS.LINE_NO.eq(2))))
                .orderBy(ORDERS.user().NAME, ORDERS.ID.plus(1).desc());
        var read = list(2, filled);
        assertEquals(
                List.of(List.of(), List.of(), List.of("order 5", "order 4", "order 3", "order 2")),
                notes(filled, read));

        var one = filled.limit(1);
        assertEquals(List.of(List.of(), List.of(), List.of("order 5")), notes(one, list(2, one)));
    }

    @Test
    void partsAreLoadedForManyRecordsToo() {
        var many = new ArrayList<UsersRecord>();
        for (int i = 0; i < 1100; i++) {
            many.add(new UsersRecord().setName("more"));
        }
        var saved = users.insertAll(many);
        orders.insertAll(saved.stream()
                .flatMap(user -> List.of("old", "new").stream()
                        .map(note -> new OrdersRecord().setUserId(user.getId()).setNote(note)))
                .toList());

        var last = UsersRepository.ORDERS
                .where(ORDERS.user().NAME.eq("more"))
                .orderBy(ORDERS.ID.plus(1).desc())
                .limit(1);
        var old = UsersRepository.ORDERS.where(ORDERS.NOTE.eq("old"));
        assertEquals(2, countStatements(() -> {
            users.load(saved, last);
            users.load(saved, old);
        }));
        for (var user : saved) {
            assertEquals(
                    List.of("new"),
                    last.of(user).stream().map(OrdersRecord::getNote).toList());
            assertEquals(
                    List.of("old"),
                    old.of(user).stream().map(OrdersRecord::getNote).toList());
            assertEquals(user.getId(), last.of(user).getFirst().getUserId());
        }
    }

    @Test
    void aLinkTablesColumnsFilterAndOrder() {
        var ann = users.all().orderBy(USERS.ID).list().getFirst();
        for (int i = 1; i <= 3; i++) {
            var name = "role " + i;
            var role = SHOP.roles().insert(r -> r.setName(name));
            SHOP.database()
                    .dsl()
                    .insertInto(USER_ROLES, USER_ROLES.USER_ID, USER_ROLES.ROLE_ID, USER_ROLES.GRANTED_AT)
                    .values(ann.getId(), role.getId(), NEW_YEAR.plusDays(i))
                    .execute();
        }

        var newest = UsersRepository.ROLES
                .where(USER_ROLES.GRANTED_AT.gt(NEW_YEAR.plusDays(1)))
                .orderBy(USER_ROLES.GRANTED_AT.desc(), ROLES.NAME);
        var one = newest.limit(1).then(RolesRepository.USERS);
        var read = list(4, newest, one).getFirst();
        assertEquals(
                List.of("role 3", "role 2"),
                newest.of(read).stream().map(RolesRecord::getName).toList());
        assertEquals("role 3", one.of(read).getFirst().getName());
        assertEquals(ann.getId(), one.of(read).getFirst().users().getFirst().getId());

        var none = UsersRepository.ROLES.where(ROLES.NAME.eq("none"));
        assertEquals(1, countStatements(() -> users.load(List.of(ann), none)));
        assertTrue(none.of(ann).isEmpty());
    }

    @Test
    void aLimitOfZeroLoadsNothingForAnyRecord() {
        var none = UsersRepository.ORDERS.limit(0);
        var noRoles = UsersRepository.ROLES.limit(0).then(RolesRepository.USERS);
        assertThrows(NotLoaded.class, () -> none.of(users.all().list().getFirst()));
        for (var user : list(1, none, noRoles)) {
            assertEquals(List.of(), none.of(user));
            assertEquals(List.of(), noRoles.of(user));
            assertThrows(NotLoaded.class, user::orders);
        }
    }

    @Test
    void aColumnOfAnotherTableIsRefusedWhereThePartIsMade() {
        assertEquals(0, countStatements(() -> {
            var condition = assertThrows(
                    IllegalArgumentException.class, () -> UsersRepository.ORDERS.where(USERS.NAME.eq("leaked")));
            assertEquals(
                    "A query of orders has no column users.name. Use a column of orders, a path along a foreign key, or a"
                            + " subquery.",
                    condition.getMessage());
            assertThrows(IllegalArgumentException.class, () -> LATEST.orderBy(USERS.NAME));
            assertThrows(IllegalArgumentException.class, () -> UsersRepository.ROLES.where(ORDERS.ID.eq(1L)));
            assertThrows(IllegalArgumentException.class, () -> LATEST.limit(-1));
        }));
    }

    @Test
    void theTextOfAPartDependsOnCodeAlone() {
        var all = users.all().list();
        var texts = LogOutput.of(() -> {
            for (var name : List.of("order 1", "order 2")) {
                var part = UsersRepository.ORDERS.where(ORDERS.NOTE.eq(name)).limit(name.length());
                assertEquals(1, countStatements(() -> users.load(all, part)));
            }
        });
        assertFalse(texts.contains("order 1"), texts);
        assertEquals(
                1,
                texts.lines()
                        .filter(line -> line.contains("row_number()"))
                        .map(RelationPartTest::text)
                        .distinct()
                        .count(),
                texts);
    }

    private static String text(String line) {
        return line.substring(line.indexOf("select"), line.lastIndexOf('['));
    }

    private static List<Integer> sizes(RelationPart<OrdersRecord, OrderItemsRecord> part, List<OrdersRecord> orders) {
        return orders.stream().map(order -> part.of(order).size()).toList();
    }

    private static List<List<String>> notes(RelationPart<UsersRecord, OrdersRecord> part, List<UsersRecord> users) {
        return users.stream()
                .map(user -> part.of(user).stream().map(OrdersRecord::getNote).toList())
                .toList();
    }

    /** Returns the users with these relations, and checks the number of statements. */
    @SafeVarargs
    private List<UsersRecord> list(int statements, Relation<UsersRecord, ?>... relations) {
        var query = users.all().orderBy(USERS.ID);
        for (var relation : relations) {
            query = query.with(relation);
        }
        return assertStatementsOfRead(statements, query::list);
    }
}
