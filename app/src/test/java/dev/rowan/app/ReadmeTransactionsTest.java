package dev.rowan.app;

import static dev.rowan.app.schema.Tables.ORDERS;
import static dev.rowan.app.schema.Tables.USERS;
import static org.jooq.impl.DSL.count;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.app.schema.enums.UsersStatus;
import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.tables.records.OrdersRecord;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.UniqueViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compiles and runs the Java of {@code docs/transactions.md}. */
final class ReadmeTransactionsTest extends ReadmeTest {

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
    void options() {
        people();
        var welcomed = new ArrayList<String>();

        // README: options
        var signUp = TransactionOptions.named("sign-up").withTimeout(Duration.ofSeconds(2));
        database.transaction(signUp, session -> {
            var inSession = users.in(session);
            inSession.insert(u -> u.setName("Dan"));
            try {
                session.nested(part -> inSession.insert(u -> u.setEmail("ann@example.org")));
            } catch (UniqueViolation taken) {
                // only the nested part is rolled back
            }
            session.afterCommit(() -> welcomed.add("Dan")); // for actions that cannot be rolled back
        });
        // end

        assertEquals(List.of("Dan"), welcomed);
        assertEquals(4, users.all().count());
    }

    @Test
    void locks() {
        var ann = people().getFirst();
        var orders = new OrdersRepository(database);
        orders.insertAll(List.of(new OrdersRecord().setUserId(ann.getId()), new OrdersRecord().setUserId(ann.getId())));
        var before = database.statistics().statements();

        // README: locks
        database.transaction(session -> {
            var inSession = orders.in(session);
            var open = inSession.where(ORDERS.APPROVER_ID.isNull()).limit(10);
            for (var order : open.forUpdate().skipLocked().list()) { // without the rows that another worker has locked
                OrdersRepository.APPROVER.set(order, ann); // written at the commit, by one statement for all orders
            }
        });
        // end

        assertEquals(2 + 1 + 1, database.statistics().statements() - before);

        assertEquals(0, orders.where(ORDERS.APPROVER_ID.isNull()).count());
    }

    @Test
    void read() {
        people();

        // README: read
        List<Long> report = database.read(session -> {
            var inSession = users.in(session);
            return List.of(
                    inSession.all().count(), inSession.where(USERS.AGE.lt(18)).count());
        });
        // end

        assertEquals(List.of(3L, 1L), report);
    }

    @Test
    void whatABodyThrowsRollsItBack() {
        people();

        var thrown = assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    users.in(session).all().delete();
                    throw new IllegalStateException("changed my mind");
                }));

        assertEquals("changed my mind", thrown.getMessage());
        assertEquals(3, users.all().count());
    }
}
