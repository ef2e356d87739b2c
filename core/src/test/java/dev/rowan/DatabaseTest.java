package dev.rowan;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.testing.ChildProcess;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

class DatabaseTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String LEAKED = "leaked-7f3a";

    @Test
    void aServerThatDoesNotListenIsUnreachable() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var options = DatabaseOptions.of("jdbc:mysql://127.0.0.1:" + port + "/shop", "app", LEAKED);

        var failure = assertThrows(TransientFailure.class, () -> Database.open(options));
        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertEquals(
                "No server answers at " + options.url() + ". Check the address, and that the server is running.",
                failure.getMessage());
    }

    @Test
    void aServerThatNeverAnswersIsUnreachableWithinTheTimeout() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var options = DatabaseOptions.of("jdbc:mysql://127.0.0.1:" + silent.getLocalPort() + "/shop", "app", LEAKED)
                    .withStatementTimeout(Duration.ofMillis(500))
                    .withSocketTimeout(Duration.ofSeconds(1));

            var failure = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThrows(TransientFailure.class, () -> Database.open(options)));
            assertEquals(Kind.UNREACHABLE, failure.kind());
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutBeingShown() {
        var options = DatabaseOptions.of(SHOP.options().url(), SHOP.options().user(), LEAKED);

        var failure = assertThrows(OtherFailure.class, () -> Database.open(options));
        assertTrue(failure.getMessage().startsWith("Cannot log in to " + options.url()), failure.getMessage());
        assertFalse(failure.getMessage().contains(LEAKED));
        assertEquals(1045, failure.code());
    }

    @Test
    void theErrorForAUserWithoutPrivilegesHasAHint() {
        var user = "stranger_" + UUID.randomUUID().toString().substring(0, 8);
        var dsl = SHOP.database().dsl();
        dsl.execute("create user " + user + " identified by 'strange'");
        try {
            var options = DatabaseOptions.of(SHOP.options().url(), user, "strange");
            var failure = assertThrows(OtherFailure.class, () -> Database.open(options));
            assertEquals(1044, failure.code());
            assertTrue(
                    failure.getMessage().endsWith(" Grant the user privileges on the database, or check its name."),
                    failure.getMessage());
        } finally {
            dsl.execute("drop user " + user);
        }
    }

    @Test
    void aHostWithoutAnAddressIsReportedAsSuch() {
        var options = DatabaseOptions.of("jdbc:mysql://nowhere.invalid:3306/shop", "app", "");
        var failure = assertThrows(TransientFailure.class, () -> Database.open(options));
        assertEquals(
                "The host name in jdbc:mysql://nowhere.invalid:3306/shop cannot be resolved. Check the name, and the"
                        + " DNS of this machine.",
                failure.getMessage());
        assertEquals(Kind.UNREACHABLE, failure.kind());
    }

    @Test
    void theUrlOfAnotherDriverIsRefused() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> DatabaseOptions.of("jdbc:mariadb://localhost/shop", "app", ""));
        assertEquals(
                "The url must begin with jdbc:mysql://, for MariaDB too: MySQL's driver connects to both.",
                refused.getMessage());
    }

    @Test
    void aUrlThatTheDriverCannotReadIsNotReportedAsUnreachable() {
        var options = DatabaseOptions.of("jdbc:mysql://localhost/shop?tcpRcvBuf=many", "app", "");
        var failure = assertThrows(OtherFailure.class, () -> Database.open(options));
        assertTrue(failure.getMessage().startsWith("The driver cannot use the URL "), failure.getMessage());
    }

    @Test
    void aClosedDatabaseRefusesCalls() {
        var database = Database.open(SHOP.options());
        database.close();

        var users = new dev.rowan.shop.repositories.UsersRepository(database);
        assertThrows(IllegalStateException.class, () -> users.all().count());
        assertThrows(IllegalStateException.class, () -> database.transaction(session -> {}));
    }

    @Test
    void aPoolInUseIsExhaustedAfterItsTimeout() {
        var options = SHOP.options().withPoolSize(1).withPoolTimeout(Duration.ofSeconds(2));
        try (var database = Database.open(options)) {
            var users = new dev.rowan.shop.repositories.UsersRepository(database);
            var failure = database.transactionResult(session ->
                    assertThrows(TransientFailure.class, () -> users.all().count()));
            assertEquals(Kind.POOL_EXHAUSTED, failure.kind());
            assertTrue(failure.getMessage().contains("total=1, active=1"), failure.getMessage());
        }
    }

    @Test
    void aThousandVirtualThreadsShareFourConnections() throws Exception {
        try (var database = Database.open(SHOP.options().withPoolSize(4).withPoolTimeout(Duration.ofSeconds(30)));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var users = new dev.rowan.shop.repositories.UsersRepository(database);
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < 1_000; i++) {
                calls.add(threads.submit(
                        () -> database.transaction(session -> users.in(session).insert(u -> u.setName("Ann")))));
            }
            for (var call : calls) {
                call.get();
            }
            assertEquals(1_000, users.all().count());
            assertEquals(0, database.statistics().connectionsInUse());
        }
    }

    @Test
    void anInterruptWhileWaitingForAConnectionIsATransientFailure() {
        try (var database = Database.open(SHOP.options().withPoolSize(1))) {
            database.transaction(session -> {
                Thread.currentThread().interrupt();
                var failure = assertThrows(
                        TransientFailure.class, () -> database.dsl().fetchValue("select 1"));
                assertEquals(Kind.INTERRUPTED, failure.kind());
                assertTrue(Thread.interrupted(), "the interrupt is kept");
            });
            assertEquals("1", String.valueOf(database.dsl().fetchValue("select 1")));
        }
    }

    @Test
    void afterALostConnectionTheOthersAreTested() {
        try (var database = Database.open(SHOP.options().withPoolSize(3).withRetry(RetryPolicy.never()))) {
            var ids = new ArrayList<Object>();
            database.transaction(a -> database.transaction(b -> database.transaction(c -> {
                for (var session : List.of(a, b, c)) {
                    ids.add(session.dsl().fetchValue("select connection_id()"));
                }
            })));
            SHOP.database().dsl().connection(connection -> {
                for (var id : ids) {
                    connection.createStatement().execute("kill " + id);
                }
            });

            var failures = 0;
            for (int i = 0; i < 4; i++) {
                try {
                    database.dsl().fetchValue("select 1");
                } catch (TransientFailure lost) {
                    failures++;
                }
            }
            // zero if the pool had the time to test them
            assertTrue(failures <= 1, failures + " of three broken connections were given out");
        }
    }

    @Test
    void aQueryThatTakesTooLongIsAStatementTimeout() {
        try (var database = Database.open(SHOP.options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var slow = "select count(*) from information_schema.columns a, information_schema.columns b,"
                    + " information_schema.columns c, information_schema.columns d";
            assertThrows(StatementTimeout.class, () -> database.dsl().fetchValue(slow));
        }
    }

    @Test
    void everyConnectionIsStrictAndInUtc() {
        var dsl = SHOP.database().dsl();

        assertTrue(String.valueOf(dsl.fetchValue("select @@session.sql_mode")).contains("STRICT_TRANS_TABLES"));
        assertEquals("0", String.valueOf(dsl.fetchValue("select timestampdiff(minute, utc_timestamp(), now())")));
    }

    @Test
    void theDialectIsThatOfTheServer() {
        var version = String.valueOf(SHOP.database().dsl().fetchValue("select version()"));

        assertEquals(
                version.contains("MariaDB") ? SQLDialect.MARIADB : SQLDialect.MYSQL,
                SHOP.database().dsl().dialect());
    }

    @Test
    void optionsShowNoSecret() {
        var options = DatabaseOptions.of(
                "jdbc:mysql://localhost:3306/shop?trustCertificateKeyStorePassword=ab," + LEAKED
                        + "&clientCertificateKeyStorePass%77ord=" + LEAKED,
                "app",
                LEAKED);

        assertFalse(options.toString().contains(LEAKED), options.toString());
        assertTrue(options.toString().contains("localhost:3306/shop"), options.toString());
    }

    @Test
    void optionsAreCheckedWhereTheyAreMade() {
        var options = SHOP.options();

        for (var url : List.of(
                "jdbc:h2:mem:",
                "jdbc:mysql://localhost",
                "jdbc:mysql://localhost:3306/",
                "jdbc:mysql://localhost:port/shop",
                "jdbc:mysql:///shop",
                "jdbc:mysql://localhost/shop?useAffectedRows=true")) {
            assertThrows(IllegalArgumentException.class, () -> DatabaseOptions.of(url, "app", ""), url);
        }
        assertThrows(IllegalArgumentException.class, () -> options.withPoolSize(0));
        assertThrows(IllegalArgumentException.class, () -> options.withConnectTimeout(Duration.ZERO));
        var error =
                assertThrows(IllegalArgumentException.class, () -> options.withSocketTimeout(Duration.ofSeconds(1)));
        assertEquals(
                "The socketTimeout of PT1S must be longer than the statementTimeout of PT30S, or the answer to a slow"
                        + " statement is lost. Set a shorter statementTimeout first.",
                error.getMessage());
        var hasty = options.withStatementTimeout(Duration.ofMillis(500)).withSocketTimeout(Duration.ofSeconds(1));
        assertEquals(Duration.ofSeconds(1), hasty.socketTimeout());
    }

    @Test
    void eachTimeoutIsPositiveAndWithinTheDriversRange() {
        var limits = Map.<String, Function<Duration, DatabaseOptions>>of(
                "connectTimeout", SHOP.options()::withConnectTimeout,
                "poolTimeout", SHOP.options()::withPoolTimeout,
                "statementTimeout", SHOP.options()::withStatementTimeout,
                "socketTimeout", SHOP.options()::withSocketTimeout);
        limits.forEach((name, with) -> {
            for (var none : List.of(Duration.ZERO, Duration.ofMillis(-5))) {
                refused("The " + name + " must be longer than zero.", () -> with.apply(none));
            }
            for (var eternal : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(25))) {
                refused("The " + name + " must be at most 24 days.", () -> with.apply(eternal));
            }
            var longest = with.apply(Duration.ofDays(24));
            assertTrue(longest.toString().contains(name + "=PT576H"), longest.toString());
        });
    }

    @Test
    void noStatementIsSlowIfTheLimitIsLong() {
        var options = SHOP.options().withSlowStatement(Duration.ofSeconds(Long.MAX_VALUE));

        try (var database = Database.open(options)) {
            database.dsl().selectOne().fetch();
            assertEquals(0, database.statistics().slowStatements());
        }
        refused("The slowStatement must be longer than zero.", () -> options.withSlowStatement(Duration.ZERO));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without NullAway may write
    void anOptionThatIsNullIsRefusedByName() {
        var options = SHOP.options();
        var calls = Map.<String, Executable>of(
                "url", () -> DatabaseOptions.of(null, "app", ""),
                "user", () -> DatabaseOptions.of(options.url(), null, ""),
                "connectTimeout", () -> options.withConnectTimeout(null),
                "statementTimeout", () -> options.withStatementTimeout(null),
                "socketTimeout", () -> options.withSocketTimeout(null),
                "slowStatement", () -> options.withSlowStatement(null),
                "retry", () -> options.withRetry(null),
                "merging", () -> options.withMerging(null),
                "configuration", () -> options.withConfiguration(null));
        calls.forEach((name, call) -> assertEquals(
                name, assertThrows(NullPointerException.class, call).getMessage()));
    }

    @Test
    void aFirstStatementLogsNothingOfJooq() throws Exception {
        var output = ChildProcess.run(FirstStatement.class, 64, SHOP.options());

        assertEquals("0 users, logo allowed" + System.lineSeparator(), output);
    }

    /** Opens a database in a JVM that has not used jOOQ before, with a logger at its default level. */
    static final class FirstStatement {

        private FirstStatement() {}

        public static void main(String[] arguments) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
            System.setProperty("org.slf4j.simpleLogger.log.com.zaxxer", "off");
            System.setProperty(
                    "org.slf4j.simpleLogger.log.org.jooq.impl.DefaultExecuteContext.logVersionSupport", "info");
            try (var database = Database.open(ChildProcess.options(arguments))) {
                var users = database.dsl().fetchCount(USERS);
                System.out.println(users + " users, logo "
                        + (System.getProperty("org.jooq.no-logo") == null ? "allowed" : "forbidden"));
            }
        }
    }
}
