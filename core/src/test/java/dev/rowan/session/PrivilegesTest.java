package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.OtherFailure;
import dev.rowan.result.LoadResult;
import dev.rowan.shop.DefaultSchema;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The privileges that the docs name for running a service, and no more. */
class PrivilegesTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final String service = "service_" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void createUser() {
        execute("CREATE USER " + service + " IDENTIFIED BY 'Ordinary-1'");
    }

    @AfterEach
    void dropUser() {
        execute("DROP USER " + service);
    }

    @Test
    void theDocumentedPrivilegesAreEnoughForEveryKindOfCall() {
        grant("SELECT, INSERT, UPDATE, DELETE");
        try (var database = open()) {
            var users = new UsersRepository(database);
            database.check(DefaultSchema.DEFAULT_SCHEMA);
            var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
            users.save(ann.setAge(31));
            users.upsert(u -> u.setName("Bob").setEmail("bob@example.org")).on(Keys.KEY_USERS_UK_USERS_EMAIL);
            database.transaction(session -> {
                var mine = users.in(session);
                var locked = mine.where(USERS.ID.eq(ann.getId())).forUpdate().one();
                session.nested(part -> mine.save(locked.setAge(32)));
            });
            assertEquals(32, users.get(ann.getId()).getAge());
            assertTrue(users.delete(ann.getId()));
        }
    }

    @Test
    void aBulkLoadNeedsInsertOnly() {
        grant("INSERT, SELECT");
        try (var database = open()) {
            var rows = IntStream.range(0, 12_000).mapToObj(i -> new UsersRecord().setName("user " + i));

            assertEquals(new LoadResult(12_000, SHOP.loadForm()), new UsersRepository(database).load(rows));
        }
    }

    @Test
    void aMissingPrivilegeFailsTheCallThatNeedsItWithTheFix() {
        grant("SELECT, INSERT, UPDATE");
        try (var database = open()) {
            var users = new UsersRepository(database);
            var ann = users.insert(u -> u.setName("Ann"));

            var failure = assertThrows(OtherFailure.class, () -> users.delete(ann.getId()));

            assertTrue(String.valueOf(failure.getMessage()).contains("DELETE"), failure.getMessage());
            assertTrue(String.valueOf(failure.getMessage()).contains("Grant"), failure.getMessage());
            assertEquals(1, users.all().count());
        }
    }

    private Database open() {
        return Database.open(DatabaseOptions.of(SHOP.options().url(), service, "Ordinary-1"));
    }

    private void grant(String privileges) {
        var schema = SHOP.database().dsl().fetchValue("select database()");
        execute("GRANT " + privileges + " ON `" + schema + "`.* TO " + service);
    }

    private static void execute(String sql) {
        SHOP.database().dsl().execute(sql);
    }
}
