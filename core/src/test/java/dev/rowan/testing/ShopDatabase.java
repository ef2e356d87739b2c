package dev.rowan.testing;

import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserTotalsRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import org.jspecify.annotations.Nullable;

/** The shop's database, whose tables are empty when a test begins, and its repositories. */
public final class ShopDatabase extends SchemaDatabase {

    /** Describes the database; JUnit creates the schema and opens it before the tests of a class. */
    public ShopDatabase() {
        super("rowan/changelog/master.yaml");
    }

    public UsersRepository users() {
        return new UsersRepository(database());
    }

    public OrdersRepository orders() {
        return new OrdersRepository(database());
    }

    public OrderItemsRepository items() {
        return new OrderItemsRepository(database());
    }

    public RolesRepository roles() {
        return new RolesRepository(database());
    }

    public UserTotalsRepository totals() {
        return new UserTotalsRepository(database());
    }

    /** Inserts a user. */
    public UsersRecord user(String name, @Nullable Integer age) {
        return users().insert(u -> u.setName(name).setAge(age));
    }
}
