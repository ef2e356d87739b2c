package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.junit.TestDatabase;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The database of the service for tests. Each test starts without users, so that its first user has the id 1. */
final class ServiceDatabase implements BeforeAllCallback, BeforeEachCallback {

    private final TestDatabase schema = TestDatabase.of(ServiceSchema.CHANGELOG).restoring();

    @Override
    public void beforeAll(ExtensionContext context) {
        schema.beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        schema.beforeEach(context);
    }

    DatabaseOptions options() {
        return DatabaseOptions.of(schema.url(), schema.user(), schema.password());
    }

    Database open() {
        return Database.open(options());
    }
}
