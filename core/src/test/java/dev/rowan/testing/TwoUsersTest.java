package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import org.junit.jupiter.api.BeforeEach;

/** A test on the shop's database with two stored users: Ann, who is 31, and Bob, who is 32. */
public abstract class TwoUsersTest extends StatementCountTest {

    protected final Database database;
    protected final UsersRepository users;
    protected final OrdersRepository orders;
    protected UsersRecord ann;
    protected UsersRecord bob;

    private final ShopDatabase shop;

    /** @param shop the extension that the test class registers */
    protected TwoUsersTest(ShopDatabase shop) {
        this.shop = shop;
        database = shop.database();
        users = shop.users();
        orders = shop.orders();
    }

    @BeforeEach
    final void insertAnnAndBob() {
        ann = shop.user("Ann", 31);
        bob = shop.user("Bob", 32);
    }

    @Override
    public final Database database() {
        return database;
    }
}
