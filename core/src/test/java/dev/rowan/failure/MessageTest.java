package dev.rowan.failure;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.NotFound;
import dev.rowan.error.NotUnique;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.ConnectionRunnable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The message of a mistake names the table and the fix. Neither a message nor a toString() shows a value. */
class MessageTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String LEAKED = "leaked@example.org";

    /** A mistake and its message. */
    record Mistake(String message, Runnable call) {

        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Mistake> mistakes() {
        var users = SHOP.users();
        return Stream.of(
                new Mistake(
                        "No row of users has this key. Use find where there may be none.", () -> users.get(4_711_000)),
                new Mistake(
                        "No row of users meets the condition. Use first() where there may be none.",
                        () -> users.where(USERS.NAME.eq(LEAKED)).one()),
                new Mistake(
                        "Several rows of users meet the condition. Narrow it to one, or use first() or list().",
                        () -> users.where(USERS.EMAIL.like("%@example.org")).one()),
                new Mistake(
                        "This update has no condition, or one that is always true, and would reach every row of users."
                                + " Add one with where(…), or open the query with all().",
                        () -> users.where(DSL.noCondition()).update(u -> u.setName(LEAKED))),
                new Mistake(
                        "This update of users takes no orderBy, limit or lock: only its condition selects the rows.",
                        () -> users.where(USERS.NAME.eq(LEAKED)).limit(1).update(u -> u.setName(LEAKED))),
                new Mistake(
                        "A page of users has its own size. Leave limit out, and give it to the request of the page.",
                        () -> users.all().limit(3).page(PageRequest.first(3))),
                new Mistake(
                        "The token is null: the first page is PageRequest.first(size).",
                        () -> PageRequest.at(none(), 3)),
                new Mistake(
                        "Rows cannot be paged by preferences, of type json, whose values a page token cannot hold."
                                + " Order by another column.",
                        () -> users.all().orderBy(USERS.PREFERENCES).page(PageRequest.first(3))),
                new Mistake(
                        "Rows cannot be paged by an expression, unless it is cast to the type by which they are sorted,"
                                + " other than FLOAT. Cast it, as in expression.cast(VARCHAR(100)), or order by a"
                                + " column.",
                        () -> users.all().orderBy(USERS.NAME.concat(LEAKED)).page(PageRequest.first(3))),
                new Mistake(
                        "Select an expression only once: it is given twice.",
                        () -> users.all()
                                .select(DSL.val(LEAKED), DSL.val(LEAKED))
                                .list()),
                new Mistake(
                        "A query of users has no column orders.total."
                                + " Use a column of users, a path along a foreign key, or a subquery.",
                        () -> users.where(ORDERS.TOTAL.isNull()).list()),
                new Mistake(
                        "users has no column orders.note to set.",
                        () -> users.where(USERS.ID.eq(1)).update(u -> u.set(ORDERS.NOTE, DSL.val(LEAKED)))));
    }

    @SuppressWarnings("NullAway") // as a caller without its checks may give
    private static String none() {
        return null;
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void theMessageOfAMistakeHasItsFix(Mistake mistake) {
        for (var email : new String[] {LEAKED, "another@example.org"}) {
            SHOP.users().insert(u -> u.setEmail(email));
        }
        var error = assertThrows(RuntimeException.class, mistake.call()::run);
        assertEquals(mistake.message(), error.getMessage());
        assertTrue(error instanceof NotFound
                || error instanceof NotUnique
                || error instanceof IllegalArgumentException
                || error instanceof IllegalStateException
                || error instanceof NullPointerException);
    }

    @Test
    void aFailureOnTheJdbcConnectionIsTypedAndShowsNoValue() {
        SHOP.users().insert(u -> u.setEmail(LEAKED));
        ConnectionRunnable work = connection -> {
            try (var statement = connection.prepareStatement("insert into users (email) values (?)")) {
                statement.setString(1, LEAKED);
                statement.execute();
            }
        };
        for (var call : List.<Executable>of(
                () -> SHOP.database().dsl().connection(work),
                () -> SHOP.database().transaction(session -> session.dsl().connection(work)))) {
            var error = assertThrows(UniqueViolation.class, call);
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                assertFalse(String.valueOf(cause.getMessage()).contains(LEAKED), cause.toString());
            }
        }
    }

    /** Not tested on records, because jOOQ's toString() prints their values. */
    @Test
    void toStringShowsNoValueAndNoPassword() {
        var options = SHOP.options();
        var secret = DatabaseOptions.of(options.url(), options.user(), "leaked-password");
        try (var database = Database.open(options)) {
            var users = new UsersRepository(database);
            var upsert = users.upsert(users.insert(u -> u.setEmail(LEAKED)));
            var query = users.where(USERS.EMAIL.eq(LEAKED)).orderBy(USERS.NAME);
            var page = query.page(PageRequest.first(1));
            database.transaction(session -> Stream.of(
                            secret,
                            database,
                            database.statistics(),
                            session,
                            users,
                            users.in(session),
                            query,
                            upsert,
                            query.limit(3),
                            query.select(USERS.EMAIL),
                            PageRequest.first(3),
                            TransactionOptions.named("check-out").withTimeout(Duration.ofSeconds(9)),
                            RetryPolicy.standard())
                    .forEach(each -> assertShowsNothing(each.toString())));
            assertEquals(Optional.empty(), page.next());
        }
    }

    private static void assertShowsNothing(String text) {
        assertFalse(text.contains("leaked"), text);
    }
}
