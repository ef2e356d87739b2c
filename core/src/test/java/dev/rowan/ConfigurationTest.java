package dev.rowan;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.VisitListener;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderKeywordCase;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.conf.ThrowExceptions;
import org.jooq.exception.DetachedException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.ThreadLocalTransactionProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user's changes of jOOQ's configuration apply to {@code dsl()} and to repositories. */
class ConfigurationTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    /** Records the events it receives, and adds a comment to each statement. */
    private static final class Ears implements ExecuteListener {

        final List<String> heard = new ArrayList<>();

        @Override
        public void start(ExecuteContext context) {
            heard.add("start");
        }

        @Override
        public void renderEnd(ExecuteContext context) {
            context.sql("/* traced */ " + context.sql());
        }

        @Override
        public void executeStart(ExecuteContext context) {
            heard.add("execute " + Objects.requireNonNull(context.sql()).split(" ", 5)[3]);
        }

        @Override
        public void executeEnd(ExecuteContext context) {
            heard.add("executed, rows: " + context.rows());
        }

        @Override
        public void exception(ExecuteContext context) {
            heard.add("code " + Objects.requireNonNull(context.sqlException()).getErrorCode());
        }

        @Override
        public void end(ExecuteContext context) {
            heard.add("end");
        }
    }

    @Test
    void executeListenersReceiveEveryStatement() {
        var ears = new Ears();
        try (var database = open(c -> c.deriveAppending(ears))) {
            var users = new UsersRepository(database);

            var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
            assertEquals(List.of("start", "execute insert", "executed, rows: 1", "end"), taken(ears));
            assertEquals(1, users.where(USERS.ID.eq(ann.getId())).list().size());
            assertEquals(List.of("start", "execute select", "executed, rows: -1", "end"), taken(ears));
            assertEquals(1, database.dsl().fetchCount(USERS));
            assertEquals(List.of("start", "execute select", "executed, rows: -1", "end"), taken(ears));

            assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail("ann@example.org")));
            assertEquals(List.of("start", "execute insert", "code 1062", "end"), taken(ears));
            database.transaction(session -> assertTrue(users.in(session).delete(ann.getId())));
            assertEquals(List.of("start", "execute delete", "executed, rows: 1", "end"), taken(ears));
            assertEquals(1, database.statistics().failures());
        }
    }

    @Test
    void aCommentThatAListenerAddsReachesTheServer() {
        try (var database = open(c -> c.deriveAppending(new Ears()))) {
            var users = new UsersRepository(database);
            users.insert(u -> u.setName("Ann"));

            var condition =
                    DSL.condition("exists (select 1 from information_schema.processlist where id = connection_id()"
                            + " and info like '/* traced */%')");
            assertEquals(1, users.where(condition).count());
            assertEquals(0, SHOP.users().where(condition).count());
        }
    }

    @Test
    void renderSettingsApplyInRepositories() {
        var log = LogOutput.of(() -> {
            try (var database = open(c -> c.derive(c.settings()
                    .withRenderKeywordCase(RenderKeywordCase.UPPER)
                    .withRenderQuotedNames(RenderQuotedNames.NEVER)))) {
                new UsersRepository(database).find(7);
                database.dsl().fetchExists(USERS);
            }
        });

        assertTrue(log.contains(" FROM users WHERE users.id = ? ["), log);
        assertTrue(log.contains("SELECT EXISTS (SELECT 1 FROM users) ["), log);
    }

    @Test
    void visitListenersRunOnceForEachQueryShape() {
        var visits = new ArrayList<String>();
        VisitListener listener = VisitListener.onVisitStart(context -> {
            if (context.renderContext() != null && context.queryPart() instanceof TableField<?, ?>) {
                visits.add("column");
            }
        });
        try (var database = open(c -> c.deriveAppending(listener))) {
            var users = new UsersRepository(database);
            users.where(USERS.NAME.eq("Ann")).exists();
            var firstVisits = visits.size();
            users.where(USERS.NAME.eq("Bob")).exists();

            assertTrue(firstVisits > 0);
            assertEquals(firstVisits, visits.size());
            assertFalse(database.dsl().fetchExists(USERS, USERS.NAME.eq("Cid")));
            assertTrue(visits.size() > firstVisits);
        }
    }

    @Test
    void aSchemaMappingAppliesInRepositories() {
        var other = "rowan_test_other_" + Long.toHexString(System.nanoTime());
        SHOP.database().dsl().execute("create schema " + other);
        try {
            SHOP.database().dsl().execute("create table " + other + ".users like users");
            var mapping = new RenderMapping()
                    .withSchemata(new MappedSchema().withInput("").withOutput(other));
            try (var database = open(c -> c.derive(c.settings().withRenderMapping(mapping)))) {
                var users = new UsersRepository(database);
                users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));

                assertEquals(1, users.where(USERS.NAME.eq("Ann")).count());
                assertEquals(1, database.dsl().fetchCount(USERS));
                assertEquals(0, SHOP.users().all().count());
                var violation =
                        assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail("ann@example.org")));
                assertEquals(Keys.KEY_USERS_UK_USERS_EMAIL, violation.key());
            }
        } finally {
            SHOP.database().dsl().execute("drop schema " + other);
        }
    }

    @Test
    void settingsThatRowanReliesOnAreRestored() {
        var careless = new Settings()
                .withAttachRecords(true)
                .withExecuteLogging(true)
                .withStatementType(StatementType.STATIC_STATEMENT)
                .withThrowExceptions(ThrowExceptions.THROW_NONE)
                .withInListPadding(true);
        try (var database = open(c -> c.derive(careless))) {
            var users = new UsersRepository(database);
            users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));

            assertEquals(1, users.where(USERS.NAME.in("Ann", "Bob", "Cid")).count());
            var record = Objects.requireNonNull(database.dsl().selectFrom(USERS).fetchAny());
            assertThrows(DetachedException.class, record::refresh);
            var log = LogOutput.of(() -> assertInstanceOf(
                    UniqueViolation.class,
                    assertThrows(
                            DatabaseException.class,
                            () -> database.dsl()
                                    .insertInto(USERS, USERS.EMAIL)
                                    .values("ann@example.org")
                                    .execute())));
            assertFalse(log.contains("ann@example.org"), log);
        }
    }

    @Test
    void settingsThatBelongToRowanAreRefused() {
        refused("dialect", c -> c.derive(SQLDialect.H2));
        refused("transaction provider", c -> c.derive(new ThreadLocalTransactionProvider(c.connectionProvider())));
        refused("connection provider", c -> {
            try (var connection = DriverManager.getConnection(
                    SHOP.options().url(), SHOP.options().user(), SHOP.options().password())) {
                return c.derive(new DefaultConnectionProvider(connection));
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void refused(String what, UnaryOperator<Configuration> more) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> open(more));
        var message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("The " + what + " is set by Rowan."), message);
    }

    private static List<String> taken(Ears ears) {
        var heard = List.copyOf(ears.heard);
        ears.heard.clear();
        return heard;
    }

    private static Database open(UnaryOperator<Configuration> more) {
        return Database.open(SHOP.options().withConfiguration(more));
    }
}
