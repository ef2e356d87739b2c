package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.upper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.rowan.Database;
import dev.rowan.Internals;
import dev.rowan.ReadQuery;
import dev.rowan.error.NotFound;
import dev.rowan.error.NotUnique;
import dev.rowan.error.OtherFailure;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.RowReader;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @BeforeEach
    void fourUsers() {
        SHOP.user("Ann", 31);
        SHOP.user("Bob", 17);
        SHOP.user("Cid", 45);
        SHOP.user("Dan", null);
    }

    @Test
    void ordersAddUpAndTheFirstDecides() {
        SHOP.user("Abe", 31);
        var byAge = users.where(USERS.AGE.isNotNull()).orderBy(USERS.AGE);

        assertEquals(List.of("Bob", "Ann", "Abe", "Cid"), names(byAge.orderBy(USERS.NAME.desc())));
        assertEquals(List.of("Bob", "Abe", "Ann", "Cid"), names(byAge.orderBy(USERS.NAME)));
        assertEquals(
                List.of("Abe", "Ann", "Bob", "Cid"),
                users
                        .where(USERS.AGE.isNotNull())
                        .orderBy(USERS.NAME)
                        .orderBy(USERS.AGE.desc())
                        .page(PageRequest.first(9))
                        .items()
                        .stream()
                        .map(UsersRecord::getName)
                        .toList());
    }

    @Test
    void theLowestOfSeveralLimitsCounts() {
        var byName = users.all().orderBy(USERS.NAME);

        assertEquals(List.of("Ann"), names(byName.limit(1).limit(3)));
        assertEquals(List.of("Ann"), names(byName.limit(3).limit(1)));
        assertEquals(List.of(), names(byName.limit(0).limit(1)));
        assertEquals(1, byName.limit(3).limit(1).count());
    }

    @Test
    void aFieldOfTheOrderThatIsNullIsRefused() {
        assertEquals(
                "A field of the order is null. Does the table have a column of that name? For names from outside, use"
                        + " AllowedOrder.",
                assertThrows(IllegalArgumentException.class, () -> users.all().orderBy(USERS.NAME, USERS.field("nope")))
                        .getMessage());
    }

    static Stream<Condition> conditionsThatAnnAloneMeets() {
        return Stream.of(
                USERS.NAME.eq("Ann"),
                USERS.AGE.gt(17).and(USERS.AGE.lt(45)),
                USERS.AGE.ge(31).and(USERS.AGE.le(31)),
                not(USERS.NAME.ne("Ann")),
                USERS.NAME.in("Ann", "Eve"),
                USERS.NAME.in("Ann"),
                USERS.AGE.between(18, 40),
                USERS.NAME.like("A%"),
                USERS.NAME.startsWith("A"),
                upper(USERS.NAME).eq("ANN"),
                USERS.AGE.plus(1).eq(32),
                USERS.NAME.eq("Ann").or(USERS.AGE.eq(99)).and(USERS.STATUS.eq(UsersStatus.ACTIVE)),
                USERS.AGE.isNotNull().and(USERS.NAME.notIn("Bob", "Cid")),
                USERS.ID.in(org.jooq.impl.DSL.select(USERS.ID).from(USERS).where(USERS.AGE.eq(31))));
    }

    @ParameterizedTest
    @MethodSource("conditionsThatAnnAloneMeets")
    void everyConditionOfJooqSelects(Condition condition) {
        assertEquals(List.of("Ann"), names(users.where(condition)));
        assertEquals(1, users.where(condition).count());
        assertEquals(List.of("Ann"), names(users.where(condition)), "again, with the cached SQL");
    }

    @Test
    void allVariantsOfBetweenAreDistinguished() {
        SHOP.users().all().delete();
        for (int age = 1; age <= 5; age++) {
            SHOP.user("Ann", age);
        }

        assertEquals(3, SHOP.users().where(USERS.AGE.between(2, 4)).count());
        assertEquals(2, SHOP.users().where(USERS.AGE.notBetween(2, 4)).count());
        assertEquals(0, SHOP.users().where(USERS.AGE.between(4, 2)).count());
        assertEquals(3, SHOP.users().where(USERS.AGE.betweenSymmetric(4, 2)).count());
        assertEquals(2, SHOP.users().where(USERS.AGE.notBetweenSymmetric(4, 2)).count());
    }

    @Test
    void anEmptyInListMatchesNothing() {
        assertEquals(List.of(), names(users.where(USERS.NAME.in(List.of()))));
    }

    @Test
    void comparisonWithNullMatchesNothing() {
        assertEquals(0, users.where(USERS.AGE.eq((Integer) null)).count());
        assertEquals(List.of("Dan"), names(users.where(USERS.AGE.isNull())));
    }

    @Test
    void orderAndLimitShapeTheList() {
        assertEquals(
                List.of("Cid", "Bob"),
                names(users.all().orderBy(USERS.AGE.isNull(), USERS.NAME.desc()).limit(3))
                        .subList(0, 2));
        assertEquals(
                List.of("Cid", "Ann"),
                names(users.all().orderBy(USERS.AGE.desc()).limit(2)));
        assertEquals("Dan", users.all().orderBy(USERS.AGE).first().orElseThrow().getName());
        assertEquals(
                List.of("Bob", "Ann", "Cid", "Dan"),
                names(users.all().orderBy(USERS.AGE.asc().nullsLast())));
    }

    @Test
    void aQueryIsImmutable() {
        var adults = users.where(USERS.AGE.ge(18));
        var oldest = adults.orderBy(USERS.AGE.desc()).limit(1);

        assertEquals(List.of("Cid"), names(oldest));
        assertEquals(List.of("Ann", "Cid"), names(adults.orderBy(USERS.NAME)));
        assertEquals(List.of("Ann"), names(adults.and(USERS.AGE.lt(40))));
    }

    @Test
    void oneIsTheOnlyRow() {
        assertEquals("Bob", users.where(USERS.AGE.lt(18)).one().getName());
        assertThrows(NotFound.class, () -> users.where(USERS.AGE.gt(99)).one());
        assertThrows(NotUnique.class, () -> users.where(USERS.AGE.ge(18)).one());
        assertTrue(users.where(USERS.AGE.gt(99)).first().isEmpty());
    }

    @Test
    void countAndExistsAnswerWithoutTheRows() {
        assertEquals(4, users.all().count());
        assertEquals(3, users.all().limit(3).count());
        assertTrue(users.where(USERS.AGE.lt(18)).exists());
        assertFalse(users.where(USERS.AGE.gt(99)).orderBy(USERS.NAME).exists());
    }

    @Test
    void updateByConditionChangesOnlyItsRows() {
        assertEquals(2, users.where(USERS.AGE.ge(18)).update(u -> u.setStatus(UsersStatus.CLOSED)));
        assertEquals(
                List.of("Ann", "Cid"),
                names(users.where(USERS.STATUS.eq(UsersStatus.CLOSED)).orderBy(USERS.ID)));
        assertEquals(1, users.where(USERS.AGE.lt(18)).update(u -> u.set(USERS.AGE, USERS.AGE.plus(1))));
        assertEquals(18, users.where(USERS.NAME.eq("Bob")).one().getAge());
        assertEquals(1, users.where(USERS.NAME.eq("Bob")).update(u -> {}), "nothing to write");
    }

    @Test
    void deleteByConditionDeletesOnlyItsRows() {
        assertEquals(1, users.where(USERS.AGE.lt(18)).delete());
        assertEquals(3, users.all().count());
        assertEquals(3, users.all().delete());
        assertEquals(0, users.all().count());
    }

    @Test
    void aWriteWithoutAConditionIsRefusedUnlessOpenedByAll() {
        for (var accident :
                List.of(noCondition(), trueCondition(), noCondition().and(noCondition()))) {
            var error = assertThrows(
                    IllegalStateException.class, () -> users.where(accident).delete());
            assertEquals(
                    "This delete has no condition, or one that is always true, and would reach every row of users."
                            + " Add one with where(…), or open the query with all().",
                    error.getMessage());
            assertThrows(
                    IllegalStateException.class, () -> users.where(accident).update(u -> u.setAge(1)));
        }
        assertEquals(4, users.all().update(u -> u.setNewsletter(true)));
    }

    @Test
    void aLimitOfZeroAnswersNothing() {
        var none = users.all().limit(0);

        assertEquals(List.of(), none.list());
        assertEquals(0, none.count());
        assertFalse(none.exists());
        assertTrue(none.first().isEmpty());
        assertThrows(NotFound.class, none::one);
        assertEquals(List.of(), none.select(USERS.NAME).list());
        none.forEach(user -> fail("a row"));
        assertThrows(IllegalStateException.class, none::delete);
        assertThrows(IllegalArgumentException.class, () -> users.all().limit(-1));
    }

    @Test
    void anAggregateBesideAColumnSaysHowToGroup() {
        var error = assertThrows(
                OtherFailure.class,
                () -> users.all().select(USERS.NAME, DSL.count()).list());

        assertEquals(
                "read users: it selects a column beside an aggregate function, such as count(), without GROUP BY. Group"
                        + " the rows: dsl().select(column, count()).from(table).groupBy(column).",
                error.getMessage());
    }

    @Test
    void aWarningAboutASlowStatementIsShort() {
        try (var database = Database.open(SHOP.options().withSlowStatement(Duration.ofNanos(1)))) {
            var ids = IntStream.range(0, 5_000).boxed().toList();
            var log = LogOutput.warningsOf(
                    () -> new UsersRepository(database).where(USERS.ID.in(ids)).list());
            var warning = log.lines().filter(line -> line.contains("Slow: ")).toList();
            assertEquals(1, warning.size());
            assertTrue(warning.getFirst().length() < 2_300, warning.getFirst().length() + " characters");
        }
    }

    @Test
    void aWriteWithALimitOrAnOrderIsRefused() {
        assertThrows(IllegalStateException.class, () -> users.all().limit(1).delete());
        assertThrows(
                IllegalStateException.class, () -> users.all().orderBy(USERS.ID).update(u -> u.setAge(1)));
        assertEquals(4, users.all().count());
    }

    @Test
    void aColumnOfAnotherTableIsRefusedByNameBeforeAConnectionIsTaken() {
        var closed = Database.open(SHOP.options());
        var unreachable = new UsersRepository(closed);
        closed.close();

        for (Runnable query : List.<Runnable>of(
                () -> unreachable.where(ORDERS.TOTAL.gt(BigDecimal.TEN)).list(),
                () -> unreachable
                        .where(USERS.AGE.gt(1).and(ORDERS.TOTAL.gt(BigDecimal.TEN)))
                        .count(),
                () -> unreachable.where(ORDERS.TOTAL.gt(BigDecimal.TEN)).delete(),
                () -> unreachable.all().orderBy(ORDERS.TOTAL.desc()).list())) {
            var error = assertThrows(IllegalArgumentException.class, query::run);
            assertEquals(
                    "A query of users has no column orders.total."
                            + " Use a column of users, a path along a foreign key, or a subquery.",
                    error.getMessage());
        }
    }

    @Test
    void pathsAndSubqueriesReachOtherTables() {
        var ann = users.where(USERS.NAME.eq("Ann")).one();
        SHOP.orders().insert(o -> o.setUserId(ann.getId()).setTotal(BigDecimal.TEN));

        assertEquals(1, SHOP.orders().where(ORDERS.user().NAME.eq("Ann")).count());
        assertEquals(0, SHOP.orders().where(ORDERS.user().NAME.eq("Bob")).list().size());
        var orders = selectOne().from(ORDERS).where(ORDERS.USER_ID.eq(USERS.ID));
        assertEquals(List.of("Ann"), names(users.where(exists(orders))));
    }

    @Test
    void theTextOfAShapeIsRenderedOnce() {
        var mapping = Internals.executor(SHOP.database()).mappings().of(USERS, UsersRecord::new);
        var young = Selection.all(mapping)
                .and(USERS.AGE.lt(18).and(USERS.NAME.eq("Bob")))
                .rows(RowReader.of(mapping));
        var old = Selection.all(mapping)
                .and(USERS.AGE.lt(99).and(USERS.NAME.eq("Ann")))
                .rows(RowReader.of(mapping));

        assertSame(young.text(), old.text());
    }

    @Test
    void theTextDependsOnEverythingButTheValues() {
        var mapping = Internals.executor(SHOP.database()).mappings().of(USERS, UsersRecord::new);
        var texts = Stream.of(
                        USERS.AGE.lt(1),
                        USERS.AGE.le(1),
                        USERS.ID.lt(1),
                        not(USERS.AGE.lt(1)),
                        USERS.AGE.lt(USERS.ID),
                        USERS.AGE.in(1, 2),
                        USERS.AGE.in(1, 2, 3),
                        USERS.AGE.lt(1).and(USERS.ID.lt(1)),
                        USERS.AGE.lt(1).or(USERS.ID.lt(1)))
                .map(condition -> Selection.all(mapping).and(condition))
                .flatMap(rows -> Stream.of(
                        rows.rows(RowReader.of(mapping)),
                        rows.limitedTo(3).rows(RowReader.of(mapping)),
                        rows.count(),
                        rows.exists(),
                        rows.delete(),
                        rows.orderedBy(List.of(USERS.ID.asc())).rows(RowReader.of(mapping)),
                        rows.orderedBy(List.of(USERS.ID.desc())).rows(RowReader.of(mapping))))
                .map(SqlCommand::text)
                .toList();

        assertEquals(texts.size(), texts.stream().distinct().count());
    }

    private static List<String> names(ReadQuery<UsersRecord> query) {
        return query.list().stream().map(UsersRecord::getName).toList();
    }
}
