package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.error.AfterCommitFailure;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.TransactionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The session that stands for that of the transaction which other code has begun. */
class CurrentSessionTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final HikariDataSource pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 3);
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
    private final TransactionTemplate service = template(TransactionDefinition.PROPAGATION_REQUIRED);
    private final Database database = Database.over(
            new TransactionAwareDataSourceProxy(pool),
            DataSourceOptions.standard().withTransactions(new SpringBridge(manager, pool)));
    private final Session session = database.currentSession();
    private final UsersRepository users = new UsersRepository(database);
    private final List<String> done = new ArrayList<>();
    private int ann;

    @BeforeEach
    void addAnn() {
        ann = users.insertAndGet(u -> u.setName("Ann")).getId();
    }

    @AfterEach
    void close() {
        database.close();
        assertEquals(0, database.statistics().connectionsInUse());
        assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        pool.close();
    }

    private TransactionTemplate template(int propagation) {
        var template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private List<String> names() {
        return SHOP.users().all().list().stream()
                .map(UsersRecord::getName)
                .sorted()
                .toList();
    }

    @Test
    void whatIsChangedIsWrittenBeforeTheCommit() {
        service.executeWithoutResult(status -> {
            var record = users.in(session).get(ann);
            record.setName("Anna");
            assertSame(record, users.in(session).get(ann), "each row has one record");
            session.add(new UsersRecord().setName("Bob"));
            assertEquals(List.of("Ann"), names());
        });
        assertEquals(List.of("Anna", "Bob"), names());
    }

    @Test
    void aRollbackRestoresTheRecords() {
        var bob = new UsersRecord().setName("Bob");
        var read = service.execute(status -> {
            var record = users.in(session).get(ann);
            session.add(bob);
            record.setName("Anna");
            session.flush();
            status.setRollbackOnly();
            return record;
        });
        assertEquals(List.of("Ann"), names());
        assertFalse(read.modified(USERS.VERSION));
        assertEquals(0, read.getVersion());

        service.executeWithoutResult(status -> session.add(bob));
        assertEquals(List.of("Ann", "Bob"), names());
    }

    @Test
    void aFailedFlushRollsTheTransactionBack() {
        assertThrows(
                UniqueViolation.class,
                () -> service.executeWithoutResult(status -> {
                    users.insert(u -> u.setName("Bob").setEmail("bob@example.com"));
                    session.add(new UsersRecord().setName("Cid").setEmail("bob@example.com"));
                }));
        assertEquals(List.of("Ann"), names());
    }

    @Test
    void eachTransactionHasASessionOfItsOwn() {
        service.executeWithoutResult(status -> {
            var outer = users.in(session).get(ann);
            template(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(apart -> {
                var inner = users.in(session).get(ann);
                assertNotSame(outer, inner);
                inner.setName("Anna");
            });
            assertEquals(List.of("Anna"), names());
            assertSame(outer, users.in(session).get(ann));
            outer.setName("Annabel");
            assertThrows(StaleRecord.class, session::flush);
            status.setRollbackOnly();
        });
        assertEquals(List.of("Anna"), names());
    }

    @Test
    void inTheBodyOfATransactionOfRowanItIsTheSessionOfTheBody() {
        service.executeWithoutResult(status -> {
            var outer = users.in(session).get(ann);
            assertThrows(
                    ArithmeticException.class,
                    () -> database.transaction(inner -> {
                        var record = users.in(session).get(ann);
                        assertNotSame(outer, record);
                        assertSame(record, users.in(inner).get(ann));
                        record.setName("Anna");
                        session.flush();
                        throw new ArithmeticException();
                    }));
            outer.setAge(40);
        });
        assertEquals("Ann", users.get(ann).getName());
        assertEquals(40, users.get(ann).getAge());

        database.transaction(
                body -> assertSame(users.in(body).get(ann), users.in(session).get(ann)));
    }

    @Test
    void aTransactionInTheBodySeesWhatTheSessionAroundItHasChanged() {
        service.executeWithoutResult(status -> {
            var outer = users.in(session).get(ann);
            outer.setName("Anna");
            database.transaction(inner -> {
                var record = users.in(inner).get(ann);
                assertEquals("Anna", record.getName());
                record.setAge(40);
            });
            assertEquals(40, users.in(session).get(ann).getAge());
            assertEquals(40, outer.getAge());
        });
        assertEquals(List.of("Anna"), names());
    }

    @Test
    void aTransactionOfJooqSeesWhatTheSessionAroundItHasChangedAndHasASessionOfItsOwn() {
        service.executeWithoutResult(status -> {
            var outer = users.in(session).get(ann);
            outer.setName("Anna");
            database.dsl().transaction(jooq -> {
                assertEquals("Anna", jooq.dsl().fetchValue(USERS.NAME));
                var inner = users.in(session).get(ann);
                assertNotSame(outer, inner);
                inner.setAge(40);
                session.add(new UsersRecord().setName("Bob"));
                session.afterCommit(() -> done.add("within"));
            });
            assertEquals(40, users.in(session).get(ann).getAge());
            assertEquals(List.of(), done);
            outer.setName("Annabel");
        });
        assertEquals(List.of("Annabel", "Bob"), names());
        assertEquals(List.of("within"), done);
    }

    @Test
    void aFailedTransactionOfJooqLeavesWhatCameBefore() {
        service.executeWithoutResult(status -> {
            users.in(session).get(ann).setName("Anna");
            assertThrows(
                    ArithmeticException.class,
                    () -> database.dsl().transaction(jooq -> {
                        users.in(session).get(ann).setName("Annabel");
                        session.afterCommit(() -> done.add("within"));
                        throw new ArithmeticException();
                    }));
        });
        assertEquals(List.of("Anna"), names());
        assertEquals(List.of(), done);
    }

    @Test
    void aTransactionOfJooqWithoutOneAroundItHasTheCurrentSession() {
        database.dsl().transaction(jooq -> {
            users.in(session).get(ann).setName("Anna");
            session.afterCommit(() -> done.add("after"));
            jooq.dsl().transaction(nested -> assertEquals("Anna", nested.dsl().fetchValue(USERS.NAME)));
        });
        assertEquals(List.of("Anna"), names());
        assertEquals(List.of("after"), done);
    }

    @Test
    void anActionThatFailsAfterTheCommitIsNoRollbackOfATransactionOfJooq() {
        var rollbacks = new ArrayList<Throwable>();
        var listened = database.dsl()
                .configuration()
                .deriveAppending(TransactionListener.onRollbackEnd(context -> rollbacks.add(context.causeThrowable())))
                .dsl();

        assertThrows(
                AfterCommitFailure.class,
                () -> listened.transaction(jooq -> {
                    users.in(session).get(ann).setName("Anna");
                    session.afterCommit(() -> {
                        throw new ArithmeticException();
                    });
                }));
        assertEquals(List.of("Anna"), names());
        assertEquals(List.of(), rollbacks);
    }

    @Test
    void aPartThatTheManagerRollsBackInATransactionOfJooqLeavesWhatCameBefore() {
        var nested = template(TransactionDefinition.PROPAGATION_NESTED);
        database.dsl().transaction(jooq -> {
            var record = users.in(session).get(ann);
            record.setName("Anna");
            session.flush();
            nested.executeWithoutResult(part -> {
                record.setName("Annabel");
                session.flush();
                part.setRollbackOnly();
            });
            assertEquals("Anna", record.getName());
        });
        assertEquals(List.of("Anna"), names());
    }

    @Test
    void aPartThatTheManagerRollsBackLeavesWhatCameBefore() {
        var nested = template(TransactionDefinition.PROPAGATION_NESTED);
        service.executeWithoutResult(status -> {
            var record = users.in(session).get(ann);
            record.setName("Anna");
            session.flush();
            session.afterCommit(() -> done.add("before"));
            nested.executeWithoutResult(part -> {
                record.setName("Annabel");
                session.flush();
                session.add(new UsersRecord().setName("Bob"));
                session.afterCommit(() -> done.add("within"));
                part.setRollbackOnly();
            });
            assertEquals("Anna", record.getName());
        });
        assertEquals(List.of("Anna"), names());
        assertEquals(List.of("before"), done);
    }

    @Test
    void aPartOfTheManagerIsRefusedWhileChangesBeforeItAreNotWritten() {
        service.executeWithoutResult(status -> {
            users.in(session).get(ann).setName("Anna");
            var refusal = assertThrows(
                    IllegalStateException.class,
                    () -> template(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(part -> {}));
            assertTrue(String.valueOf(refusal.getMessage()).contains("Call session.flush() before"));
        });
        assertEquals(List.of("Anna"), names());
    }

    @Test
    void aReadOnlyTransactionTracksNoRecords() {
        var reading = template(TransactionDefinition.PROPAGATION_REQUIRED);
        reading.setReadOnly(true);
        reading.executeWithoutResult(status -> {
            users.in(session).get(ann).setName("Anna");
            assertThrows(IllegalStateException.class, session::flush);
        });
        assertEquals(List.of("Ann"), names());
    }

    @Test
    void afterTheCommitItTakesNoMoreWork() {
        service.executeWithoutResult(status -> {
            var record = users.in(session).get(ann);
            session.afterCommit(() -> {
                done.add(names().toString());
                assertThrows(IllegalStateException.class, () -> session.add(record));
                assertThrows(
                        IllegalStateException.class,
                        () -> users.in(session).all().list());
            });
        });
        assertEquals(List.of("[Ann]"), done);
    }

    @Test
    void withoutATransactionItSaysWhatIsMissing() {
        var refusal = assertThrows(IllegalStateException.class, session::flush);
        assertTrue(String.valueOf(refusal.getMessage()).contains("no transaction open"));

        var ownPool = assertThrows(
                IllegalStateException.class,
                () -> SHOP.database().currentSession().flush());
        assertTrue(String.valueOf(ownPool.getMessage()).contains("TransactionBridge"));
    }

    @Test
    void aTransactionThatTheServerEndedIsNotCommittedThoughTheServiceCaughtTheFailure() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create procedure lose_transaction() begin rollback;"
                + " signal sqlstate 'HY000' set mysql_errno = 1213, message_text = 'lost'; end");
        try {
            for (Runnable losing : List.<Runnable>of(
                    () -> database.dsl().execute("call lose_transaction()"),
                    () -> database.transaction(inner -> {
                        inner.dsl().execute("call lose_transaction()");
                    }),
                    () -> session.dsl().execute("call lose_transaction()"))) {
                assertThrows(
                        TransientFailure.class,
                        () -> service.executeWithoutResult(status -> {
                            users.insert(u -> u.setName("Bob"));
                            assertThrows(TransientFailure.class, losing::run);
                        }));
            }
        } finally {
            dsl.execute("drop procedure lose_transaction");
        }
        assertEquals(List.of("Ann"), names());
        service.executeWithoutResult(status -> users.insert(u -> u.setName("Cid")));
        assertEquals(List.of("Ann", "Cid"), names());
    }

    /** Runs work when the transaction is about to commit, as a listener of Spring's does. */
    private static void beforeCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                work.run();
            }
        });
    }

    @Test
    void whatAListenerOfTheCommitChangesTooLateIsReported() {
        for (var isUsedBefore : List.of(true, false)) {
            var failure = assertThrows(
                    IllegalStateException.class,
                    () -> service.executeWithoutResult(status -> {
                        if (isUsedBefore) {
                            users.in(session).get(ann);
                        }
                        beforeCommit(() -> users.in(session).get(ann).setName("late"));
                        users.insert(u -> u.setName("Bob " + isUsedBefore));
                    }));
            assertTrue(String.valueOf(failure.getMessage()).contains("without some changes"), failure::toString);
        }
        assertEquals(List.of("Ann", "Bob false", "Bob true"), names());

        service.executeWithoutResult(status -> beforeCommit(() -> {
            users.in(session).get(ann).setName("Anna");
            session.flush();
            session.afterCommit(() -> done.add(names().getFirst()));
        }));
        assertEquals(List.of("Anna"), done);
    }

    @Test
    void aDeadlockInAListenerOfTheCommitIsReported() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create procedure lose_transaction() begin rollback;"
                + " signal sqlstate 'HY000' set mysql_errno = 1213, message_text = 'lost'; end");
        try {
            assertThrows(
                    TransientFailure.class,
                    () -> service.executeWithoutResult(status -> {
                        users.insert(u -> u.setName("Bob"));
                        beforeCommit(() -> assertThrows(
                                TransientFailure.class, () -> database.dsl().execute("call lose_transaction()")));
                    }));
        } finally {
            dsl.execute("drop procedure lose_transaction");
        }
        assertEquals(List.of("Ann"), names());
    }

    @Test
    void aSessionOfRowanFollowsTheSavepointsOfTheManagerToo() {
        var nested = template(TransactionDefinition.PROPAGATION_NESTED);
        database.transaction(body -> {
            var record = users.in(body).get(ann);
            record.setName("Anna");
            assertThrows(IllegalStateException.class, () -> nested.executeWithoutResult(part -> {}));
            body.flush();
            nested.executeWithoutResult(part -> {
                record.setName("Annabel");
                body.flush();
                record.setAge(40);
                part.setRollbackOnly();
            });
            assertEquals("Anna", record.getName());
        });
        assertEquals(List.of("Anna"), names());
        assertEquals("Anna", users.get(ann).getName());
        assertNull(users.get(ann).getAge());
    }

    @Test
    void aCallbackInACallOfSeveralStatementsUsesTheSessionAroundIt() {
        service.executeWithoutResult(status ->
                users.load(Stream.of("Bob", "Cid").map(name -> {
                    users.in(session).get(ann).setName("before " + name);
                    return new UsersRecord().setName(name);
                })));

        assertEquals(List.of("Bob", "Cid", "before Cid"), names());
    }

    @Test
    void whatTheFlushBeforeTheCommitThrowsKeepsItsType() {
        users.insert(u -> u.setName("Bob").setEmail("bob@example.com"));

        assertThrows(
                UniqueViolation.class,
                () -> database.dsl()
                        .transaction(transaction ->
                                session.add(new UsersRecord().setName("Cid").setEmail("bob@example.com"))));
        assertEquals(List.of("Ann", "Bob"), names());
    }
}
