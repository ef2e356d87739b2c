package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;

import dev.rowan.Database;
import dev.rowan.DatabaseOptions;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A database for tests, on a real server that is started once for the JVM: migrated for each test class, and without
 * users at the start of each test: the first has the id 1.
 */
@NullUnmarked // JUnit fills in the fields
final class ServiceDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(ServiceDatabase.class);

    private final String name = "app_" + UUID.randomUUID().toString().substring(0, 8);
    private DatabaseServer server;
    private DatabaseOptions options;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "server", key -> DatabaseServer.start(ServerOptions.fromSystem()), DatabaseServer.class);
        options = DatabaseOptions.of(server.createDatabase(name), server.user(), server.password());
        new ServiceSchema(options).migrator().update();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        try (var database = open()) {
            database.dsl().deleteFrom(USERS).execute();
            database.dsl().execute("alter table users auto_increment = 1");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        DSL.using(server.dataSource(), SQLDialect.MYSQL)
                .dropDatabaseIfExists(name)
                .execute();
    }

    DatabaseServer server() {
        return server;
    }

    DatabaseOptions options() {
        return options;
    }

    Database open() {
        return Database.open(options);
    }
}
