package dev.rowan.app;

import static dev.rowan.app.schema.Keys.KEY_USERS_UK_USERS_EMAIL;
import static dev.rowan.app.schema.Tables.ORDERS;
import static dev.rowan.app.schema.Tables.USERS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.DatabaseOptions;
import dev.rowan.Page;
import dev.rowan.PageRequest;
import dev.rowan.app.schema.enums.UsersStatus;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.error.UniqueViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The README's Java, compiled and run: each of its blocks stands here, between {@code // README} and {@code // end}, as
 * {@code ReadmeSnippetsTest} checks.
 */
final class ReadmeTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    private Database database;
    private UsersRepository users;

    @BeforeEach
    void open() {
        database = SERVICE.open();
        users = new UsersRepository(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstScreen() {
        var url = SERVICE.options().url();
        var user = SERVICE.options().user();
        var password = SERVICE.options().password();

        // README: first screen
        try (Database database = Database.open(DatabaseOptions.of(url, user, password))) {
            var users = new UsersRepository(database);

            UsersRecord ann = users.insert(u -> u.setName("Ann").setAge(31)); // its id is filled in
            for (var adult : users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).list())
                System.out.println(adult.getName());
            users.update(ann.getId(), u -> u.setAge(32)); // writes that one column

            database.transaction(session -> {
                var inSession = users.in(session);
                inSession.insert(u -> u.setName("Bob"));
                inSession.delete(ann.getId()); // both, or neither
            });
        }
        // end

        assertEquals(List.of("Bob"), names(users.all().list()));
    }

    @Test
    void insert() {
        // README: insert
        UsersRecord ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
        // end

        assertEquals("ann@example.org", users.get(ann.getId()).getEmail());
    }

    @Test
    void find() {
        var ann = people().getFirst();

        // README: find
        Optional<UsersRecord> maybe = users.find(ann.getId());
        UsersRecord same = users.get(ann.getId()); // NotFound if there is none
        Optional<UsersRecord> byEmail = users.findByEmail("ann@example.org"); // from the unique key
        List<UsersRecord> some = users.findAll(List.of(3, 1, 2)); // in this order
        // end

        assertEquals(Optional.of(ann.getId()), maybe.map(UsersRecord::getId));
        assertEquals("Ann", same.getName());
        assertEquals("Ann", byEmail.orElseThrow().getName());
        assertEquals(List.of("Cleo", "Ann", "Bob"), names(some));
    }

    @Test
    void query() {
        people();

        // README: query
        List<UsersRecord> adults =
                users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).limit(20).list();
        Optional<UsersRecord> oldest = users.all().orderBy(USERS.AGE.desc()).first();
        long minors = users.where(USERS.AGE.lt(18)).count();
        // end

        assertEquals(List.of("Ann", "Cleo"), names(adults));
        assertEquals("Cleo", oldest.orElseThrow().getName());
        assertEquals(1, minors);
    }

    @Test
    void page() {
        people();

        // README: page
        var byName = users.all().orderBy(USERS.NAME);
        Page<UsersRecord> page = byName.page(PageRequest.first(2));
        Page<UsersRecord> next = byName.page(page.next().orElseThrow());
        // end

        assertEquals(List.of("Ann", "Bob"), names(page.items()));
        assertEquals(List.of("Cleo"), names(next.items()));
    }

    @Test
    void update() {
        var ann = people().getFirst();

        // README: update
        boolean found = users.update(ann.getId(), u -> u.setAge(32));
        users.where(USERS.STATUS.eq(UsersStatus.CLOSED)).update(u -> u.setEmail(null));
        users.where(USERS.NAME.eq("Bob")).update(u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        // end

        assertTrue(found);
        assertEquals(
                List.of(32, 18, 45),
                users.all().orderBy(USERS.ID).list().stream()
                        .map(UsersRecord::getAge)
                        .toList());
        assertEquals("ann@example.org", users.get(ann.getId()).getEmail());
    }

    @Test
    void delete() {
        var ann = people().getFirst();

        // README: delete
        boolean deleted = users.delete(ann.getId());
        long gone = users.where(USERS.STATUS.eq(UsersStatus.CLOSED)).delete();
        // end

        assertTrue(deleted);
        assertEquals(0, gone);
        assertEquals(List.of("Bob", "Cleo"), names(users.all().orderBy(USERS.ID).list()));
    }

    @Test
    void transaction() {
        var ann = people().getFirst();

        // README: transaction
        long orders = database.transactionResult(session -> {
            var inSession = users.in(session);
            inSession.update(ann.getId(), u -> u.setStatus(UsersStatus.SUSPENDED));
            return session.dsl() // all of jOOQ, in the same transaction
                    .selectCount()
                    .from(ORDERS)
                    .where(ORDERS.USER_ID.eq(ann.getId()))
                    .fetchSingle(count());
        });
        // end

        assertEquals(0, orders);
        assertEquals(UsersStatus.SUSPENDED, users.get(ann.getId()).getStatus());
    }

    @Test
    void rollback() {
        people();

        var thrown = assertThrows(IllegalStateException.class, () -> {
            // README: rollback
            database.transaction(session -> {
                users.in(session).all().delete();
                throw new IllegalStateException("changed my mind"); // comes through; nothing was deleted
            });
            // end
        });

        assertEquals("changed my mind", thrown.getMessage());
        assertEquals(3, users.all().count());
    }

    @Test
    void violation() {
        people();
        var taken = new ArrayList<String>();

        // README: violation
        try {
            users.insert(u -> u.setName("Eve").setEmail("ann@example.org"));
        } catch (UniqueViolation violation) {
            if (violation.key().equals(KEY_USERS_UK_USERS_EMAIL)) taken.add("This email is taken.");
        }
        // end

        assertEquals(List.of("This email is taken."), taken);
    }

    @Test
    void accident() {
        people();

        // README: accident
        long older = users.all().update(u -> u.set(USERS.AGE, USERS.AGE.plus(1))); // all() says that all are meant
        // end

        assertEquals(3, older);
        assertThrows(
                IllegalStateException.class, () -> users.where(noCondition()).delete());
    }

    /** Inserts Ann, Bob and Cleo, whose ids are 1, 2 and 3. */
    private List<UsersRecord> people() {
        return List.of(
                users.insert(u -> u.setName("Ann").setAge(31).setEmail("ann@example.org")),
                users.insert(u -> u.setName("Bob").setAge(17)),
                users.insert(u -> u.setName("Cleo").setAge(45)));
    }

    private static List<String> names(List<UsersRecord> users) {
        return users.stream().map(UsersRecord::getName).toList();
    }
}
