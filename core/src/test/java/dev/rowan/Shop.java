package dev.rowan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import dev.rowan.db.ServerOptions;
import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserTotalsRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The shop's database, for tests: a real server, started once for the JVM; a schema of its own, freshly migrated, for
 * each test class; and after each test a check that no connection was kept.
 */
@NullUnmarked // JUnit fills in the fields
final class Shop implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(Shop.class);

    private String schema;
    private DatabaseOptions options;
    private Database database;

    @Override
    public void beforeAll(ExtensionContext context) {
        var server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "server", key -> DatabaseServer.start(ServerOptions.fromSystem()), DatabaseServer.class);
        schema = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT)
                + UUID.randomUUID().toString().substring(0, 8);
        options = DatabaseOptions.of(server.createDatabase(schema), server.user(), server.password());
        database = Database.open(options);
        Migrator.of(options.url(), options.user(), options.password(), "rowan/changelog/master.yaml")
                .update();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertEquals(0, database.connectionsInUse(), "connections that the test did not give back");
        database.dsl().deleteFrom(dev.rowan.shop.Tables.ORDERS).execute();
        database.dsl().execute("delete from user_roles");
        database.dsl().execute("delete from roles");
        database.dsl().execute("update users set inviter_id = null");
        database.dsl().execute("delete from users");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (database == null) return; // it never came so far
        database.dsl().dropDatabase(schema).execute();
        database.close();
    }

    Database database() {
        return database;
    }

    /** Returns the options that reach this class's schema. */
    DatabaseOptions options() {
        return options;
    }

    UsersRepository users() {
        return new UsersRepository(database);
    }

    OrdersRepository orders() {
        return new OrdersRepository(database);
    }

    OrderItemsRepository items() {
        return new OrderItemsRepository(database);
    }

    RolesRepository roles() {
        return new RolesRepository(database);
    }

    UserTotalsRepository totals() {
        return new UserTotalsRepository(database);
    }

    /** Inserts a user. */
    UsersRecord user(String name, Integer age) {
        return users().insert(u -> u.setName(name).setAge(age));
    }
}
