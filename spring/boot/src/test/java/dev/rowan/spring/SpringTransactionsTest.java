package dev.rowan.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.AfterCommitFailure;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.junit.TestDatabase;
import dev.rowan.spring.schema.repositories.UsersRepository;
import dev.rowan.spring.schema.tables.records.UsersRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of Spring and of Rowan are the same, whichever begins them. */
@SpringBootTest
class SpringTransactionsTest {

    @RegisterExtension
    static final TestDatabase DB =
            TestDatabase.of("db/changelog/db.changelog-master.yaml").restoring();

    @DynamicPropertySource
    static void pool(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DB::url);
        properties.add("spring.datasource.username", DB::user);
        properties.add("spring.datasource.password", DB::password);
        properties.add("spring.datasource.hikari.maximum-pool-size", () -> 2);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Accounts.class)
    static class Service {}

    /** A service as its developers write it. */
    static class Accounts {

        private final UsersRepository users;
        private final JdbcTemplate jdbc;
        private final Session session;
        private int runs;

        Accounts(UsersRepository users, JdbcTemplate jdbc, Session session) {
            this.users = users;
            this.jdbc = jdbc;
            this.session = session;
        }

        /** By methods, as a proxy has fields of its own. */
        int runs() {
            return runs;
        }

        void forgetRuns() {
            runs = 0;
        }

        @Transactional
        void add(String name) {
            users.insert(u -> u.setName(name));
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        void addApart(String name) {
            users.insert(u -> u.setName(name));
        }

        @Transactional
        void rename(int id, String name) {
            users.in(session).get(id).setName(name);
        }

        @Transactional
        void renameAndForgetAFailure(int id, String name) {
            users.in(session).get(id).setName(name);
            session.flush();
            try {
                session.dsl().execute("call lose_transaction()");
            } catch (TransientFailure e) {
                // the service goes on, as if the transaction were open
            }
        }

        @Transactional(noRollbackFor = IllegalStateException.class)
        void addAndThrow(String name, Exception failure) throws Exception {
            users.insert(u -> u.setName(name));
            throw failure;
        }

        @Transactional(timeout = 1)
        void sleepByRowan() {
            users.where(DSL.condition("sleep(20) = 0")).list();
        }

        void sleepByJdbc() {
            jdbc.execute("do sleep(20)");
        }

        @Transactional(readOnly = true)
        void addThoughReadOnly() {
            users.insert(u -> u.setName("Ann"));
        }

        @Transactional
        @RetryOnTransientFailure
        void addAtTheThirdRun(Kind kind) {
            users.insert(u -> u.setName("run " + ++runs));
            if (runs < 3) {
                throw new TransientFailure("It failed.", kind, null);
            }
        }

        @Transactional
        @RetryOnTransientFailure
        void addAndThrowAfterTheCommit(RuntimeException failure) {
            users.insert(u -> u.setName("run " + ++runs));
            session.afterCommit(() -> {
                throw failure;
            });
        }

        @Transactional
        @RetryOnTransientFailure
        void addAndThrowAlways(Exception failure) throws Exception {
            users.insert(u -> u.setName("run " + ++runs));
            throw failure;
        }

        @Transactional
        @RetryOnTransientFailure
        void addAndLoseTheFirstConnection() {
            if (++runs == 1) {
                kill(session);
            }
            users.insert(u -> u.setName("run " + runs));
        }
    }

    @Autowired
    private Database database;

    @Autowired
    private UsersRepository users;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transactions;

    private final List<String> done = new ArrayList<>();

    @AfterEach
    void allConnectionsAreBack() {
        accounts.forgetRuns();
        assertEquals(0, database.statistics().connectionsInUse());
    }

    private List<String> names() {
        return users.all().list().stream().map(UsersRecord::getName).sorted().toList();
    }

    @Test
    void aServiceTakesPartInATransactionOfRowan() {
        assertThrows(
                ArithmeticException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    accounts.add("Bob");
                    throw new ArithmeticException();
                }));
        assertEquals(List.of(), names());

        database.transaction(session -> {
            session.add(new UsersRecord().setName("Ann"));
            accounts.add("Bob");
        });
        assertEquals(List.of("Ann", "Bob"), names());
    }

    @Test
    void aTransactionOfRowanIsASavepointInThatOfAService() {
        transactions.executeWithoutResult(status -> {
            accounts.add("Ann");
            assertThrows(
                    ArithmeticException.class,
                    () -> database.transaction(session -> {
                        users.in(session).insert(u -> u.setName("Bob"));
                        throw new ArithmeticException();
                    }));
            database.transaction(session -> users.in(session).insert(u -> u.setName("Cid")));
        });
        assertEquals(List.of("Ann", "Cid"), names());
    }

    @Test
    void aServiceThatRequiresANewTransactionHasItsOwn() {
        assertThrows(
                ArithmeticException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    accounts.addApart("Bob");
                    throw new ArithmeticException();
                }));
        assertEquals(List.of("Bob"), names());
    }

    @Test
    void theRollbackRulesOfAServiceHold() {
        assertThrows(IOException.class, () -> accounts.addAndThrow("checked", new IOException()));
        assertThrows(IllegalStateException.class, () -> accounts.addAndThrow("kept", new IllegalStateException()));
        assertThrows(ArithmeticException.class, () -> accounts.addAndThrow("undone", new ArithmeticException()));

        assertEquals(List.of("checked", "kept"), names());
    }

    @Test
    void theTimeLimitsOfBothHoldForBoth() {
        accounts.add("Ann"); // whose row sleeps
        var failure = assertThrows(RuntimeException.class, accounts::sleepByRowan);
        // Spring's, if the time is up before the statement begins
        assertTrue(
                failure instanceof StatementTimeout || failure instanceof TransactionTimedOutException,
                failure::toString);

        var options = TransactionOptions.standard().withTimeout(Duration.ofMillis(700));
        var start = System.nanoTime();
        assertThrows(DataAccessException.class, () -> database.transaction(options, session -> accounts.sleepByJdbc()));
        assertTrue(System.nanoTime() - start < 8e9);
    }

    @Test
    void aReadOnlyTransactionRefusesWrites() {
        assertThrows(DatabaseException.class, accounts::addThoughReadOnly);
        database.read(session -> {
            assertThrows(DatabaseException.class, () -> users.insert(u -> u.setName("Ann")));
            return users.in(session).all().count();
        });
        assertEquals(List.of(), names());
    }

    @Test
    void actionsRunAfterTheCommitOfSpring() {
        var failure = assertThrows(
                AfterCommitFailure.class,
                () -> transactions.executeWithoutResult(status -> {
                    database.transaction(session -> session.afterCommit(() -> {
                        throw new ArithmeticException();
                    }));
                    database.transaction(session -> session.afterCommit(() -> done.add("second, " + names())));
                    accounts.add("Ann");
                    assertEquals(List.of(), done);
                }));
        assertInstanceOf(ArithmeticException.class, failure.getCause());
        assertEquals(List.of("second, [Ann]"), done);
    }

    @Test
    void anActionOfAPartThatSpringRollsBackDoesNotRun() {
        var nested =
                new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()), transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        transactions.executeWithoutResult(status -> {
            rolledBack(nested, "before any other");
            database.transaction(session -> session.afterCommit(() -> done.add("kept")));
            rolledBack(nested, "after another");
        });
        assertEquals(List.of("kept"), done);
    }

    private void rolledBack(TransactionTemplate nested, String action) {
        nested.executeWithoutResult(part -> {
            database.transaction(session -> session.afterCommit(() -> done.add(action)));
            part.setRollbackOnly();
        });
    }

    @Test
    void whatAServiceChangesInTheInjectedSessionIsWrittenAtItsCommit() {
        var ann = users.insertAndGet(u -> u.setName("Ann")).getId();

        accounts.rename(ann, "Anna");
        assertEquals(List.of("Anna"), names());

        assertThrows(
                ArithmeticException.class,
                () -> transactions.executeWithoutResult(status -> {
                    accounts.rename(ann, "Annabel");
                    throw new ArithmeticException();
                }));
        assertEquals(List.of("Anna"), names());
    }

    @Test
    void aTransactionThatTheServerEndedIsNotCommitted() {
        var ann = users.insertAndGet(u -> u.setName("Ann")).getId();
        database.dsl()
                .execute("create procedure lose_transaction() begin rollback;"
                        + " signal sqlstate 'HY000' set mysql_errno = 1213, message_text = 'lost'; end");
        try {
            assertThrows(TransientFailure.class, () -> accounts.renameAndForgetAFailure(ann, "Anna"));
        } finally {
            database.dsl().execute("drop procedure lose_transaction");
        }
        assertEquals(List.of("Ann"), names());
    }

    @Test
    void aDeadlockOfAServiceIsRetriedOnRequestInANewTransaction() {
        accounts.addAtTheThirdRun(Kind.DEADLOCK);

        assertEquals(List.of("run 3"), names());
    }

    @Test
    void whatCannotSucceedIsNotRetried() {
        assertThrows(TransientFailure.class, () -> accounts.addAtTheThirdRun(Kind.UNREACHABLE));

        assertEquals(1, accounts.runs());
    }

    @Test
    void whatIsCommittedIsNotRunAgain() {
        var failure = new TransientFailure("It failed.", Kind.DEADLOCK, null);

        assertThrows(AfterCommitFailure.class, () -> accounts.addAndThrowAfterTheCommit(failure));
        assertEquals(1, accounts.runs());

        var unknown = new CommitOutcomeUnknown("It may be committed.", failure);
        assertEquals(unknown, assertThrows(CommitOutcomeUnknown.class, () -> accounts.addAndThrowAlways(unknown)));
        assertEquals(2, accounts.runs());
        assertEquals(List.of("run 1"), names());

        assertThrows(IOException.class, () -> accounts.addAndThrowAlways(new IOException(failure)));
        assertEquals(List.of("run 1", "run 3"), names(), "Spring commits after a checked exception");
    }

    /** Spring's rollback fails on the lost connection, too. */
    @Test
    void aLostConnectionIsRetriedOnRequest() {
        accounts.addAndLoseTheFirstConnection();

        assertEquals(List.of("run 2"), names());
    }

    @Test
    void aConnectionThatIsLostAtTheCommitLeavesItsOutcomeUnknown() {
        assertThrows(
                CommitOutcomeUnknown.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    kill(session);
                }));
        assertEquals(List.of(), names());
    }

    @Test
    void aCallOnAConnectionThatWasLostBeforeSaysSo() {
        assertThrows(
                RuntimeException.class,
                () -> transactions.executeWithoutResult(status -> {
                    kill(database.currentSession());
                    for (int i = 0; i < 2; i++) {
                        var failure = assertThrows(TransientFailure.class, () -> users.insert(u -> u.setName("Ann")));
                        assertEquals(Kind.CONNECTION_LOST, failure.kind());
                    }
                }));
    }

    private static void kill(Session session) {
        var id = session.dsl().fetchValue("select connection_id()");
        try (var other = DB.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute("kill " + id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aListenerAfterTheCommitIsToldToBeginATransaction() {
        transactions.executeWithoutResult(status ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int outcome) {
                        var failure = assertThrows(
                                IllegalStateException.class,
                                () -> database.transaction(
                                        session -> users.in(session).all().count()));
                        done.add(String.valueOf(failure.getMessage()));
                    }
                }));
        assertTrue(done.getFirst().contains("REQUIRES_NEW"), done::toString);
    }

    @Test
    void withinATransactionOnlyItsOwnerRetries() {
        assertThrows(
                TransientFailure.class,
                () -> transactions.executeWithoutResult(status -> accounts.addAtTheThirdRun(Kind.DEADLOCK)));
        assertEquals(1, accounts.runs());
        accounts.forgetRuns();

        database.transaction(session -> accounts.addAtTheThirdRun(Kind.DEADLOCK));
        assertEquals(List.of("run 3"), names());
    }
}
