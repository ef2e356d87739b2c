package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.junit.TestDatabase;
import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserTotalsRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** The shop's database, for tests: empty at the start of each, and without a connection in use at its end. */
@NullUnmarked // JUnit fills in the fields
public final class ShopDatabase
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback {

    private final TestDatabase schema =
            TestDatabase.of("rowan/changelog/master.yaml").restoring();
    private DatabaseOptions options;
    private Database database;

    @Override
    public void beforeAll(ExtensionContext context) {
        schema.beforeAll(context);
        options = DatabaseOptions.of(schema.url(), schema.user(), schema.password());
        ValueLeakGuard.monitor(options.password(), context);
        database = Database.open(options);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return schema.getTestInstantiationExtensionContextScope(root);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws SQLException {
        schema.preConstructTestInstance(factory, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        schema.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        schema.afterEach(context);
        assertEquals(0, database.statistics().connectionsInUse(), "connections that the test did not give back");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (database != null) {
            // else it never came so far
            database.close();
        }
    }

    public Database database() {
        return database;
    }

    /** Returns the options that reach this class's schema. */
    public DatabaseOptions options() {
        return options;
    }

    public UsersRepository users() {
        return new UsersRepository(database);
    }

    public OrdersRepository orders() {
        return new OrdersRepository(database);
    }

    public OrderItemsRepository items() {
        return new OrderItemsRepository(database);
    }

    public RolesRepository roles() {
        return new RolesRepository(database);
    }

    public UserTotalsRepository totals() {
        return new UserTotalsRepository(database);
    }

    /** Inserts a user. */
    public UsersRecord user(String name, Integer age) {
        return users().insert(u -> u.setName(name).setAge(age));
    }
}
