package dev.rowan.junit;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import dev.rowan.db.ServerOptions;
import dev.rowan.junit.internal.schema.Changelog;
import dev.rowan.junit.internal.schema.RowReset;
import dev.rowan.junit.internal.schema.SchemaTemplate;
import dev.rowan.junit.internal.schema.TestSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * A JUnit extension that gives each test class a real database: a schema of its own, created by a changelog.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").restoring();
 * }</pre>
 *
 * <p>The server is selected by {@link ServerOptions#fromSystem()}, as in the build. The extension starts it once per
 * JVM, applies each changelog once to a template schema, and copies the template for each test class: tables with their
 * rows, views, routines, triggers and events. The copy exists from {@code @BeforeAll} to {@code @AfterAll}, and nested
 * classes share it. Rows stay from test to test, unless {@link #restoring()} or {@link #rollingBack()} is used.
 *
 * <p>A test fails if it does not close a connection that it borrowed from {@link #dataSource()}, or if it leaves a
 * transaction open on any connection to the schema.
 *
 * <p>Test classes may run in parallel, in one JVM and in several JVMs on one server; the tests of one class run one
 * after the other. On a server given by its URL, the user needs all privileges on {@code `rowan\_test\_%`.*}, and the
 * privilege to see other connections' transactions: {@code SELECT ON performance_schema.*}, on MariaDB {@code PROCESS}.
 * A killed run leaves schemas whose names begin with {@code rowan_test_}: drop them.
 */
public final class TestDatabase implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback {

    /** Code that uses the database. */
    @FunctionalInterface
    public interface Body<X extends Exception> {

        /** Runs the code. */
        void run() throws X;
    }

    private static final Namespace NAMESPACE = Namespace.create(TestDatabase.class);

    private final Changelog changelog;
    private final RowReset rowReset;
    private @Nullable TestSchema schema;

    private TestDatabase(Changelog changelog, RowReset rowReset) {
        this.changelog = changelog;
        this.rowReset = rowReset;
    }

    /**
     * Returns a database that a changelog is applied to.
     *
     * @param changelog the changelog's class-path name, such as {@code shop/changelog.sql}
     */
    public static TestDatabase of(String changelog) {
        return new TestDatabase(Changelog.of(changelog), RowReset.NONE);
    }

    /** Returns an empty database, to test changelogs themselves. */
    public static TestDatabase empty() {
        return of("");
    }

    /** Returns this database with the changesets of these contexts, as {@link Migrator#withContexts} applies them. */
    public TestDatabase withContexts(String... contexts) {
        return with(new Changelog(changelog.name(), List.of(contexts), changelog.labels(), changelog.parameters()));
    }

    /** Returns this database with the changesets whose labels match, as {@link Migrator#withLabels} applies them. */
    public TestDatabase withLabels(String expression) {
        return with(new Changelog(changelog.name(), changelog.contexts(), expression, changelog.parameters()));
    }

    /** Returns this database with values for the changelog's parameters, as in {@link Migrator#withParameters}. */
    public TestDatabase withParameters(Map<String, String> parameters) {
        return with(new Changelog(changelog.name(), changelog.contexts(), changelog.labels(), parameters));
    }

    /**
     * Returns this database with its rows restored before each test to those of the changelog: all other rows are
     * deleted, including those of {@code @BeforeAll}, and AUTO_INCREMENT counters are reset. For tests that commit.
     */
    public TestDatabase restoring() {
        return new TestDatabase(changelog, RowReset.RESTORE);
    }

    /**
     * Returns this database with each test in a transaction that is rolled back. {@link #dataSource()} has one
     * connection, on which the transactions of the code under test are emulated with savepoints. Rows of
     * {@code @BeforeAll} stay.
     *
     * <p>An {@link IllegalStateException} is thrown for a second connection while the first is borrowed, and for
     * statements that commit implicitly, such as CREATE TABLE. Isolation levels and {@code START TRANSACTION READ ONLY}
     * have no effect. Connections to {@link #url()} do not take part in the transaction.
     */
    public TestDatabase rollingBack() {
        return new TestDatabase(changelog, RowReset.ROLL_BACK);
    }

    /** Returns the JDBC URL of the class's schema, without credentials. */
    public String url() {
        return schema().url();
    }

    /** Returns the user for {@link #url()}. */
    public String user() {
        return schema().server().user();
    }

    /** Returns the password of {@link #user()}; empty if there is none. */
    public String password() {
        return schema().server().password();
    }

    /**
     * Returns a data source for the class's schema, without a pool. A test must close each connection that it borrows.
     * Thread-safe.
     */
    public DataSource dataSource() {
        return schema().dataSource();
    }

    /**
     * Returns the texts of the statements that ran on {@link #dataSource()} since the test began, in order. Each
     * statement of a batch counts; statements that only begin or end transactions do not.
     */
    public List<String> statements() {
        return schema().dataSource().statements();
    }

    /**
     * Asserts the number of {@link #statements()} that the body runs.
     *
     * @throws AssertionError if the number differs; the message lists the statements
     * @throws X if the body throws it
     */
    public <X extends Exception> void assertStatements(int expected, Body<X> body) throws X {
        var before = statements().size();
        body.run();
        var ran = statements();
        var texts = ran.subList(before, ran.size());
        if (texts.size() != expected) {
            throw new AssertionError("Expected " + expected + " statements, but " + texts.size() + " ran"
                    + (texts.isEmpty() ? "." : ":\n" + String.join("\n", texts)));
        }
    }

    /** Creates the schema before the tests of a class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        // the class's store is visible to nested classes, and closed after the last @AfterAll
        use(context.getStore(NAMESPACE)
                .computeIfAbsent(
                        this,
                        key -> template(context)
                                .copy(context.getRequiredTestClass().getSimpleName()),
                        TestSchema.class));
    }

    /** Makes JUnit pass the context of the test, not of the class, to {@link #preConstructTestInstance}. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /**
     * Begins the test before its instance is created, because initializers of its fields may write rows; creates the
     * schema before the instance of a class.
     */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws SQLException {
        if (context.getTestMethod().isPresent()) {
            beforeEach(context);
        } else {
            beforeAll(context); // with one instance for the class, JUnit makes it before it calls that
        }
    }

    /**
     * Begins the test, unless it has begun: restores the rows or begins the transaction, if configured. The test ends
     * after all {@link org.junit.jupiter.api.extension.AfterEachCallback}s, one of which may close its connections or
     * end its transaction, as that of Spring does. Then this rolls back, if configured, and fails the test if it left a
     * connection or a transaction open.
     */
    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        var test = context.getUniqueId();
        var used = schema();
        used.begin(test, rowReset);
        AutoCloseable end = () -> used.end(test);
        context.getStore(NAMESPACE).put(used, end); // a test may use several databases
    }

    /** Returns the changelog and the URL. */
    @Override
    public synchronized String toString() {
        return "TestDatabase[" + changelog.name() + (schema == null ? "" : ", " + schema.url()) + "]";
    }

    private TestDatabase with(Changelog other) {
        return new TestDatabase(other, rowReset);
    }

    private SchemaTemplate template(ExtensionContext context) {
        var store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        var server = store.computeIfAbsent(
                DatabaseServer.class, key -> DatabaseServer.start(ServerOptions.fromSystem()), DatabaseServer.class);
        return store.computeIfAbsent(changelog, key -> SchemaTemplate.migrate(server, changelog), SchemaTemplate.class);
    }

    private synchronized void use(TestSchema found) {
        if (schema != null && schema != found && !schema.isClosed()) {
            throw new IllegalStateException(
                    "Two test classes use one TestDatabase at the same time, through an inherited field."
                            + " Declare a field in each class, or run the classes one after the other.");
        }
        schema = found;
    }

    private synchronized TestSchema schema() {
        if (schema == null) {
            throw new IllegalStateException(
                    "The database is available from @BeforeAll on. Make the field of this TestDatabase static,"
                            + " and annotate it with @RegisterExtension.");
        }
        if (schema.isClosed()) {
            throw new IllegalStateException("The test class has ended, and its database was dropped.");
        }
        return schema;
    }
}
