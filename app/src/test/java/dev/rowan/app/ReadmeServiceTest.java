package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.app.schema.DefaultSchema;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.MigrationException;
import dev.rowan.db.Migrator;
import dev.rowan.db.ServerOptions;
import dev.rowan.error.SchemaMismatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Compiles and runs the Java of {@code docs/service.md}, {@code docs/check.md} and {@code docs/adopting.md}. */
final class ReadmeServiceTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    private final String url = SERVICE.options().url();
    private final String user = SERVICE.options().user();
    private final String password = SERVICE.options().password();

    private int traced;

    /** For the README. */
    private final class Tracing implements ExecuteListener {
        @Override
        public void executeEnd(ExecuteContext context) {
            traced++;
        }
    }

    @Test
    void adopting() {
        var failure = assertThrows(MigrationException.class, this::markApplied);

        assertTrue(String.valueOf(failure.getMessage()).contains("There is no changelog shop/changelog.sql"));
    }

    private void markApplied() {
        // README: adopting
        Migrator.of(url, user, password, "shop/changelog.sql").markApplied();
        // end
    }

    @Test
    void adoptingWithoutAServerOfOnesOwn() throws Exception {
        assumeFalse(ServerOptions.fromSystem().server().startsWith("jdbc:"), "its database has tables of its own");
        var in = System.in;
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(new byte[] {'\n'}));
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            startServer();
        } finally {
            System.setIn(in);
            System.setOut(out);
        }

        assertTrue(printed.toString(UTF_8)
                .matches("export ROWAN_SERVER='jdbc:mysql:.*' ROWAN_USER=.* ROWAN_PASSWORD=.*\\R"));
    }

    private static void startServer() throws Exception {
        // README: adopting
        try (var server = DatabaseServer.start(ServerOptions.fromSystem());
                var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(255) UNIQUE)");
            System.out.println("export ROWAN_SERVER='" + server.url() + "' ROWAN_USER=" + server.user()
                    + " ROWAN_PASSWORD=" + server.password());
            System.in.read(); // until you press Enter
        }
        // end
    }

    @Test
    void settings() {
        // README: service
        var options = DatabaseOptions.of(url, user, password)
                .withPoolSize(20)
                .withStatementTimeout(Duration.ofSeconds(5))
                .withSlowStatement(Duration.ofMillis(200))
                .withRetry(RetryPolicy.standard().withAttempts(3))
                .withConfiguration(jooq -> jooq.deriveAppending(new Tracing()));
        // end

        try (var database = Database.open(options)) {
            new UsersRepository(database).all().count();
            assertEquals(1, traced);
            assertEquals(1, database.statistics().rowsRead());
        }
    }

    @Test
    void check() {
        var options = SERVICE.options();

        // README: check
        Database database = Database.open(options);
        database.check(DefaultSchema.DEFAULT_SCHEMA);
        // end

        try (database) {
            database.dsl().execute("alter table users drop index uk_users_email");
            var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(DefaultSchema.DEFAULT_SCHEMA));
            assertEquals(1, mismatch.differences().size());
            database.dsl().execute("alter table users add constraint uk_users_email unique (email)");
        }
    }

    @Test
    void spring() {
        var config = new HikariConfig();
        config.setUsername(user);
        config.setPassword(password);
        config.setJdbcUrl(url + "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
                + "&sessionVariables=group_concat_max_len=4294967295");
        config.setMaximumPoolSize(2);
        try (var pool = new HikariDataSource(config)) {
            // README: spring
            var database = Database.over(new TransactionAwareDataSourceProxy(pool));
            var users = new UsersRepository(database);
            var transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
            transactions.executeWithoutResult(status -> users.insert(u -> u.setName("Ann")));
            // end

            assertThrows(
                    IllegalStateException.class,
                    () -> transactions.executeWithoutResult(status -> {
                        users.insert(u -> u.setName("Bob"));
                        throw new IllegalStateException();
                    }));
            assertEquals(1, users.where(USERS.NAME.isNotNull()).count());
        }
    }
}
