package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.DatabaseOptions;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.junit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The service's database, for tests: without users at the start of each, so that the first has the id 1. */
final class ServiceDatabase implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    private final TestDatabase schema = TestDatabase.of(ServiceSchema.CHANGELOG).restoring();

    @Override
    public void beforeAll(ExtensionContext context) {
        schema.beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        schema.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        schema.afterEach(context);
    }

    DatabaseOptions options() {
        return DatabaseOptions.of(schema.url(), schema.user(), schema.password());
    }

    Database open() {
        return Database.open(options());
    }

    /** Inserts Ann, Bob and Cleo, whose ids are 1, 2 and 3. */
    static List<UsersRecord> people(UsersRepository users) {
        return List.of(
                users.insert(u -> u.setName("Ann").setAge(31).setEmail("ann@example.org")),
                users.insert(u -> u.setName("Bob").setAge(17)),
                users.insert(u -> u.setName("Cleo").setAge(45)));
    }
}
