package dev.rowan.observe;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.Merging;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.PageRequest;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoAttempts;
import dev.rowan.testing.WaitingCallers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What an observer is told of statements and transactions. */
@Timeout(180)
class DatabaseObserverTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final RecordingObserver observer = new RecordingObserver();
    private final Database database = Database.open(SHOP.options().withObserver(observer));
    private final UsersRepository users = new UsersRepository(database);

    @AfterEach
    void close() {
        database.close();
        assertEquals(0, observer.running(), "statements that began and did not end");
    }

    @Test
    void aStatementHasItsOperationItsTableAndItsRows() {
        var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
        assertEquals(List.of("INSERT users", "wrote 1"), observer.lines());

        users.get(ann.getId());
        users.where(USERS.NAME.eq("Ann")).page(PageRequest.first(10));
        assertEquals(List.of("SELECT users", "read 1", "SELECT users", "read 1"), observer.lines());

        var unused = users.upsert(u -> u.setEmail("ann@example.org").setAge(31)).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        assertEquals("INSERT users", observer.lines().getFirst());

        users.update(ann.getId(), u -> u.setAge(32));
        users.delete(ann.getId());
        assertEquals(List.of("UPDATE users", "wrote 1", "DELETE users", "wrote 1"), observer.lines());
    }

    @Test
    void theTextOfABatchOfRowsIsThatOfOneRow() {
        users.insertAll(IntStream.range(0, 9)
                .mapToObj(i -> new UsersRecord().setName("user " + i).setAge(i))
                .toList());

        assertEquals("wrote 9", observer.lines().getLast());
        assertEquals(
                "insert into `users` (`name`, `age`) values (?)",
                observer.texts().getFirst());
    }

    @Test
    void aStatementOfJooqHasItsTableIfItIsAboutOne() {
        database.dsl().selectFrom(USERS.as("u")).fetch();
        database.dsl()
                .select(USERS.NAME)
                .from(USERS.join(ORDERS).on(ORDERS.USER_ID.eq(USERS.ID)))
                .fetch();
        database.dsl().execute("do 0");
        database.dsl()
                .batch(
                        database.dsl().insertInto(USERS, USERS.NAME).values("Ann"),
                        database.dsl().insertInto(USERS, USERS.NAME).values("Bob"))
                .execute();

        assertEquals(
                List.of("SELECT users", "read 0", "SELECT", "read 0", "DO", "ended", "BATCH INSERT users", "wrote 2"),
                observer.lines());
    }

    @Test
    void aFailedStatementHasItsFailure() {
        users.insert(u -> u.setEmail("ann@example.org"));
        observer.lines();

        assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail("ann@example.org")));
        assertThrows(
                UniqueViolation.class,
                () -> database.dsl()
                        .insertInto(USERS, USERS.EMAIL)
                        .values("ann@example.org")
                        .execute());

        assertEquals(
                List.of("INSERT users", "failed: UniqueViolation", "INSERT users", "failed: UniqueViolation"),
                observer.lines());
    }

    @Test
    void aStatementThatWasNotSentEndsToo() {
        var unpaired = "\ud800";

        assertThrows(InvalidValue.class, () -> database.dsl().fetch("select ?", unpaired));

        assertEquals(List.of("SELECT", "failed: InvalidValue"), observer.lines());
    }

    @Test
    void aTransactionHasItsNameItsRetriesAndItsOutcome() {
        database.transaction(
                TransactionOptions.named("checkout"),
                new TwoAttempts(session -> users.in(session).insert(u -> u.setName("Ann"))));

        assertEquals(
                List.of(
                        "transaction checkout",
                        "START TRANSACTION",
                        "ended",
                        "INSERT users",
                        "wrote 1",
                        "ROLLBACK",
                        "ended",
                        "retried after TransientFailure",
                        "START TRANSACTION",
                        "ended",
                        "INSERT users",
                        "wrote 1",
                        "COMMIT",
                        "ended",
                        "COMMITTED"),
                observer.lines());
        assertEquals("insert into `users` (`name`) values (?)", observer.texts().get(1));
    }

    @Test
    void aTransactionEndsBeforeItsActionsAfterTheCommit() {
        var told = new ArrayList<String>();

        database.transaction(session -> session.afterCommit(() -> told.addAll(observer.lines())));

        assertEquals("COMMITTED", told.getLast());
    }

    @Test
    void aTransactionThatThrowsIsRolledBack() {
        assertThrows(
                IllegalArgumentException.class,
                () -> database.read(session -> {
                    throw new IllegalArgumentException();
                }));

        var lines = observer.lines();
        assertEquals("transaction, read-only", lines.getFirst());
        assertEquals("ROLLED_BACK IllegalArgumentException", lines.getLast());
    }

    @Test
    void aNestedTransactionIsASavepointOfTheOuterOne() {
        database.transaction(session -> session.nested(inner -> users.in(inner).insert(u -> u.setName("Ann"))));

        var lines = observer.lines();
        assertEquals(
                1, lines.stream().filter(line -> line.startsWith("transaction")).count());
        assertTrue(lines.contains("SAVEPOINT"), lines::toString);
    }

    @Test
    void aTransactionOfJooqIsObserved() {
        database.dsl().transaction(jooq -> jooq.dsl().selectOne().fetch());
        assertThrows(
                IllegalStateException.class,
                () -> database.dsl().transaction(jooq -> {
                    throw new IllegalStateException();
                }));

        var lines = observer.lines();
        assertEquals("transaction", lines.getFirst());
        assertTrue(lines.contains("COMMITTED"), lines::toString);
        assertEquals("ROLLED_BACK IllegalStateException", lines.getLast());
    }

    @Test
    void aJoinedTransactionIsNotToldAgain() {
        try (var pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 2)) {
            var joining = Database.over(
                    new TransactionAwareDataSourceProxy(pool),
                    DataSourceOptions.standard().withObserver(observer));
            new TransactionTemplate(new DataSourceTransactionManager(pool))
                    .executeWithoutResult(status -> joining.transaction(
                            session -> new UsersRepository(joining).in(session).insert(u -> u.setName("Ann"))));
        }

        assertEquals(
                List.of("SAVEPOINT", "ended", "INSERT users", "wrote 1", "RELEASE SAVEPOINT", "ended"),
                observer.lines());
    }

    @Test
    void mergedCallsAreOneStatement() {
        var id = users.insert(u -> u.setName("Ann")).getId();
        try (var merging = Database.open(
                WaitingCallers.options(SHOP.options(), Merging.READS).withObserver(observer))) {
            var merged = new UsersRepository(merging);
            observer.lines();

            WaitingCallers.runTogether(merging, 9, i -> merged.get(id));

            assertTrue(observer.lines().contains("SELECT users for 8"), () -> "no statement for 8 calls");
            assertEquals(1, merging.statistics().mergedStatements());
            assertEquals(8, merging.statistics().mergedCalls());
        }
    }

    @Test
    void mergedWritesOfVirtualThreadsRunInTheContextOfACaller() {
        try (var merging = Database.open(
                WaitingCallers.options(SHOP.options(), Merging.ALL).withObserver(observer))) {
            var merged = new UsersRepository(merging);
            merged.insert(u -> u.setName("first")); // asks whether the table rolls back
            observer.lines();

            WaitingCallers.runTogether(merging, 9, i -> merged.insert(u -> u.setName("user " + i)));

            assertTrue(observer.lines().containsAll(List.of("in context", "INSERT users for 8")));
        }
    }

    @Test
    void aCursorIsExecutedBeforeItsRowsAreRead() {
        users.insertAll(List.of(new UsersRecord().setName("Ann"), new UsersRecord().setName("Bob")));
        observer.lines();

        try (var rows = database.dsl().selectFrom(USERS).fetchLazy()) {
            assertTrue(rows.hasNext());
            users.exists(rows.fetchNext().getId());
        }

        assertEquals(List.of("SELECT users", "SELECT users", "read 1", "read 1"), observer.lines());
    }

    @Test
    void theServerIsThatOfTheConnection() {
        var servers = new ArrayList<ObservedServer>();
        try (var other = Database.open(SHOP.options().withObserver(new OnlyServers(servers)))) {
            new UsersRepository(other).all().count();
        }

        var server = servers.getFirst();
        var url = SHOP.options().url();
        assertTrue(url.contains("//" + server.host() + ":" + server.port() + "/" + server.schema()), server::toString);
        assertTrue(List.of("mysql", "mariadb").contains(server.system()));
    }

    private record OnlyServers(List<ObservedServer> servers) implements DatabaseObserver {

        @Override
        public RunningStatement statement(ObservedStatement statement) {
            servers.add(statement.server());
            throw new IllegalStateException("an observer that fails");
        }

        @Override
        public Runnable inContext(Runnable work) {
            throw new IllegalStateException("an observer that fails");
        }

        @Override
        public OpenTransaction transaction(ObservedTransaction transaction) {
            throw new IllegalStateException("an observer that fails");
        }
    }

    @Test
    void anObserverThatFailsChangesNothing() {
        try (var other = Database.open(SHOP.options().withObserver(new OnlyServers(new ArrayList<>())))) {
            var log = LogOutput.of(() -> other.transaction(
                    session -> new UsersRepository(other).in(session).insert(u -> u.setName("Ann"))));
            assertTrue(log.contains("The observer of statements and transactions failed"), log);
        }
        assertEquals(Optional.of("Ann"), SHOP.users().all().first().map(UsersRecord::getName));
    }

    /** An observer in another language may throw exceptions that no method of it declares. */
    @Test
    void anUndeclaredExceptionOfAnObserverChangesNothing() {
        try (var other = Database.open(SHOP.options().withObserver(new Throwing(new IOException("of an observer"))))) {
            new UsersRepository(other).insert(u -> u.setName("Ann"));
            other.transaction(session -> new UsersRepository(other).in(session).insert(u -> u.setName("Bob")));
            assertEquals(0, other.statistics().connectionsInUse());
        }
        assertEquals(2, SHOP.users().all().count());
    }

    private record Throwing(Throwable thrown) implements DatabaseObserver {

        @Override
        public RunningStatement statement(ObservedStatement statement) {
            return new ThrowingAtTheEnd(thrown);
        }

        @Override
        public Runnable inContext(Runnable work) {
            throw Throwing.<RuntimeException>unchecked(thrown);
        }

        @Override
        public OpenTransaction transaction(ObservedTransaction transaction) {
            throw Throwing.<RuntimeException>unchecked(thrown);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what it does not declare
        private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
            throw (X) thrown;
        }
    }

    private record ThrowingAtTheEnd(Throwable thrown) implements DatabaseObserver.RunningStatement {

        @Override
        public void executed() {
            throw Throwing.<RuntimeException>unchecked(thrown);
        }

        @Override
        public void ended(StatementOutcome outcome) {
            throw Throwing.<RuntimeException>unchecked(thrown);
        }
    }

    static List<UnaryOperator<Runnable>> wrongContexts() {
        return List.of(
                work -> () -> {
                    throw new IllegalStateException("an observer that fails");
                },
                work -> () -> {},
                work -> () -> {
                    work.run();
                    work.run();
                },
                work -> () -> Thread.startVirtualThread(work));
    }

    @ParameterizedTest
    @MethodSource("wrongContexts")
    void mergedWritesRunOnceWhateverTheirContextDoes(UnaryOperator<Runnable> context) {
        try (var merging = Database.open(
                WaitingCallers.options(SHOP.options(), Merging.ALL).withObserver(new OnlyContexts(context)))) {
            var merged = new UsersRepository(merging);
            merged.insert(u -> u.setName("first")); // asks whether the table rolls back

            var calls = WaitingCallers.runTogether(merging, 9, i -> merged.insert(u -> u.setName("user " + i)));

            assertEquals(List.of(), WaitingCallers.failures(calls));
            assertEquals(8, merging.statistics().mergedCalls());
        }
        assertEquals(10, SHOP.users().all().count());
    }

    private record OnlyContexts(UnaryOperator<Runnable> context) implements DatabaseObserver {

        @Override
        public @Nullable RunningStatement statement(ObservedStatement statement) {
            return null;
        }

        @Override
        public Runnable inContext(Runnable work) {
            return context.apply(work);
        }

        @Override
        public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
            return null;
        }
    }

    @Test
    void anErrorOfTheJvmInAnObserverLeavesNoSession() {
        var ending = new DatabaseObserver() {
            @Override
            public @Nullable RunningStatement statement(ObservedStatement statement) {
                return null;
            }

            @Override
            public Runnable inContext(Runnable work) {
                return work;
            }

            @Override
            public OpenTransaction transaction(ObservedTransaction transaction) {
                throw new StackOverflowError();
            }
        };
        try (var other = Database.open(SHOP.options().withObserver(ending))) {
            assertThrows(StackOverflowError.class, () -> other.transaction(session -> {}));
            assertThrows(StackOverflowError.class, () -> other.dsl().transaction(jooq -> {}));
            assertEquals(0, other.statistics().connectionsInUse());
        }
    }

    @Test
    void anErrorOfTheJvmInAnObserverOfARollbackLeavesNoSession() {
        var ending = new DatabaseObserver() {
            @Override
            public @Nullable RunningStatement statement(ObservedStatement statement) {
                if (statement.operation().equals("ROLLBACK")) {
                    throw new StackOverflowError();
                }
                return null;
            }

            @Override
            public Runnable inContext(Runnable work) {
                return work;
            }

            @Override
            public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
                return null;
            }
        };
        try (var other = Database.open(SHOP.options().withObserver(ending))) {
            assertThrows(
                    Throwable.class,
                    () -> other.dsl().transaction(jooq -> {
                        throw new ArithmeticException();
                    }));
            assertEquals(0, other.statistics().connectionsInUse());
        }
    }

    @Test
    void renderedTextsAreCounted() {
        var before = database.statistics();
        users.find(1);
        users.find(2);
        users.where(USERS.AGE.eq(1)).list();

        var after = database.statistics();
        assertEquals(2, after.renderedTexts() - before.renderedTexts());
        assertEquals(2, after.cachedTexts() - before.cachedTexts());
    }
}
