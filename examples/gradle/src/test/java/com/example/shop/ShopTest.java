package com.example.shop;

import static com.example.shop.Keys.KEY_USERS_UK_USERS_EMAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.error.UniqueViolation;
import dev.rowan.junit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShopTest {

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").rollingBack();

    private final Shop shop = new Shop(Database.over(DB.dataSource()));

    @Test
    void ordersAreCounted() {
        shop.order(shop.signUp("Ann", "ann@example.org"), "a chair");
        shop.signUp("Bob", "bob@example.org");
        DB.assertStatements(2, () -> assertEquals(List.of("Ann: 1 orders", "Bob: 0 orders"), shop.report()));
    }

    @Test
    void anEmailIsTakenOnce() {
        shop.signUp("Ann", "ann@example.org");
        var taken = assertThrows(UniqueViolation.class, () -> shop.signUp("Eve", "ann@example.org"));
        assertEquals(KEY_USERS_UK_USERS_EMAIL, taken.key());
    }
}
