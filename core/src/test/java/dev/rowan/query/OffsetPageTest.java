package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_TOTALS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.result.OffsetRequest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages by number and offset, with totals. */
class OffsetPageTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    /** Seven users of two ages. */
    @BeforeEach
    void sevenUsers() {
        for (int i = 1; i <= 7; i++) {
            SHOP.user("user " + i, i % 2);
        }
    }

    @Test
    void aPageIsFoundByItsNumberWithTheTotal() {
        var byName = users.where(USERS.AGE.ge(0)).orderBy(USERS.NAME);

        var second = byName.page(OffsetRequest.page(2, 3));
        assertEquals(List.of("user 4", "user 5", "user 6"), names(second.items()));
        assertEquals(7, second.total());
        assertEquals(2, second.number());
        assertEquals(3, second.pages());
        assertTrue(second.hasNext());
        var last = byName.page(OffsetRequest.page(3, 3));
        assertEquals(List.of("user 7"), names(last.items()));
        assertFalse(last.hasNext());
        var beyond = byName.page(OffsetRequest.page(4, 3));
        assertEquals(List.of(), beyond.items());
        assertEquals(7, beyond.total());
        assertEquals(
                List.of("user 6", "user 7"),
                names(byName.page(new OffsetRequest(5, 3)).items()));
    }

    @Test
    void rowsWithEqualValuesAreOnOnePageEach() {
        for (var query :
                List.of(users.all(), users.all().orderBy(USERS.AGE), users.all().orderBy(USERS.AGE.desc()))) {
            var ids = new ArrayList<Integer>();
            for (int number = 1; number <= 4; number++) {
                query.page(OffsetRequest.page(number, 2)).items().forEach(user -> ids.add(user.getId()));
            }
            assertEquals(7, ids.stream().distinct().count());
        }
    }

    @Test
    void projectionsViewsAndRelationsHavePagesByNumber() {
        var names = users.all().orderBy(USERS.NAME.desc()).select(USERS.NAME).into(name -> name + "!");
        assertEquals(
                List.of("user 5!", "user 4!"),
                names.page(OffsetRequest.page(2, 2)).items());

        var ann = users.all().first().orElseThrow();
        SHOP.orders().insert(o -> o.setUserId(ann.getId()));
        var totals = SHOP.totals().where(USER_TOTALS.USER_ID.eq(ann.getId()));
        assertEquals(1, totals.page(OffsetRequest.page(1, 2)).total());
        var page = users.all().with(UsersRepository.ORDERS).page(OffsetRequest.page(1, 2));
        assertEquals(1, page.items().getFirst().orders().size());
        var byPath = SHOP.orders().all().orderBy(ORDERS.user().NAME);
        assertEquals(1, byPath.page(OffsetRequest.page(1, 2)).items().size());
    }

    @Test
    void aPageInASessionIsOfTheSessionsRecords() {
        SHOP.database().transaction(session -> {
            var first = users.in(session).all().orderBy(USERS.ID).first().orElseThrow();
            var page = users.in(session).all().page(OffsetRequest.page(1, 1));
            assertSame(first, page.items().getFirst());
        });
    }

    @Test
    void aLimitAndDistinctRowsHaveNoPages() {
        assertThrows(IllegalStateException.class, () -> users.all().limit(5).page(OffsetRequest.page(1, 2)));
        assertThrows(
                IllegalStateException.class,
                () -> users.all().select(USERS.AGE).distinct().page(OffsetRequest.page(1, 2)));
    }

    @Test
    void anOffsetANumberAndASizeOutOfRangeAreRefused() {
        for (var request : List.<Runnable>of(
                () -> new OffsetRequest(-1, 3),
                () -> new OffsetRequest(0, 0),
                () -> OffsetRequest.page(0, 3),
                () -> OffsetRequest.page(1, 0),
                () -> OffsetRequest.page(1, 10_001),
                () -> OffsetRequest.page(Long.MAX_VALUE, 3))) {
            assertThrows(IllegalArgumentException.class, request::run);
        }
        assertEquals(new OffsetRequest(20, 10), OffsetRequest.page(3, 10));
    }

    private static List<String> names(List<UsersRecord> users) {
        return users.stream().map(UsersRecord::getName).toList();
    }
}
