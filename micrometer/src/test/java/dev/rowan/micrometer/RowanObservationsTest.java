package dev.rowan.micrometer;

import static dev.rowan.micrometer.schema.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import dev.rowan.junit.TestDatabase;
import dev.rowan.micrometer.schema.Keys;
import dev.rowan.micrometer.schema.repositories.UsersRepository;
import dev.rowan.micrometer.schema.tables.records.UsersRecord;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.result.PageRequest;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.transport.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The observations of statements and transactions. */
class RowanObservationsTest {

    @RegisterExtension
    static final TestDatabase DB =
            TestDatabase.of("rowan/changelog/master.yaml").restoring();

    private static final String LEAKED = "leaked-7f3a";

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final List<Observation.Context> stopped = new ArrayList<>();
    private final Database database = open(options -> options.withObserver(RowanObservations.in(registry)));
    private final UsersRepository users = new UsersRepository(database);

    RowanObservationsTest() {
        registry.observationConfig().observationHandler(new Stopped(stopped));
    }

    private static Database open(UnaryOperator<DatabaseOptions> change) {
        return Database.open(change.apply(DatabaseOptions.of(DB.url(), DB.user(), DB.password())));
    }

    @AfterEach
    void close() {
        database.close();
        assertNull(registry.getCurrentObservationScope(), "a scope that is still open");
    }

    private record Stopped(List<Observation.Context> contexts) implements ObservationHandler<Observation.Context> {

        @Override
        public synchronized void onStop(Observation.Context context) {
            contexts.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private List<String> names() {
        return stopped.stream().map(Observation.Context::getContextualName).toList();
    }

    private static Map<String, String> values(Iterable<KeyValue> values) {
        var map = new HashMap<String, String>();
        values.forEach(value -> map.put(value.getKey(), value.getValue()));
        return map;
    }

    private Map<String, String> low() {
        return values(stopped.getLast().getLowCardinalityKeyValues());
    }

    private Map<String, String> high() {
        return values(stopped.getLast().getHighCardinalityKeyValues());
    }

    @Test
    void aStatementHasTheNamesOfOpenTelemetry() {
        users.insert(u -> u.setName("Ann"));

        users.where(USERS.NAME.eq("Ann")).list();

        var context = assertInstanceOf(StatementObservationContext.class, stopped.getLast());
        assertEquals("db.client.operation.duration", context.getName());
        assertEquals("SELECT users", context.getContextualName());
        assertEquals(Kind.CLIENT, context.getKind());
        var low = new HashMap<>(low());
        assertTrue(List.of("mysql", "mariadb").contains(low.remove("db.system.name")));
        assertTrue(DB.url()
                .contains("//" + low.remove("server.address") + ":" + low.remove("server.port") + "/"
                        + low.remove("db.namespace")));
        assertEquals(
                Map.of(
                        "db.collection.name", "users",
                        "db.operation.name", "SELECT",
                        "db.query.summary", "SELECT users",
                        "db.response.status_code", "none",
                        "error.type", "none"),
                low);
        assertEquals("1", high().get("db.response.returned_rows"));
        assertTrue(
                high().getOrDefault("db.query.text", "").endsWith(" from `users` where `users`.`name` = ?"),
                high()::toString);
    }

    @Test
    void eachKindOfStatementIsNamedByItsOperationAndTable() {
        var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
        users.insertAll(List.of(new UsersRecord().setName("Bob"), new UsersRecord().setName("Cem")));
        var unused = users.upsert(u -> u.setEmail("ann@example.org").setAge(31)).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        users.where(USERS.AGE.gt(18)).page(PageRequest.first(10));
        users.update(ann.getId(), u -> u.setAge(32));
        users.delete(ann.getId());
        database.dsl().selectFrom(USERS).fetch();

        var names = new ArrayList<>(names());
        names.removeIf("SELECT"::equals); // the step between generated ids
        assertEquals(
                List.of(
                        "INSERT users",
                        "INSERT users",
                        "INSERT users",
                        "SELECT users",
                        "UPDATE users",
                        "DELETE users",
                        "SELECT users"),
                names);
    }

    @Test
    void aBatchOfJooqHasItsSize() {
        database.dsl()
                .batch(
                        database.dsl().insertInto(USERS, USERS.NAME).values("Ann"),
                        database.dsl().insertInto(USERS, USERS.NAME).values("Bob"))
                .execute();

        assertEquals("BATCH INSERT users", stopped.getLast().getContextualName());
        assertEquals("2", high().get("db.operation.batch.size"));
        assertEquals("2", high().get("rowan.written_rows"));
    }

    @Test
    void aFailureHasTheServersCodeAndItsType() {
        users.insert(u -> u.setEmail("ann@example.org"));

        assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail("ann@example.org")));

        assertEquals("1062", low().get("db.response.status_code"));
        assertEquals("dev.rowan.error.UniqueViolation", low().get("error.type"));
        assertInstanceOf(UniqueViolation.class, stopped.getLast().getError());
    }

    @Test
    void theStatementsOfATransactionAreInItWithAllItsAttempts() {
        var attempts = new ArrayList<Integer>();

        Observation.createNotStarted("request", registry).observe(() -> {
            database.transaction(TransactionOptions.named("checkout"), session -> {
                attempts.add(1);
                session.nested(inner -> users.in(inner).insert(u -> u.setName("Ann")));
                session.afterCommit(() -> users.all().count());
                if (attempts.size() == 1) {
                    throw new TransientFailure("a deadlock", TransientFailure.Kind.DEADLOCK, null);
                }
            });
        });

        assertEquals(
                List.of(
                        "START TRANSACTION",
                        "SAVEPOINT",
                        "INSERT users",
                        "ROLLBACK",
                        "START TRANSACTION",
                        "SAVEPOINT",
                        "INSERT users",
                        "COMMIT",
                        "transaction checkout",
                        "SELECT users"),
                names().subList(0, 10));
        var transaction = stopped.get(8);
        assertEquals("rowan.transaction", transaction.getName());
        for (var statement : stopped.subList(0, 8)) {
            assertEquals(transaction, parent(statement));
        }
        assertEquals("request", parent(transaction).getName());
        assertEquals("request", parent(stopped.get(9)).getName(), "an action after the commit");
        var low = values(transaction.getLowCardinalityKeyValues());
        assertEquals("checkout", low.get("rowan.transaction.name"));
        assertEquals("false", low.get("rowan.transaction.read_only"));
        assertEquals("committed", low.get("rowan.transaction.outcome"));
        assertEquals("2", values(transaction.getHighCardinalityKeyValues()).get("rowan.transaction.attempts"));
    }

    private static Observation.ContextView parent(Observation.Context context) {
        return Optional.ofNullable(context.getParentObservation()).orElseThrow().getContextView();
    }

    @Test
    void ofAnotherExceptionOnlyTheClassIsShown() {
        assertThrows(
                IllegalArgumentException.class,
                () -> database.transaction(session -> {
                    throw new IllegalArgumentException(LEAKED);
                }));

        assertEquals("rolled_back", low().get("rowan.transaction.outcome"));
        assertEquals("java.lang.IllegalArgumentException", low().get("error.type"));
        assertNull(stopped.getLast().getError());
    }

    @Test
    void mergedCallsAreOneObservationWithTheirNumber() throws Exception {
        var id = users.insert(u -> u.setName("Ann")).getId();
        try (var one = open(options -> options.withPoolSize(1).withObserver(RowanObservations.in(registry)));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var merged = new UsersRepository(one);
            var done = new CountDownLatch(9);
            one.transaction(session -> {
                for (int i = 0; i < 9; i++) {
                    threads.execute(() -> {
                        merged.get(id);
                        done.countDown();
                    });
                    while (one.statistics().callersWaiting() <= i) {
                        Thread.onSpinWait();
                    }
                }
            });
            done.await();

            assertEquals(8, one.statistics().mergedCalls());
        }
        assertTrue(stopped.stream()
                .anyMatch(context ->
                        "8".equals(values(context.getHighCardinalityKeyValues()).get("rowan.merged_calls"))));
    }

    @Test
    void workOnAnotherThreadHasTheObservationOfTheFirst() throws InterruptedException {
        var observer = RowanObservations.in(registry);
        var seen = new ArrayList<Observation>();
        var request = Observation.start("request", registry);
        var other = request.scoped(
                () -> Thread.ofVirtual().start(observer.inContext(() -> seen.add(registry.getCurrentObservation()))));
        other.join();
        request.stop();

        assertEquals(List.of(request), seen);
        Runnable work = () -> {};
        assertEquals(work, observer.inContext(work));
    }

    @Test
    void noValueIsShown() {
        users.insert(u -> u.setName(LEAKED).setEmail(LEAKED));
        users.where(USERS.NAME.in(LEAKED, LEAKED + "2")).list();
        users.where(USERS.NAME.eq(DSL.inline(LEAKED))).list();
        assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail(LEAKED)));
        database.dsl().fetch("select '" + LEAKED + "' /* " + LEAKED + " */ -- " + LEAKED);
        assertThrows(RuntimeException.class, () -> database.dsl().execute(LEAKED));
        database.dsl()
                .batch(database.dsl().insertInto(USERS, USERS.NAME).values(LEAKED))
                .execute();

        assertFalse(stopped.isEmpty());
        for (var context : stopped) {
            for (var value : context.getAllKeyValues()) {
                var isText = value.getKey().equals("db.query.text");
                assertFalse(value.getValue().contains(isText ? LEAKED : "leaked"), () -> value.toString());
            }
            assertFalse(String.valueOf(context.getContextualName()).contains("leaked"));
        }
    }

    @Test
    void withoutAHandlerNothingIsMade() {
        var idle = RowanObservations.in(ObservationRegistry.create());
        try (var other = open(options -> options.withObserver(new Asserting(idle)))) {
            new UsersRepository(other).all().count();
            other.transaction(session -> {});
        }
    }

    /** Asserts that an observer refuses all. */
    private record Asserting(DatabaseObserver observer) implements DatabaseObserver {

        @Override
        public @Nullable RunningStatement statement(ObservedStatement statement) {
            assertNull(observer.statement(statement));
            return null;
        }

        @Override
        public Runnable inContext(Runnable work) {
            return work;
        }

        @Override
        public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
            assertNull(observer.transaction(transaction));
            return null;
        }
    }

    /** The handlers before the one that fails have begun spans and scopes. */
    @ParameterizedTest
    @ValueSource(strings = {"start", "scopeOpened", "scopeClosed", "error"})
    void aHandlerThatFailsLeavesNoScopeAndNoSpanOpen(String when) {
        registry.observationConfig().observationHandler(new Failing(when));

        users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
        assertThrows(
                UniqueViolation.class,
                () -> database.transaction(session ->
                        users.in(session).insert(u -> u.setName("Bob").setEmail("ann@example.org"))));

        assertNull(registry.getCurrentObservationScope());
        assertEquals(5, stopped.size(), "one insert, a transaction, and the three statements in it");
    }

    private record Failing(String when) implements ObservationHandler<Observation.Context> {

        private void fail(String now) {
            if (now.equals(when)) {
                throw new IllegalStateException("a handler that fails");
            }
        }

        @Override
        public void onStart(Observation.Context context) {
            fail("start");
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            fail("scopeOpened");
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            fail("scopeClosed");
        }

        @Override
        public void onError(Observation.Context context) {
            fail("error");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Test
    void aPredicateOfTheRegistryRefusesObservations() {
        registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("rowan.transaction"));

        database.transaction(session -> users.in(session).all().count());

        assertEquals(List.of("START TRANSACTION", "SELECT users", "COMMIT"), names());
    }

    @Test
    void aConventionOfOnesOwnNamesThem() {
        var convention = new DefaultStatementObservationConvention(false) {
            @Override
            public String getName() {
                return "my.statements";
            }
        };
        try (var other = open(
                options -> options.withObserver(RowanObservations.in(registry).withConvention(convention)))) {
            new UsersRepository(other).all().count();
        }

        assertEquals("my.statements", stopped.getLast().getName());
        assertFalse(high().containsKey("db.query.text"));
    }

    @Test
    void aMeterHandlerMakesTheMetricOfOpenTelemetry() {
        var meters = new SimpleMeterRegistry();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));

        users.insert(u -> u.setName("Ann"));

        var timer = meters.get("db.client.operation.duration")
                .tag("db.query.summary", "INSERT users")
                .timer();
        assertEquals(1, timer.count());
        assertTrue(
                timer.getId().getTags().stream().noneMatch(tag -> tag.getKey().equals("db.query.text")));
    }
}
