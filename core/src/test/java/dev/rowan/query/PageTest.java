package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.DECIMAL;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.REAL;
import static org.jooq.impl.SQLDataType.VARCHAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.TableQuery;
import dev.rowan.error.InvalidPageToken;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jooq.OrderField;
import org.jooq.SortField;
import org.jooq.TableField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final dev.rowan.shop.repositories.UsersRepository users = SHOP.users();

    /** 23 users, with many equal values and nulls. */
    @BeforeEach
    void manyUsers() {
        var random = new Random(7);
        SHOP.database().transaction(session -> {
            var inviters = new ArrayList<Integer>();
            for (int i = 0; i < 23; i++) {
                var n = i;
                var inserted = users.in(session)
                        .insert(u -> u.setName(random.nextInt(4) == 0 ? null : "name " + random.nextInt(3))
                                .setStatus(
                                        random.nextBoolean()
                                                ? UsersStatus.ACTIVE
                                                : n % 2 == 0 ? UsersStatus.CLOSED : UsersStatus.SUSPENDED)
                                .setInviterId(n % 3 == 0 ? null : inviters.get(n % inviters.size()))
                                .setNewsletter(random.nextBoolean())
                                .setEmail(n % 3 == 0 ? null : n + "@example" + n % 2 + ".org")
                                .setAge(random.nextInt(4) == 0 ? null : random.nextInt(3))
                                .setCreatedAt(LocalDateTime.of(2024, 1, 1 + n / 5, 0, 0, 0, 1000 * (n % 2))));
                inviters.add(inserted.getId());
            }
        });
    }

    static Stream<List<OrderField<?>>> orders() {
        return Stream.of(
                List.of(),
                List.of(USERS.ID.desc()),
                List.of(USERS.NAME),
                List.of(USERS.NAME.desc()),
                List.of(USERS.CREATED_AT.desc(), USERS.ID),
                List.of(USERS.AGE, USERS.NAME.desc()),
                List.of(USERS.STATUS),
                List.of(USERS.STATUS.desc(), USERS.NAME),
                List.of(USERS.NEWSLETTER.desc(), USERS.EMAIL_DOMAIN.desc()),
                List.of(USERS.AGE.desc(), USERS.NAME, USERS.CREATED_AT.desc()),
                List.of(USERS.AGE.asc().nullsLast(), USERS.NAME.desc().nullsFirst()),
                List.of(USERS.AGE.asc().nullsFirst(), USERS.CREATED_AT.asc().nullsLast()),
                List.of(USERS.AGE.plus(1).cast(INTEGER).desc(), USERS.NAME),
                List.of(USERS.AGE.div(3).cast(INTEGER), USERS.AGE.neg().div(2).cast(DECIMAL(10, 2))),
                List.of(
                        coalesce(USERS.AGE, 7).cast(BIGINT),
                        lower(USERS.NAME).cast(VARCHAR(50)).desc()),
                List.of(USERS.NAME.concat("!").cast(VARCHAR(60)), USERS.AGE),
                List.of(USERS.inviter().NAME.asc().nullsLast(), USERS.AGE.desc()),
                List.of(USERS.inviter().STATUS.desc(), USERS.inviter().CREATED_AT),
                List.of(USERS.inviter().inviter().ID, USERS.EMAIL.asc().nullsLast()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void pagesInAnyOrderAndSizeAreTheWholeListForwardsAndBackwards(List<OrderField<?>> order) {
        var query = users.all().orderBy(order.toArray(OrderField<?>[]::new));
        for (var size : List.of(1, 2, 5, 22, 23, 24)) {
            List<Page<UsersRecord>> pages = new ArrayList<>();
            Optional<PageRequest> request = Optional.of(PageRequest.first(size));
            while (request.isPresent()) {
                pages.add(query.page(request.get()));
                request = pages.getLast().next();
            }
            var ids = pages.stream()
                    .flatMap(page -> page.items().stream())
                    .map(UsersRecord::getId)
                    .toList();
            assertEquals(23, ids.size());
            assertEquals(idsInOrder(order), ids, "forwards by " + size);
            assertTrue(pages.getFirst().previous().isEmpty());

            List<Integer> back = new ArrayList<>();
            for (var page = pages.getLast(); ; page = query.page(page.previous().get())) {
                page.items().reversed().forEach(row -> back.add(row.getId()));
                if (page.previous().isEmpty()) {
                    break;
                }
            }
            assertEquals(ids.reversed(), back, "backwards by " + size);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aPageBeginsAfterOrBeforeGivenValues(List<OrderField<?>> order) {
        var query = users.all().orderBy(order);
        var rows = query.page(PageRequest.first(23)).items();
        var middle = rows.get(11);
        if (order.stream().anyMatch(field -> !isColumn(field))) {
            assertThrows(IllegalArgumentException.class, () -> query.after(middle, 3));
            return;
        }
        assertEquals(rows.subList(12, 15), query.page(query.after(middle, 3)).items());
        assertEquals(rows.subList(8, 11), query.page(query.before(middle, 3)).items());
        users.delete(middle.getId());
        var after = query.page(query.after(middle, 3));
        assertEquals(rows.subList(12, 15), after.items());
        assertEquals(
                rows.subList(8, 11), query.page(after.previous().orElseThrow()).items());
        assertEquals(
                rows.get(12).getName(),
                query.select(USERS.NAME)
                        .page(query.after(middle, 1))
                        .items()
                        .getFirst()
                        .value1());
    }

    @Test
    void aPositionNeedsTheColumnsOfTheOrderAndOfTheKey() {
        var byName = users.all().orderBy(USERS.NAME);

        assertEquals(
                "The record has no position in the order: it does not hold users.id. Set it.",
                assertThrows(IllegalArgumentException.class, () -> byName.after(new UsersRecord().setName("name 1"), 3))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> byName.after(new UsersRecord().setId(1), 3));
        assertEquals(
                byName.page(PageRequest.first(3)).items(),
                byName.page(byName.after(new UsersRecord().setName(null).setId(0), 3))
                        .items());
    }

    private static boolean isColumn(OrderField<?> order) {
        var field = order instanceof SortField<?> sort ? sort.$field() : order;
        return field instanceof TableField<?, ?> column && USERS.equals(column.getTable());
    }

    @Test
    void insertsAndDeletesBetweenPagesMoveNoOtherRow() {
        users.all().update(u -> u.setInviterId(null));
        var query = users.all().orderBy(USERS.NAME);
        var ids = idsInOrder(List.of(USERS.NAME));
        var first = query.page(PageRequest.first(10));

        users.delete(ids.get(3));
        users.delete(ids.get(9));
        SHOP.user("a", 1);
        var second = query.page(first.next().orElseThrow());
        var expected = ids.subList(10, 20);
        var read = second.items().stream()
                .map(UsersRecord::getId)
                .filter(ids::contains)
                .toList();
        assertEquals(expected.subList(0, read.size()), read);
        assertTrue(read.size() >= 9);
    }

    @Test
    void aTokenOutlivesTheProcessThatMadeIt() {
        var token = tokenOfSecondPage(users.all().orderBy(USERS.AGE));

        try (var another = Database.open(SHOP.options())) {
            var page = new dev.rowan.shop.repositories.UsersRepository(another)
                    .all()
                    .orderBy(USERS.AGE)
                    .page(PageRequest.at(token, 3));
            assertEquals(3, page.items().size());
        }
        assertTrue(token.matches("[A-Za-z0-9_-]+"), "safe in a URL");
    }

    @Test
    void aDamagedTokenIsInvalidAndNeverAnotherPage() {
        var query = users.all().orderBy(USERS.AGE);
        var token = tokenOfSecondPage(query);

        for (int length = 0; length < token.length(); length++) {
            assertInvalid(query, token.substring(0, length));
        }
        var bytes = Base64.getUrlDecoder().decode(token);
        for (int i = 0; i < bytes.length; i++) {
            var damaged = bytes.clone();
            damaged[i] ^= 1;
            assertInvalid(query, Base64.getUrlEncoder().withoutPadding().encodeToString(damaged));
        }
        assertInvalid(query, "no token at all");
        assertInvalid(query, token + "A");
    }

    @Test
    void aTokenIsBoundToItsOrder() {
        var token = tokenOfSecondPage(users.all().orderBy(USERS.AGE));

        assertInvalid(users.all().orderBy(USERS.AGE.desc()), token);
        assertInvalid(users.all().orderBy(USERS.NAME), token);
        assertThrows(InvalidPageToken.class, () -> SHOP.orders().all().page(PageRequest.at(token, 3)));
    }

    @Test
    void anOrderThatATokenCannotCarryIsRefused() {
        for (var sort : List.of(
                USERS.PREFERENCES.asc(),
                ORDERS.TOTAL.asc(),
                coalesce(USERS.STATUS, USERS.STATUS).asc(),
                USERS.AGE.div(3).asc(),
                USERS.AGE.mul(1.1).cast(REAL).asc(),
                inline(2).asc(),
                USERS.NAME.concat("!").asc())) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> users.all().orderBy(sort).page(PageRequest.first(3)));
        }
        assertThrows(IllegalArgumentException.class, () -> PageRequest.first(0));
        assertThrows(IllegalStateException.class, () -> users.all().limit(5).page(PageRequest.first(3)));
        assertThrows(IllegalStateException.class, () -> users.all().limit(5).scan(3));
    }

    @Test
    void aTokenIsBoundToItsExpressionAndShowsNothingOfIt() {
        var token = tokenOfSecondPage(users.all().orderBy(USERS.AGE.plus(4711).cast(INTEGER)));

        assertInvalid(users.all().orderBy(USERS.AGE.plus(4712).cast(INTEGER)), token);
        assertInvalid(users.all().orderBy(USERS.AGE), token);
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> users.all().orderBy(USERS.NAME.concat("secret")).page(PageRequest.first(3)));
        assertFalse(String.valueOf(refused.getMessage()).contains("secret"), refused.getMessage());
        assertInvalid(
                users.all().orderBy(USERS.AGE.asc().nullsLast()),
                tokenOfSecondPage(users.all().orderBy(USERS.AGE)));
    }

    @Test
    void pagesCannotBeOrderedByATextWithoutALength() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> SHOP.orders().all().orderBy(ORDERS.NOTE).page(PageRequest.first(2)));
        assertEquals(
                "Rows cannot be paged by note: the server sorts a type without a maximum length, such as TEXT or BLOB,"
                        + " by its beginning only. Order by another column, or cast to a type with a length, as"
                        + " VARCHAR(100).",
                refused.getMessage());
    }

    @Test
    void aTokenThatIsLongerThanTheColumnsAllowIsNotRead() {
        var query = users.all().orderBy(USERS.AGE);
        var error = assertThrows(InvalidPageToken.class, () -> query.page(PageRequest.at("A".repeat(1_300_000), 3)));
        assertTrue(String.valueOf(error.getMessage()).contains("too long"), error.getMessage());
    }

    @Test
    void aTokenOfTheLongestValueIsRead() {
        var longest = "\ud83e\udd8a".repeat(50);
        users.insert(u -> u.setName("\ud83e\udd8a".repeat(49)));
        users.insert(u -> u.setName(longest));
        var query = users.all().orderBy(USERS.NAME.desc());

        var second = query.page(PageRequest.first(1)).next().orElseThrow();
        assertEquals(1, query.page(second).items().size());
    }

    @Test
    void requestsAndPagesShowNoTokenBecauseItContainsValues() {
        var page = users.all().orderBy(USERS.NAME).page(PageRequest.first(3));
        var next = page.next().orElseThrow();
        var token = next.token().orElseThrow();

        assertEquals("PageRequest[token=…, size=3]", next.toString());
        assertFalse(page.toString().contains(token), token);
    }

    @Test
    void anEmptyPageHasNoNeighbours() {
        var page = users.where(USERS.AGE.gt(99)).page(PageRequest.first(3));
        assertEquals(new Page<>(Collections.emptyList(), Optional.empty(), Optional.empty()), page);
    }

    private static String tokenOfSecondPage(TableQuery<UsersRecord> query) {
        return query.page(PageRequest.first(3)).next().orElseThrow().token().orElseThrow();
    }

    private static void assertInvalid(TableQuery<UsersRecord> query, String token) {
        assertThrows(InvalidPageToken.class, () -> query.page(PageRequest.at(token, 3)), token);
    }

    /** Returns the whole list, sorted by the server, then by id, as pages are. */
    private List<Integer> idsInOrder(List<OrderField<?>> order) {
        var sorts = new ArrayList<OrderField<?>>(order);
        sorts.add(USERS.ID);
        return SHOP.database().dsl().select(USERS.ID).from(USERS).orderBy(sorts).fetch(USERS.ID);
    }
}
