package dev.rowan.observe;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.TransactionOptions;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On request, a comment before each statement names the method that runs it. */
class SqlCommentsTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = Database.open(SHOP.options().withSqlComments());
    private final UsersRepository users = new UsersRepository(database);

    @AfterEach
    void close() {
        database.close();
    }

    /** A part of the service. */
    private static final class Accounts {

        private final UsersRepository users;

        private Accounts(UsersRepository users) {
            this.users = users;
        }

        private int add(String name) {
            return users.insertAndGet(u -> u.setName(name)).getId();
        }

        private void rename(Database database, int id) {
            database.transaction(TransactionOptions.named("renaming"), session -> {
                users.in(session).get(id).setName("Anna");
            });
        }
    }

    @Test
    void statementsOfRepositoriesNameTheMethodThatCallsThem() {
        var accounts = new Accounts(users);
        var log = LogOutput.of(() -> {
            var id = accounts.add("Ann");
            accounts.rename(database, id);
            users.findByEmail("ann@example.org");
            users.insertAll(List.of(new UsersRecord().setName("Bob"), new UsersRecord().setName("Cid")));
        });

        assertContains(log, "/* SqlCommentsTest.Accounts.add */ insert into `users`");
        assertContains(log, "/* SqlCommentsTest.Accounts.rename */ /* renaming */ select");
        assertContains(log, "/* SqlCommentsTest.Accounts.rename */ /* renaming */ update `users`");
        assertContains(log, "/* SqlCommentsTest.statementsOfRepositoriesNameTheMethodThatCallsThem */ insert into");
        assertEquals("Anna", users.where(USERS.NAME.eq("Anna")).one().getName());
    }

    @Test
    void statementsOfTheDslDoToo() {
        var log = LogOutput.of(() -> {
            database.dsl().selectFrom(USERS).where(USERS.ID.eq(1)).fetch();
            database.transaction(session -> session.dsl().fetchCount(USERS));
            var insert = database.dsl().insertInto(USERS, USERS.NAME).values((String) null);
            database.dsl().batch(insert).bind("Ann").bind("Bob").execute();
        });

        var comment = "/* SqlCommentsTest.statementsOfTheDslDoToo */ ";
        assertContains(log, comment + "select `users`.`id`");
        assertContains(log, comment + "select count(*)");
        assertContains(log, comment + "insert into `users`");
        assertEquals(2, users.all().count());
    }

    @Test
    void theServerShowsThem() {
        assertContains(
                String.valueOf(database.dsl()
                        .fetchValue("select info from information_schema.processlist" + " where id = connection_id()")),
                "SqlCommentsTest.theServerShowsThem");
    }

    @Test
    void thereAreNoneByDefault() {
        assertFalse(LogOutput.of(() -> SHOP.users().all().list()).contains("/*"));
    }

    private static void assertContains(String log, String text) {
        assertTrue(log.contains(text), log);
    }
}
