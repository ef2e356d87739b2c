package dev.rowan.query;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.AllowedOrder;
import dev.rowan.result.OffsetRequest;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import org.jooq.OrderField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders that are given as a list, or by names from outside. */
class AllowedOrderTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final AllowedOrder ORDER =
            AllowedOrder.of(USERS.NAME, USERS.AGE).and("inviter", USERS.inviter().NAME);

    private final UsersRepository users = SHOP.users();

    @Test
    void anOrderIsMadeOfAllowedNames() {
        var ann = SHOP.user("Ann", 31);
        users.insert(u -> u.setName("Bob").setAge(17).setInviterId(ann.getId()));
        SHOP.user("Cid", 31);

        assertNames(List.of("Ann", "Bob", "Cid"), "name");
        assertNames(List.of("Cid", "Bob", "Ann"), "name desc");
        assertNames(List.of("Cid", "Ann", "Bob"), "age desc, name DESC");
        assertNames(List.of("Bob", "Ann", "Cid"), " age  asc ,name");
        assertNames(List.of("Bob", "Cid", "Ann"), "inviter desc,name desc");
        assertEquals(List.of(), ORDER.parse(" "));
        assertEquals(3, users.all().orderBy(ORDER.parse("")).list().size());
    }

    @Test
    void aNameThatIsNotAllowedIsRefusedWithTheAllowedOnes() {
        for (var text : List.of(
                "email",
                "name, email",
                "NAME",
                "name,",
                ",",
                "name up",
                "name desc desc",
                "users.name",
                "name;",
                "1")) {
            assertEquals(
                    "The order is not allowed. Write names, separated by commas, each maybe followed by asc or desc. The"
                            + " allowed names: name, age, inviter.",
                    assertThrows(IllegalArgumentException.class, () -> ORDER.parse(text), text)
                            .getMessage());
        }
    }

    @Test
    void anOrderThatTwoNamesOrNoneWouldMeanIsRefused() {
        for (var order : List.<Runnable>of(
                () -> AllowedOrder.of(USERS.NAME, USERS.NAME),
                () -> ORDER.and("age", USERS.ID).parse(""),
                () -> ORDER.and("", USERS.ID).parse(""),
                () -> ORDER.and("a b", USERS.ID).parse(""),
                () -> ORDER.and("a,b", USERS.ID).parse(""))) {
            assertThrows(IllegalArgumentException.class, order::run);
        }
    }

    @Test
    void anOrderIsAList() {
        SHOP.user("Ann", 31);
        SHOP.user("Bob", 31);
        var order = List.<OrderField<?>>of(USERS.AGE, USERS.NAME.desc());

        assertEquals(List.of("Bob", "Ann"), users.all().orderBy(order).list(UsersRecord::getName));
        assertEquals(2, users.all().orderBy(List.of()).list().size());
        assertEquals(
                1, users.all().orderBy(order).page(PageRequest.first(1)).items().size());
        assertEquals(
                2, users.all().orderBy(order).page(OffsetRequest.page(1, 1)).total());
    }

    private void assertNames(List<String> names, String order) {
        assertEquals(names, users.all().orderBy(ORDER.parse(order)).list(UsersRecord::getName), order);
    }
}
