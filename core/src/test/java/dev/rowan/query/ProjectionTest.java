package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_TOTALS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.selectCount;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.NotFound;
import dev.rowan.error.NotUnique;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSON;
import org.jooq.OrderField;
import org.jooq.Record2;
import org.jooq.Records;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProjectionTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();
    private final OrdersRepository orders = SHOP.orders();

    record NameAndAge(String name, Integer age) {}

    @BeforeEach
    void threeUsers() {
        SHOP.user("Ann", 31);
        SHOP.user("Bob", 17);
        SHOP.user("Cid", 31);
    }

    @Test
    void selectedFieldsAreReturnedAsTypedRows() {
        List<Record2<String, Integer>> rows = users.all()
                .orderBy(USERS.NAME)
                .limit(2)
                .select(USERS.NAME, USERS.AGE)
                .list();

        assertEquals("Ann", rows.getFirst().value1());
        assertEquals(17, rows.getLast().value2());
        assertFalse(rows.getFirst().touched());
        assertNull(rows.getFirst().configuration(), "detached");
    }

    @Test
    void rowsAreMappedWithoutReflection() {
        var query = users.all().orderBy(USERS.NAME);

        assertEquals(
                List.of(new NameAndAge("Ann", 31), new NameAndAge("Bob", 17), new NameAndAge("Cid", 31)),
                query.select(USERS.NAME, USERS.AGE).list(Records.mapping(NameAndAge::new)));
        assertEquals(List.of("Ann", "Bob", "Cid"), query.list(UsersRecord::getName));
        assertEquals(Arrays.asList(null, null, null), query.list(UsersRecord::getEmail));
    }

    @Test
    void everyMethodThatReturnsRowsRunsAProjection() {
        var ages = users.where(USERS.AGE.ge(18)).select(USERS.AGE);

        assertEquals(1, ages.distinct().list().size());
        assertEquals(31, ages.distinct().one().value1());
        assertThrows(NotUnique.class, ages::one);
        assertEquals(
                Optional.empty(),
                users.where(USERS.AGE.gt(99)).select(USERS.AGE).first());
        assertThrows(
                NotFound.class,
                () -> users.where(USERS.AGE.gt(99)).select(USERS.AGE).one());
        int sum = ages.stream(rows -> rows.mapToInt(row -> row.value1()).sum());
        assertEquals(62, sum);
    }

    @Test
    void valuesAreConvertedAsInRecords() {
        var uuid = UUID.randomUUID();
        var placed = LocalDateTime.of(2024, 10, 27, 0, 30, 0, 123_456_000);
        var ann = users.where(USERS.NAME.eq("Ann")).one();
        users.update(
                ann.getId(),
                u -> u.setStatus(UsersStatus.CLOSED)
                        .setPreferences(JSON.json("{\"theme\": \"dark\"}"))
                        .setNewsletter(true));
        orders.insert(o -> o.setUserId(ann.getId())
                .setUuid(uuid)
                .setTotal(new BigDecimal("9.90"))
                .setPlacedAt(placed));

        var user = users.where(USERS.ID.eq(ann.getId()))
                .select(USERS.STATUS, USERS.PREFERENCES, USERS.NEWSLETTER, USERS.EMAIL)
                .one();
        assertEquals(UsersStatus.CLOSED, user.value1());
        assertEquals("{\"theme\": \"dark\"}", user.value2().data());
        assertEquals(true, user.value3());
        assertNull(user.value4());
        var order =
                orders.all().select(ORDERS.UUID, ORDERS.TOTAL, ORDERS.PLACED_AT).one();
        assertEquals(uuid, order.value1());
        assertEquals(new BigDecimal("9.90"), order.value2());
        assertEquals(placed, order.value3());
    }

    @Test
    void expressionsPathsAndCountsAreFieldsToo() {
        var ann = users.where(USERS.NAME.eq("Ann")).one();
        for (int i = 0; i < 2; i++) {
            orders.insert(o -> o.setUserId(ann.getId()));
        }

        var row = users.where(USERS.NAME.eq("Ann"))
                .select(USERS.AGE.plus(1), field(selectCount().from(USERS.orders())))
                .one();
        assertEquals(32, row.value1());
        assertEquals(2, row.value2());
        assertEquals(
                List.of("Ann"),
                orders.all().select(ORDERS.user().NAME).distinct().list(r -> r.value1()));
        assertEquals(31, users.all().select(max(USERS.AGE), count()).one().value1());
    }

    @Test
    void twoFieldsWithTheSameNameKeepTheirValues() {
        var ann = users.where(USERS.NAME.eq("Ann")).one();
        var bob = users.where(USERS.NAME.eq("Bob")).one();
        orders.insert(o -> o.setUserId(ann.getId()).setApproverId(bob.getId()));

        var names = orders.all()
                .select(ORDERS.user().NAME, ORDERS.approver().NAME, ORDERS.ID)
                .one();
        assertEquals("Ann", names.value1());
        assertEquals("Bob", names.value2());
    }

    @Test
    void manyFieldsAreARowWithoutStaticTypes() {
        var all = users.where(USERS.NAME.eq("Ann")).select(USERS.fields()).one();

        assertEquals("Ann", all.get(USERS.NAME));
        assertEquals(USERS.fields().length, all.size());
    }

    record Summary(String name, Integer age, UsersStatus status) {}

    @Test
    void fieldsBecomeARecordOfTheCaller() {
        var summaries = users.all()
                .orderBy(USERS.NAME)
                .select(USERS.NAME, USERS.AGE, USERS.STATUS)
                .into(Summary::new);

        var ann = new Summary("Ann", 31, UsersStatus.ACTIVE);
        var bob = new Summary("Bob", 17, UsersStatus.ACTIVE);
        var cid = new Summary("Cid", 31, UsersStatus.ACTIVE);
        assertEquals(List.of(ann, bob, cid), summaries.list());
        assertEquals(Optional.of(ann), summaries.first());
        assertEquals(List.of("Ann", "Bob", "Cid"), summaries.list(Summary::name));
        assertEquals(
                ann,
                summaries.<Summary, RuntimeException>stream(
                        rows -> rows.findFirst().orElseThrow()));
        assertThrows(NotUnique.class, summaries::one);
        assertEquals(
                List.of(17, 31),
                users.all()
                        .orderBy(USERS.AGE)
                        .select(USERS.AGE)
                        .into(age -> age)
                        .distinct()
                        .list());
    }

    @Test
    void aMapperRunsAfterTheRowsAreReadAndItsExceptionIsTheCallers() {
        var names = users.all().select(USERS.NAME).into(name -> {
            assertEquals(3, users.all().count());
            throw new UnsupportedOperationException(name);
        });

        assertThrows(UnsupportedOperationException.class, names::list);
        assertThrows(UnsupportedOperationException.class, () -> names.page(PageRequest.first(2)));
    }

    @Test
    void upToTwentyTwoFieldsHaveTheirTypes() {
        var all = users.where(USERS.NAME.eq("Ann"))
                .select(
                        USERS.ID,
                        USERS.NAME,
                        USERS.AGE,
                        USERS.EMAIL,
                        USERS.STATUS,
                        USERS.VERSION,
                        USERS.NEWSLETTER,
                        USERS.INVITER_ID,
                        USERS.CREATED_AT,
                        USERS.UPDATED_AT,
                        inline(11),
                        inline("12"),
                        inline(13),
                        inline("14"),
                        inline(15),
                        inline("16"),
                        inline(17),
                        inline("18"),
                        inline(19),
                        inline("20"),
                        inline(21),
                        inline("22"))
                .into((a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v) ->
                        b.length() + c + f + k + l.length() + u + v.length())
                .one();

        assertEquals(3 + 31 + 0 + 11 + 2 + 21 + 2, all);
    }

    @Test
    void theFirstAndTheOnlyRowAreMapped() {
        var ann = users.where(USERS.NAME.eq("Ann"));

        assertEquals(Optional.of(31), ann.first(UsersRecord::getAge));
        assertEquals(Optional.empty(), ann.first(UsersRecord::getEmail));
        assertEquals(31, ann.one(UsersRecord::getAge));
        assertNull(ann.one(UsersRecord::getEmail));
        assertEquals(Optional.empty(), users.where(USERS.AGE.gt(99)).first(UsersRecord::getAge));
        assertThrows(NotFound.class, () -> users.where(USERS.AGE.gt(99)).one(UsersRecord::getAge));
        assertEquals("Ann", ann.select(USERS.NAME).one(row -> row.value1()));
    }

    @Test
    void aFieldToSelectThatIsNullIsRefused() {
        assertEquals(
                "A field to select is null. Does the table have a column of that name?",
                assertThrows(IllegalArgumentException.class, () -> users.all().select(USERS.NAME, USERS.field("nope")))
                        .getMessage());
    }

    @Test
    void aProjectionHasPagesForwardsAndBackwards() {
        for (var order : List.<List<OrderField<?>>>of(
                List.of(),
                List.of(USERS.AGE.desc()),
                List.of(USERS.AGE, USERS.NAME.desc()),
                List.of(USERS.inviter().NAME.asc().nullsLast()))) {
            var query = users.all().orderBy(order);
            var names = query.select(USERS.NAME).into(name -> name);
            var whole = query.page(PageRequest.first(9)).items().stream()
                    .map(UsersRecord::getName)
                    .toList();

            var first = names.page(PageRequest.first(2));
            var last = names.page(first.next().orElseThrow());
            assertEquals(whole.subList(0, 2), first.items());
            assertEquals(whole.subList(2, 3), last.items());
            assertEquals(Optional.empty(), last.next());
            assertEquals(
                    first.items(), names.page(last.previous().orElseThrow()).items());
            // a request belongs to the order, not to what is selected
            assertEquals(
                    last.items().getFirst(),
                    query.page(first.next().orElseThrow()).items().getFirst().getName());
        }
    }

    @Test
    void distinctAndKeylessRowsHaveNoPagesByToken() {
        assertThrows(
                IllegalStateException.class,
                () -> users.all().select(USERS.AGE).distinct().page(PageRequest.first(2)));
        assertThrows(
                IllegalStateException.class,
                () -> users.all().limit(1).select(USERS.AGE).page(PageRequest.first(2)));
        assertEquals(
                "user_totals has no primary key, so its rows have no position in their order. Page it by an OffsetRequest.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SHOP.totals()
                                        .all()
                                        .select(USER_TOTALS.USER_ID)
                                        .page(PageRequest.first(2)))
                        .getMessage());
    }

    @Test
    void distinctRowsAreOrderedBySelectedColumnsOnly() {
        var byName = users.all().orderBy(USERS.NAME);

        assertEquals(3, byName.select(USERS.NAME, USERS.AGE).distinct().list().size());
        assertEquals(
                "Distinct rows cannot be ordered by users.name, which is not selected. Select it too, or order by a"
                        + " selected column.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> byName.select(USERS.AGE).distinct())
                        .getMessage());
    }

    @Test
    void unsupportedSelectionsAreRefused() {
        for (var selecting : List.<Runnable>of(
                () -> users.all().select(USERS.NAME, ORDERS.TOTAL).list(),
                () -> users.all().select(ORDERS.user().NAME).list(),
                () -> users.all().select(USERS.orders().TOTAL).list(),
                () -> users.all().select(USERS.NAME, USERS.NAME).list(),
                () -> users.all().select().list())) {
            assertThrows(IllegalArgumentException.class, selecting::run);
        }
    }
}
