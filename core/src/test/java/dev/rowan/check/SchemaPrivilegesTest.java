package dev.rowan.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.junit.TestDatabase;
import dev.rowan.shop.DefaultSchema;
import dev.rowan.testing.SampleTable;
import java.util.List;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.MappedTable;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.DSL;
import org.jooq.impl.SchemaImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schema check with limited privileges, and with mapped table names. */
class SchemaPrivilegesTest {

    /** A schema that each test changes and restores. */
    @RegisterExtension
    static final TestDatabase SHOP = TestDatabase.of("rowan/changelog/master.yaml");

    private final DatabaseOptions options = DatabaseOptions.of(SHOP.url(), SHOP.user(), SHOP.password());
    private final Database admin = Database.open(options);
    private final String reader = "reader_" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void createReader() {
        admin.dsl().execute("CREATE USER " + reader + " IDENTIFIED BY 'reads'");
    }

    @AfterEach
    void dropReader() {
        admin.dsl().execute("DROP USER " + reader);
        admin.close();
    }

    @Test
    void aReadOnlyUserSeesEverythingExceptMariaDbsDeleteRules() {
        grant("SELECT", "*");
        assertEquals(List.of(), differencesForReader());

        try {
            referToUsers("");
            assertEquals(1, differencesForReader().size());
            referToUsers("CONSTRAINT fk_user_roles_user FOREIGN KEY (user_id) REFERENCES users (id)");
            if (admin.dsl().family() == SQLDialect.MARIADB) {
                assertEquals(List.of(), differencesForReader());
                grant("INSERT", "*");
            }
            var difference = differencesForReader().get(0);
            assertTrue(
                    difference.startsWith("user_roles has a foreign key fk_user_roles_user (user_id) to users (id),"));
        } finally {
            referToUsers("CONSTRAINT fk_user_roles_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE");
        }
        admin.check(DefaultSchema.DEFAULT_SCHEMA);
    }

    /** Replaces the foreign key from user_roles to users. */
    private void referToUsers(String key) {
        var constraints = admin.dsl()
                .fetchCount(
                        DSL.table("information_schema.KEY_COLUMN_USAGE"),
                        DSL.condition("TABLE_SCHEMA = database() and CONSTRAINT_NAME = 'fk_user_roles_user'"));
        if (constraints > 0) {
            admin.dsl().execute("ALTER TABLE user_roles DROP FOREIGN KEY fk_user_roles_user");
        }
        if (!key.isEmpty()) {
            admin.dsl().execute("ALTER TABLE user_roles ADD " + key);
        }
    }

    @Test
    void aTableThatAUserMayNotReadIsReportedAsMissingOrHidden() {
        grant("SELECT", "users");
        grant("SELECT (id)", "roles");

        var differences = differencesForReader();
        for (var table : List.of("order_items", "orders", "user_roles", "user_totals")) {
            assertTrue(differences.contains(table + " is missing, or this user may not read it."
                    + " Apply the changesets that create it, or grant SELECT on it."));
        }
        assertTrue(differences.get(2).startsWith("roles.name is missing, or this user may not read it. ALTER TABLE"));
    }

    @Test
    void jsonIsNotReportedAsTextToAUserOfSingleTables() {
        DefaultSchema.DEFAULT_SCHEMA.getTables().forEach(table -> grant("SELECT", table.getName()));
        assertEquals(List.of(), differencesForReader());

        admin.dsl().execute("ALTER TABLE users MODIFY preferences LONGTEXT COLLATE utf8mb4_general_ci");
        try {
            assertEquals(
                    List.of("users.preferences is longtext, not json."
                            + " ALTER TABLE `users` MODIFY `preferences` json"),
                    differencesForReader());
        } finally {
            admin.dsl().execute("ALTER TABLE users MODIFY preferences JSON");
        }
    }

    @Test
    void aDatabaseWithoutAnyOfTheTablesIsOneDifference() {
        var other = admin.dsl().fetchValue("select database()") + "_other";
        admin.dsl().execute("CREATE DATABASE `" + other + "`");
        admin.dsl().execute("CREATE TABLE `" + other + "`.cats (id INT)");
        try (var database = Database.open(DatabaseOptions.of(
                SHOP.url().replaceFirst("/[^/?]+(\\?|$)", "/" + other + "$1"), SHOP.user(), SHOP.password()))) {
            var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(DefaultSchema.DEFAULT_SCHEMA));
            assertEquals(
                    List.of(other + " has no table or view of the classes, or this user may not read any of them."
                            + " Set the database in the URL, or run the migration, or grant SELECT on them."),
                    mismatch.differences());
        } finally {
            admin.dsl().execute("DROP DATABASE `" + other + "`");
        }
    }

    private void grant(String what, String tables) {
        var schema = admin.dsl().fetchValue("select database()");
        admin.dsl().execute("GRANT " + what + " ON `" + schema + "`." + tables + " TO " + reader);
    }

    /** Returns the differences on a new connection of the reader, which has the privileges granted so far. */
    private List<String> differencesForReader() {
        try (var database = Database.open(DatabaseOptions.of(SHOP.url(), reader, "reads"))) {
            database.check(DefaultSchema.DEFAULT_SCHEMA);
            return List.of();
        } catch (SchemaMismatch mismatch) {
            return mismatch.differences();
        }
    }

    @Test
    void tablesAreSearchedUnderTheNamesOfTheConfiguration() {
        var mapping = new RenderMapping()
                .withSchemata(new MappedSchema()
                        .withInput("")
                        .withTables(new MappedTable().withInput("roles").withOutput("rights")));
        admin.dsl().execute("RENAME TABLE roles TO rights");
        try (var database = Database.open(options.withConfiguration(configuration -> configuration.derive(
                SettingsTools.clone(configuration.settings()).withRenderMapping(mapping))))) {
            assertDoesNotThrow(() -> database.check(DefaultSchema.DEFAULT_SCHEMA));
            assertThrows(SchemaMismatch.class, () -> admin.check(DefaultSchema.DEFAULT_SCHEMA));
        } finally {
            admin.dsl().execute("RENAME TABLE rights TO roles");
        }
    }

    @Test
    void classesThatRowanDidNotGenerateAreRefusedBeforeAConnectionIsTaken() {
        var foreign = new SchemaImpl(DSL.name("foreign"), null, DSL.comment("")) {
            @Override
            public List<Table<?>> getTables() {
                return List.of(new SampleTable("samples"));
            }
        };
        var closed = Database.open(options);
        closed.close();

        var refused = assertThrows(IllegalArgumentException.class, () -> closed.check(foreign));
        assertEquals(
                "The class of table samples lacks the declarations of its columns. Generate the sources again with"
                        + " this version of Rowan.",
                refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> closed.check(DSL.schema("by name alone")));
        assertThrows(IllegalStateException.class, () -> closed.check(DefaultSchema.DEFAULT_SCHEMA));
    }
}
