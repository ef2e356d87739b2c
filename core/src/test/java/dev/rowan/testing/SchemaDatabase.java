package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.junit.TestDatabase;
import dev.rowan.result.LoadResult.Form;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * A JUnit extension that opens a {@link Database} on a schema of its own for each test class. Before each test it
 * restores the rows of the changelog; after each test it checks that every connection is back in the pool.
 */
@NullUnmarked // JUnit fills in the fields
public class SchemaDatabase
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback {

    private final TestDatabase schema;
    private DatabaseOptions options;
    private Database database;

    /** @param changelog the class-path name of the changelog that creates the schema */
    public SchemaDatabase(String changelog) {
        schema = TestDatabase.of(changelog).restoring();
    }

    @Override
    public final void beforeAll(ExtensionContext context) {
        schema.beforeAll(context);
        options = DatabaseOptions.of(schema.url(), schema.user(), schema.password());
        ValueLeakGuard.addPassword(options.password(), context);
        database = Database.open(options);
    }

    @Override
    public final ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return schema.getTestInstantiationExtensionContextScope(root);
    }

    @Override
    public final void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws SQLException {
        schema.preConstructTestInstance(factory, context);
    }

    @Override
    public final void beforeEach(ExtensionContext context) throws SQLException {
        schema.beforeEach(context);
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        assertEquals(0, database.statistics().connectionsInUse(), "connections that the test did not return");
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        // beforeAll may have failed before it opened the database
        if (database != null) {
            database.close();
        }
    }

    /** Returns the test class's database. */
    public final Database database() {
        return database;
    }

    /** Returns the options that connect to the test class's schema. */
    public final DatabaseOptions options() {
        return options;
    }

    /** Returns the form of a bulk load of many rows, which the server's {@code local_infile} decides. */
    public final Form loadForm() {
        var allowed = database.dsl().fetchSingle("select @@local_infile").get(0, boolean.class);
        return allowed ? Form.LOAD_DATA : Form.INSERTS;
    }

    /** Skips the test if a value of so many bytes is larger than the server's {@code max_allowed_packet}. */
    public final void assumeValuesOf(long bytes) {
        var most = database.dsl().fetchSingle("select @@max_allowed_packet").get(0, long.class);
        assumeTrue(bytes <= most, () -> "max_allowed_packet is " + most);
    }

    /** Returns whether a lock timeout rolls back the whole transaction, which the server decides. */
    public final boolean lockTimeoutRollsBack() {
        return database.dsl().fetchSingle("select @@innodb_rollback_on_timeout").get(0, boolean.class);
    }

    /** Returns the options with another parameter, {@code name=value}, in their URL. */
    public final DatabaseOptions optionsWith(String parameter) {
        var url = options.url() + (options.url().contains("?") ? "&" : "?") + parameter;
        return DatabaseOptions.of(url, options.user(), options.password());
    }
}
