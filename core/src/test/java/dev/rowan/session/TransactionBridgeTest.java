package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.AfterCommitFailure;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

/** Rowan begins its transactions by Spring's transaction manager, and other code takes part in them. */
class TransactionBridgeTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final HikariDataSource pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 2);
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
    private final TransactionTemplate service = new TransactionTemplate(manager);
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final Database database = database(new SpringBridge(manager, pool));
    private final UsersRepository users = new UsersRepository(database);
    private final List<String> done = new ArrayList<>();

    private Database database(SpringBridge bridge) {
        return Database.over(
                new TransactionAwareDataSourceProxy(pool),
                DataSourceOptions.standard().withTransactions(bridge));
    }

    @AfterEach
    void close() {
        database.close();
        assertEquals(0, database.statistics().connectionsInUse());
        assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        pool.close();
    }

    private List<String> names() {
        return SHOP.users().all().list().stream()
                .map(UsersRecord::getName)
                .sorted()
                .toList();
    }

    private void insertByService(String name) {
        service.executeWithoutResult(status -> jdbc.update("insert into users (name) values (?)", name));
    }

    @Test
    void aServiceInTheBodyTakesPartInTheTransaction() {
        assertThrows(
                ArithmeticException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    insertByService("Bob");
                    users.insert(u -> u.setName("Cid"));
                    assertEquals(3, users.all().count(), "all see the same transaction");
                    throw new ArithmeticException();
                }));
        assertEquals(List.of(), names());

        database.transaction(session -> {
            session.add(new UsersRecord().setName("Ann"));
            insertByService("Bob");
            assertEquals(List.of(), names(), "nothing is committed yet");
        });
        assertEquals(List.of("Ann", "Bob"), names());
        assertEquals(1, database.statistics().commits());
        assertEquals(1, database.statistics().rollbacks());
    }

    @Test
    void aServiceInTheBodyOfAJooqTransactionTakesPartInIt() {
        assertThrows(
                ArithmeticException.class,
                () -> database.dsl().transaction(transaction -> {
                    insertByService("Ann");
                    throw new ArithmeticException();
                }));
        assertEquals(List.of(), names());

        database.dsl().transaction(transaction -> insertByService("Bob"));
        assertEquals(List.of("Bob"), names());
    }

    @Test
    void aTransactionInTheBodyIsASavepoint() {
        database.transaction(outer -> {
            users.in(outer).insert(u -> u.setName("Ann"));
            assertThrows(
                    ArithmeticException.class,
                    () -> database.transaction(inner -> {
                        users.in(inner).insert(u -> u.setName("Bob"));
                        throw new ArithmeticException();
                    }));
        });
        assertEquals(List.of("Ann"), names());
        assertEquals(1, database.statistics().commits());
    }

    @Test
    void aServiceThatRequiresANewTransactionCommitsByItself() {
        service.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        assertThrows(
                ArithmeticException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    insertByService("Bob");
                    throw new ArithmeticException();
                }));
        assertEquals(List.of("Bob"), names());
    }

    @Test
    void aDeadlockIsRetriedInAnotherTransaction() {
        var runs = new AtomicInteger();
        database.transaction(session -> {
            insertByService("run " + runs.incrementAndGet());
            if (runs.get() < 3) {
                throw new TransientFailure("A deadlock.", Kind.DEADLOCK, null);
            }
        });
        assertEquals(List.of("run 3"), names());
    }

    @Test
    void theManagerBeginsTheTransactionAsTheOptionsSay() {
        database.transaction(
                TransactionOptions.serializable(),
                session -> assertEquals(
                        "SERIALIZABLE", jdbc.queryForObject("select @@transaction_isolation", String.class)));
        database.read(session -> {
            assertThrows(DataAccessException.class, () -> jdbc.update("insert into users (name) values ('Ann')"));
            return users.in(session).all().count();
        });
        assertEquals(List.of(), names());
    }

    @Test
    void whatAServiceHasMarkedForRollbackIsNotCommitted() {
        var ann = users.insert(u -> u.setName("Ann"));

        assertThrows(
                UnexpectedRollbackException.class,
                () -> database.transaction(session -> {
                    session.merge(ann.setName("Bob"));
                    assertThrows(
                            ArithmeticException.class,
                            () -> service.executeWithoutResult(status -> {
                                throw new ArithmeticException();
                            }));
                }));
        assertEquals(List.of("Ann"), names());
        assertEquals(1, database.statistics().rollbacks());
    }

    @Test
    void aTransactionThatTheServerRolledBackInAnotherCallIsNotCommitted() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create procedure lose_transaction() begin rollback;"
                + " signal sqlstate 'HY000' set mysql_errno = 1213, message_text = 'lost'; end");
        try {
            var once = TransactionOptions.standard().withRetry(RetryPolicy.never());
            assertThrows(
                    TransientFailure.class,
                    () -> database.transaction(once, session -> {
                        users.in(session).insert(u -> u.setName("Ann"));
                        assertThrows(
                                TransientFailure.class, () -> database.dsl().execute("call lose_transaction()"));
                    }));
        } finally {
            dsl.execute("drop procedure lose_transaction");
        }
        assertEquals(List.of(), names());
        assertEquals(0, database.statistics().commits());
    }

    @Test
    void aConnectionThatIsLostAtTheCommitLeavesItsOutcomeUnknown() {
        assertThrows(
                CommitOutcomeUnknown.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    SHOP.database().dsl().execute("kill " + session.dsl().fetchValue("select connection_id()"));
                }));
        assertEquals(List.of(), names());
    }

    @Test
    void aPoolWithoutAFreeConnectionIsReportedAsByRowansOwn() throws SQLException {
        try (var first = pool.getConnection();
                var second = pool.getConnection()) {
            var failure = assertThrows(TransientFailure.class, () -> database.transaction(session -> {}));
            assertEquals(Kind.POOL_EXHAUSTED, failure.kind());
            assertTrue(first.isValid(1) && second.isValid(1));
        }
    }

    @Test
    void aManagerOfAnotherPoolIsRefused() {
        try (var other = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 1)) {
            var wrong = database(new SpringBridge(new DataSourceTransactionManager(other), other));
            var refusal = assertThrows(IllegalStateException.class, () -> wrong.transaction(session -> {}));
            assertTrue(String.valueOf(refusal.getMessage()).contains("Give both the same pool"));
            assertEquals(0, other.getHikariPoolMXBean().getActiveConnections());
        }
    }

    @Test
    void actionsRunAfterTheCommitOfTheManager() {
        service.executeWithoutResult(status -> {
            database.transaction(session -> {
                session.afterCommit(() -> done.add("joined, " + names()));
                session.afterCommit(() -> done.add("second"));
                users.in(session).insert(u -> u.setName("Ann"));
            });
            assertEquals(List.of(), done);
        });
        assertEquals(List.of("joined, [Ann]", "second"), done);
        done.clear();

        service.executeWithoutResult(status -> {
            database.transaction(session -> session.afterCommit(() -> done.add("never")));
            status.setRollbackOnly();
        });
        assertEquals(List.of(), done);
    }

    @Test
    void anActionOfAPartThatIsRolledBackDoesNotRun() {
        service.executeWithoutResult(status -> database.transaction(outer -> {
            assertThrows(
                    ArithmeticException.class,
                    () -> outer.nested(part -> {
                        database.transaction(inner -> inner.afterCommit(() -> done.add("of the part")));
                        throw new ArithmeticException();
                    }));
            assertThrows(
                    ArithmeticException.class,
                    () -> database.transaction(inner -> {
                        inner.afterCommit(() -> done.add("of the savepoint"));
                        throw new ArithmeticException();
                    }));
            database.transaction(inner -> inner.afterCommit(() -> done.add("of the rest")));
        }));
        assertEquals(List.of("of the rest"), done);
    }

    @Test
    void anActionBelongsToTheTransactionInWhichItIsRegistered() {
        var requiresNew = new TransactionTemplate(manager);
        requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        assertThrows(
                ArithmeticException.class,
                () -> database.transaction(outer -> {
                    outer.afterCommit(() -> done.add("outer"));
                    requiresNew.executeWithoutResult(
                            status -> database.transaction(inner -> inner.afterCommit(() -> done.add("inner"))));
                    assertEquals(List.of("inner"), done);
                    throw new ArithmeticException();
                }));
        assertEquals(List.of("inner"), done);

        var failure = assertThrows(
                AfterCommitFailure.class,
                () -> database.transaction(outer ->
                        service.executeWithoutResult(status -> database.transaction(inner -> inner.afterCommit(() -> {
                            throw new ArithmeticException();
                        })))));
        assertInstanceOf(ArithmeticException.class, failure.getCause());
    }
}
