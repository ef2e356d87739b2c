package dev.rowan.junit;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * A real database for tests: a schema of its own for each test class, with all that a changelog makes.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").restoring();
 * }</pre>
 *
 * <p>The server is the one that {@link ServerOptions#fromSystem()} names, as for the build. It is started once for the
 * JVM, each changelog is applied to it once, and each test class gets a copy of the schema that came of it: tables with
 * their rows, views, routines, triggers and events. The copy is there from {@code @BeforeAll} to {@code @AfterAll}, for
 * nested classes too. From test to test its rows stay, unless {@link #restoring()} or {@link #rollingBack()} is asked for.
 *
 * <p>A test fails that did not close what it borrowed from {@link #dataSource()}, or that left a transaction open on any
 * connection to the schema.
 *
 * <p>Test classes may run beside each other, and beside other runs on one server; the tests of one class run one after
 * the other. On a server given by URL the user needs all privileges on {@code `rowan\_test\_%`.*}, and may have to see
 * others' transactions: {@code SELECT ON performance_schema.*}, on MariaDB {@code PROCESS}. Schemas that begin with {@code rowan_test_} and belong to no run were left by one that was killed: drop
 * them.
 */
public final class TestDatabase
        implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback, AfterEachCallback {

    /** Something to do with the database. */
    @FunctionalInterface
    public interface Body<X extends Exception> {

        /** Does it. */
        void run() throws X;
    }

    private enum Between {
        NOTHING,
        RESTORE,
        ROLL_BACK
    }

    private static final Namespace NAMESPACE = Namespace.create(TestDatabase.class);

    private final String changelog;
    private final Between between;
    private @Nullable TestSchema schema;

    private TestDatabase(String changelog, Between between) {
        this.changelog = changelog;
        this.between = between;
    }

    /**
     * Returns a database that a changelog was applied to.
     *
     * @param changelog its class-path name, such as {@code shop/changelog.sql}
     */
    public static TestDatabase of(String changelog) {
        return new TestDatabase(changelog, Between.NOTHING);
    }

    /** Returns a database with nothing in it, to test changelogs themselves. */
    public static TestDatabase empty() {
        return of("");
    }

    /**
     * Returns this database, brought back before each test to the rows that the changelog put in: other rows are gone,
     * those of {@code @BeforeAll} too, and counted keys begin where they began. For tests that commit.
     */
    public TestDatabase restoring() {
        return new TestDatabase(changelog, Between.RESTORE);
    }

    /**
     * Returns this database, with each test in a transaction that is rolled back: {@link #dataSource()} gives out one
     * connection, on which the transactions of the code under test are savepoints. Rows of {@code @BeforeAll} stay.
     *
     * <p>Refused, with an {@link IllegalStateException}, is what such a test cannot have: a second connection while the
     * first is borrowed, and statements that end transactions by the way, as CREATE TABLE does. Isolation and {@code
     * START TRANSACTION READ ONLY} have no effect, and {@link #url()} leads past the transaction.
     */
    public TestDatabase rollingBack() {
        return new TestDatabase(changelog, Between.ROLL_BACK);
    }

    /** Returns the JDBC URL of the class's schema, without credentials. */
    public String url() {
        return schema().url();
    }

    /** Returns who signs in at {@link #url()}. */
    public String user() {
        return schema().server().user();
    }

    /** Returns the password of {@link #user()}; empty if there is none. */
    public String password() {
        return schema().server().password();
    }

    /**
     * Returns connections to the class's schema, without a pool: each is to be closed by the end of the test that it was
     * borrowed in. Thread-safe.
     */
    public DataSource dataSource() {
        return schema().connections();
    }

    /**
     * Returns the texts of the statements that were run through {@link #dataSource()} since the test began, in order:
     * each statement of a batch, and not those that only begin or end transactions.
     */
    public List<String> statements() {
        return schema().connections().statements();
    }

    /**
     * Checks how many {@link #statements()} the body runs.
     *
     * @throws AssertionError if it is another number; it lists them
     * @throws X what the body throws, as it is
     */
    public <X extends Exception> void assertStatements(int expected, Body<X> body) throws X {
        var before = statements().size();
        body.run();
        var ran = statements();
        var texts = ran.subList(before, ran.size());
        if (texts.size() != expected) {
            throw new AssertionError("The body is to run " + expected + " statements, and ran " + texts.size()
                    + (texts.isEmpty() ? "." : ":\n" + String.join("\n", texts)));
        }
    }

    /** Makes the schema, before the tests of a class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        // in the class's store: found again by nested classes, and closed after the last @AfterAll
        use(context.getStore(NAMESPACE)
                .computeIfAbsent(
                        this,
                        key -> template(context)
                                .copy(context.getRequiredTestClass().getSimpleName()),
                        TestSchema.class));
    }

    /** Asks JUnit to tell which test an instance is made for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Begins the test, as fields of the instance may write rows already. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws SQLException {
        if (context.getTestMethod().isPresent()) {
            beforeEach(context);
        }
    }

    /** Begins the test, unless it has begun: restores the rows or opens the transaction, if that was asked for. */
    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        var test = context.getUniqueId();
        var used = schema();
        used.begin(test, between == Between.RESTORE, between == Between.ROLL_BACK);
        // where no instance can be made, afterEach is not called
        AutoCloseable end = () -> used.end(test);
        context.getStore(NAMESPACE).put(test, end);
    }

    /** Rolls back, if that was asked for, and fails the test if it left something open. */
    @Override
    public void afterEach(ExtensionContext context) {
        schema().end(context.getUniqueId());
    }

    /** Returns changelog and URL. */
    @Override
    public synchronized String toString() {
        return "TestDatabase[" + changelog + (schema == null ? "" : ", " + schema.url()) + "]";
    }

    private Template template(ExtensionContext context) {
        var store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        var server = store.computeIfAbsent(
                DatabaseServer.class, key -> DatabaseServer.start(ServerOptions.fromSystem()), DatabaseServer.class);
        return store.computeIfAbsent(changelog, key -> Template.migrate(server, changelog), Template.class);
    }

    private synchronized void use(TestSchema found) {
        if (schema != null && schema != found && !schema.isClosed()) {
            throw new IllegalStateException(
                    "Two test classes use one TestDatabase at once, by a field that they inherit."
                            + " Give each a field of its own, or run them one after the other.");
        }
        schema = found;
    }

    private synchronized TestSchema schema() {
        if (schema == null) {
            throw new IllegalStateException(
                    "The database is there from @BeforeAll on. Is the field of this TestDatabase"
                            + " static, and does it bear @RegisterExtension?");
        }
        if (schema.isClosed()) {
            throw new IllegalStateException("The test class has ended, and its database is gone.");
        }
        return schema;
    }
}
