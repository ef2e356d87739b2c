package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.connection.SessionSetting;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

public class OverDataSourceTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    /** The settings that {@link Database#over} requires. */
    public static final Map<String, String> SETTINGS = Map.of(
            "connectionTimeZone", "UTC",
            "forceConnectionTimeZoneToSession", "true",
            "sessionVariables", SessionSetting.assignments());

    private final HikariDataSource pool = pool(SHOP.options(), SETTINGS, 1);

    /** Returns a pool as a service would configure it. */
    public static HikariDataSource pool(DatabaseOptions options, Map<String, String> settings, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(options.url());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        settings.forEach(config::addDataSourceProperty);
        return new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        pool.close();
    }

    @Test
    void thePoolOfAUserWorksLikeRowansOwn() {
        try (var database = Database.over(pool)) {
            var users = new UsersRepository(database);

            var ann = users.insert(u -> u.setName("Ann").setAge(31));
            assertTrue(ann.getId() > 0);
            database.transaction(session -> users.in(session).update(ann.getId(), u -> u.setAge(32)));
            assertEquals(32, SHOP.users().get(ann.getId()).getAge());
            assertThrows(
                    IllegalStateException.class,
                    () -> database.transaction(session -> {
                        users.in(session).delete(ann.getId());
                        throw new IllegalStateException();
                    }));
            assertTrue(users.find(ann.getId()).isPresent());
        }
    }

    @Test
    void theOptionsApplyToThePoolOfAUser() {
        var statements = new ArrayList<String>();
        var options = DataSourceOptions.standard()
                .withStatementTimeout(Duration.ofMillis(300))
                .withRetry(RetryPolicy.never())
                .withConfiguration(jooq -> jooq.deriveAppending(ExecuteListener.onExecuteStart(
                        context -> statements.add(Objects.requireNonNullElse(context.sql(), "")))));
        try (var pool = pool(SHOP.options(), SETTINGS, 2); // the second connection stops a statement
                var database = Database.over(pool, options)) {
            var users = new UsersRepository(database);
            users.insert(u -> u.setName("Ann"));
            assertTrue(statements.getFirst().startsWith("insert"), statements::toString);

            assertThrows(
                    StatementTimeout.class,
                    () -> users.where(DSL.condition("sleep(20) = 0")).list());
            var attempts = new AtomicInteger();
            assertThrows(
                    TransientFailure.class,
                    () -> database.transaction(session -> {
                        attempts.incrementAndGet();
                        throw new TransientFailure("A deadlock.", Kind.DEADLOCK, null);
                    }));
            assertEquals(1, attempts.get());
        }
    }

    @Test
    void aWriteTakesOneRoundTripWhateverTheDriverIsSetTo() {
        try (var database = Database.over(pool)) {
            var users = new UsersRepository(database);
            var ann = users.insert(u -> u.setName("Ann"));
            var none = questions(database, () -> {});

            assertEquals(1, questions(database, () -> users.update(ann.getId(), u -> u.setAge(32))) - none);
            assertEquals(
                    3,
                    questions(
                                    database,
                                    () -> database.transaction(
                                            session -> users.in(session).delete(ann.getId())))
                            - none);
        }
    }

    /** Returns the number of statements that the pool's only connection has sent, including this query. */
    private static long questions(Database database, Runnable work) {
        var before = questions(database);
        work.run();
        return questions(database) - before;
    }

    private static long questions(Database database) {
        return database.dsl()
                .fetchSingle("show session status like 'Questions'")
                .get(1, Long.class);
    }

    @Test
    void closingTheDatabaseLeavesThePoolOpenAndRefusesLaterCalls() throws Exception {
        var database = Database.over(pool);
        database.close();

        assertThrows(IllegalStateException.class, () -> database.dsl().fetchValue("select 1"));
        assertThrows(
                IllegalStateException.class,
                () -> new UsersRepository(database).all().count());
        try (var connection = pool.getConnection()) {
            assertTrue(connection.isValid(1));
        }
    }

    @Test
    void everyWrongSettingIsReportedWithItsFix() {
        var settings = Map.of(
                "useAffectedRows", "true",
                "autoReconnect", "true",
                "useLocalTransactionState", "true",
                "sendFractionalSeconds", "false",
                "characterEncoding", "latin1",
                "jdbcCompliantTruncation", "false",
                "sessionVariables", "sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES',time_zone='+05:00'");
        try (var wrong = pool(SHOP.options(), settings, 1)) {
            var message = refusal(wrong);
            for (var hint : new String[] {
                "useAffectedRows=false",
                "autoReconnect=false",
                "useLocalTransactionState=false",
                "sendFractionalSeconds=true",
                "characterEncoding=UTF-8",
                "connectionTimeZone=UTC and forceConnectionTimeZoneToSession=true",
                "group_concat_max_len=4294967295",
                "sql_mode='STRICT_TRANS_TABLES",
                "sql_mode ANSI_QUOTES",
                "sql_mode NO_BACKSLASH_ESCAPES",
                "driver converts times to and from Europe/Paris",
                "session's time zone is not UTC"
            }) {
                assertTrue(message.contains(hint), () -> hint + " is missing in: " + message);
            }
            assertEquals(0, wrong.getHikariPoolMXBean().getActiveConnections());
        }
    }

    private static String refusal(HikariDataSource wrong) {
        return String.valueOf(assertThrows(IllegalStateException.class, () -> Database.over(wrong))
                .getMessage());
    }

    @Test
    void theErrorForAPoolWithDefaultSettingsListsOnlyTheMissingOnes() {
        try (var plain = pool(SHOP.options(), Map.of(), 1)) {
            var message = refusal(plain);
            assertTrue(message.contains("connectionTimeZone=UTC"), message);
            assertTrue(message.contains("group_concat_max_len"), message);
            assertFalse(message.contains("sql_mode"), message);
            assertFalse(message.contains("autoCommit"), message);
            assertFalse(message.contains("useAffectedRows"), message);
        }
    }

    /** Not every server has messages in other languages. */
    @Test
    void aServerWhoseErrorsAreNotInEnglishIsRefused() {
        try {
            SHOP.database().dsl().execute("set lc_messages = 'de_DE'");
        } catch (OtherFailure e) {
            assertEquals(1231, e.code());
            return;
        }
        try (var german = pool(SHOP.options(), Map.of("sessionVariables", "lc_messages='de_DE'"), 1)) {
            var message = refusal(german);
            assertTrue(message.contains("Set sessionVariables=lc_messages='en_US'."), message);
        }
    }

    @Test
    void aPoolWithoutAutocommitIsRefused() {
        pool.close();
        var config = new HikariConfig();
        pool.copyStateTo(config);
        config.setAutoCommit(false);
        try (var wrong = new HikariDataSource(config)) {
            var message = refusal(wrong);
            assertTrue(message.contains("Set autoCommit=true in the pool"), message);
        }
    }

    @Test
    void aConnectionWithChangedStateIsNotReusedInAUsersPoolEither() {
        try (var database = Database.over(pool)) {
            var first = database.dsl().fetchValue("select connection_id()");
            database.dsl().execute("set @kept = 1");

            assertEquals("null", String.valueOf(database.dsl().fetchValue("select @kept")));
            assertNotEquals(first, database.dsl().fetchValue("select connection_id()"));
            database.dsl().connection(connection -> connection.setAutoCommit(false));
            assertEquals("1", String.valueOf(database.dsl().fetchValue("select @@autocommit")));
            var last = database.dsl().fetchValue("select connection_id()");
            assertEquals(last, database.dsl().fetchValue("select connection_id()"), "an ordinary query keeps it");
        }
    }

    @Test
    void aPoolWhoseConnectionsStreamByDefaultReadsAsOthersDo() {
        var settings = new HashMap<>(SETTINGS);
        settings.put("defaultFetchSize", String.valueOf(Integer.MIN_VALUE));
        try (var pool = pool(SHOP.options(), settings, 1);
                var database = Database.over(pool)) {
            var users = new UsersRepository(database);
            var ann = users.insertAndGet(u -> u.setName("Ann").setAge(31));

            assertTrue(users.find(ann.getId()).isPresent());
            assertTrue(users.exists(ann.getId()));
            assertEquals(1, users.all().count());
            assertEquals(1, users.all().list().size());
        }
    }

    @Test
    void anInterruptWhileWaitingForAConnectionOfTheUsersIsTyped() throws Exception {
        try (var database = Database.over(pool, DataSourceOptions.standard());
                var held = pool.getConnection()) {
            Thread.currentThread().interrupt();
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> new UsersRepository(database).all().count());
            assertTrue(Thread.interrupted(), "the interrupt is kept");
            assertEquals(Kind.INTERRUPTED, failure.kind());
            assertTrue(held.isValid(1));
        }
    }

    @Test
    void anExhaustedPoolOfTheUsersIsTyped() throws Exception {
        try (var database = Database.over(pool);
                var held = pool.getConnection()) {
            assertFalse(held.isClosed());
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> new UsersRepository(database).all().count());
            assertEquals(Kind.POOL_EXHAUSTED, failure.kind());
            assertTrue(failure.getMessage().startsWith("All connections to the DataSource are in use (total=1"));
        }
    }
}
