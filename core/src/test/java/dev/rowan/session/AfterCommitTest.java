package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.AfterCommitFailure;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AfterCommitTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final UsersRepository users = SHOP.users();
    private final List<String> done = new ArrayList<>();

    @Test
    void actionsRunInOrderAfterTheCommitAndWithoutTheConnection() {
        var result = database.transactionResult(session -> {
            session.afterCommit(() ->
                    done.add("connections in use: " + database.statistics().connectionsInUse()));
            users.in(session).insert(u -> u.setName("Ann"));
            session.afterCommit(() -> done.add("rows: " + users.all().count()));
            assertEquals(List.of(), done);
            return "result";
        });
        assertEquals("result", result);
        assertEquals(List.of("connections in use: 0", "rows: 1"), done);
    }

    @Test
    void aRollbackDiscardsTheActions() {
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    session.afterCommit(() -> done.add("never"));
                    throw new IllegalStateException();
                }));
        assertEquals(List.of(), done);
    }

    @Test
    void theRollbackOfANestedPartDiscardsItsActions() {
        database.transaction(session -> {
            session.afterCommit(() -> done.add("before"));
            session.nested(part -> session.afterCommit(() -> done.add("in a part")));
            assertThrows(
                    IllegalStateException.class,
                    () -> session.nested(part -> {
                        session.afterCommit(() -> done.add("never"));
                        session.nested(inner -> session.afterCommit(() -> done.add("never either")));
                        throw new IllegalStateException();
                    }));
            session.afterCommit(() -> done.add("after"));
        });
        assertEquals(List.of("before", "in a part", "after"), done);
    }

    @Test
    void eachActionRunsOnceDespiteRetries() {
        var runs = new ArrayList<Session>();
        database.transaction(session -> {
            runs.add(session);
            session.afterCommit(() -> done.add("run " + runs.size()));
            if (runs.size() < 3) {
                throw new TransientFailure("transient", Kind.DEADLOCK, null);
            }
        });
        assertEquals(List.of("run 3"), done);
    }

    @Test
    void aFailingActionStopsNoOtherAndItsExceptionReportsTheCommit() {
        var first = new TransientFailure("the other service's", Kind.DEADLOCK, null);
        var second = new AssertionError();
        var failure = assertThrows(
                AfterCommitFailure.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    session.afterCommit(() -> {
                        throw first;
                    });
                    session.afterCommit(() -> {
                        throw second;
                    });
                    session.afterCommit(() -> done.add("last"));
                }));
        assertSame(first, failure.getCause());
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
        assertEquals(
                "The transaction was committed, but an afterCommit action failed; see the cause."
                        + " Do not run the transaction again: repeat only the work of that action.",
                failure.getMessage());
        assertEquals(List.of("last"), done);
        assertEquals(1, users.all().count());
    }

    @Test
    void noActionIsAcceptedAfterTheEnd() {
        var kept = database.transactionResult(session -> session);

        assertThrows(IllegalStateException.class, () -> kept.afterCommit(() -> done.add("never")));
    }
}
