package dev.rowan.db;

import static dev.rowan.db.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FreshDatabase.class)
class MigratorTest {

    private static final String TWO_TABLES = """
            --liquibase formatted sql
            --changeset ann:first
            CREATE TABLE first (id INT PRIMARY KEY);
            --rollback DROP TABLE first;
            --changeset ann:second
            CREATE TABLE second (id INT PRIMARY KEY);
            """;
    private static final String LOCK = "SELECT locked + 0 FROM DATABASECHANGELOGLOCK";

    @TempDir
    private Path folder;

    private DataSource database;

    @BeforeEach
    void open(DataSource fresh) {
        database = fresh;
    }

    @Test
    void pendingNamesWhatUpdateWouldApplyAndChangesNothing() throws Exception {
        var migrator = migrator(TWO_TABLES);

        assertEquals(
                List.of(
                        new Changeset("first", "ann", "log.sql", Duration.ZERO),
                        new Changeset("second", "ann", "log.sql", Duration.ZERO)),
                migrator.pending());
        assertEquals(List.of(), Sql.query(database, "SHOW TABLES"));
        migrator.update();
        assertEquals(List.of(), migrator.pending());
    }

    @Test
    void appliedChangesetsTellHowLongTheyRan() throws Exception {
        var applied = migrator(TWO_TABLES).update();

        assertTrue(applied.stream().allMatch(changeset -> changeset.duration().isPositive()), applied::toString);
    }

    @Test
    void aFailingChangesetIsNamedAndThoseBeforeItStay() throws Exception {
        var migrator = migrator(TWO_TABLES.replace("TABLE second", "TABLE first"));

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertIsOnThePage("a changeset fails", failure);
        assertEquals(List.of("first"), Sql.query(database, "SELECT id FROM DATABASECHANGELOG"));
        assertEquals(List.of("0"), Sql.query(database, LOCK));
    }

    @Test
    void aTableInUseFailsTheMigrationWithinItsLockTimeout() throws Exception {
        migrator(TWO_TABLES).update();
        var migrator = migrator(TWO_TABLES + "--changeset ann:third\nALTER TABLE first ADD name TEXT;\n")
                .withLockTimeout(Duration.ofSeconds(1));
        try (var other = database.getConnection()) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("SELECT * FROM first"); // holds the table's metadata lock until it commits
            }
            var start = System.nanoTime();
            var failure = assertThrows(MigrationException.class, migrator::update);

            assertIsOnThePage("a table is in use", failure);
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
            assertEquals(List.of("0"), Sql.query(database, LOCK));
            other.rollback();
        }
        assertEquals(1, migrator.update().size());
    }

    @Test
    void theLockOfAProcessThatIsGoneIsReportedWithItsHolderAndTheMend() throws Exception {
        var migrator = migrator(TWO_TABLES).withLockTimeout(Duration.ofSeconds(1));
        migrator.update();
        migrator.rollback(0);
        Sql.execute(
                database,
                "UPDATE DATABASECHANGELOGLOCK SET locked = 1, lockgranted = '2026-01-02 03:04:05', lockedby = 'web-1'");

        assertEquals(List.of(), migrator.update(), "nothing pending, nothing to wait for");
        var failure = assertThrows(MigrationException.class, () -> migrator.rollback(1));
        assertIsOnThePage("another migration runs", failure);
        assertContains(failure, "web-1, since 2026-01-02T03:04:05");

        var mend = Messages.of(failure).substring(Messages.of(failure).indexOf("UPDATE DATABASECHANGELOGLOCK"));
        Sql.execute(database, mend);
        assertEquals(List.of(), migrator.rollback(0));
    }

    @Test
    void anEditedChangesetIsRefused() throws Exception {
        migrator(TWO_TABLES).update();
        var edited = migrator(TWO_TABLES.replace("TABLE second (id INT", "TABLE second (id BIGINT"));

        var failure = assertThrows(MigrationException.class, edited::validate);
        assertIsOnThePage("a changeset was edited", failure);
        assertContains(failure, "log.sql::second::ann");
    }

    @Test
    void aChangesetWithoutRollbackSaysSo() throws Exception {
        var migrator = migrator(TWO_TABLES);
        migrator.update();

        assertIsOnThePage(
                "a changeset has no rollback", assertThrows(MigrationException.class, () -> migrator.rollback(1)));
        assertEquals(List.of("first", "second"), Sql.query(database, "SELECT id FROM DATABASECHANGELOG ORDER BY id"));
    }

    @Test
    void aMissingChangelogIsNamed() throws Exception {
        var migrator = Migrator.of(database, "no/such/log.yaml");

        assertIsOnThePage("there is no such changelog", assertThrows(MigrationException.class, migrator::validate));
    }

    @Test
    void aConnectionIsGivenBackAsItCame() throws Exception {
        try (var connection = database.getConnection()) {
            var pool = poolOf(connection);
            Sql.execute(pool, "SET lock_wait_timeout = 77, innodb_lock_wait_timeout = 33");

            migrator(pool, TWO_TABLES).update();

            assertEquals(
                    List.of("77 33 1"),
                    Sql.query(pool, "SELECT @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@autocommit"));
        }
    }

    @Test
    void migratorsOfOneDatabaseTakeTurns() throws Exception {
        var migrator = migrator(TWO_TABLES);
        Callable<Integer> update = () -> migrator.update().size();

        try (var threads = Executors.newFixedThreadPool(3)) {
            var applied = 0;
            for (var result : threads.invokeAll(List.of(update, update, update))) {
                applied += result.get();
            }
            assertEquals(2, applied);
        }
    }

    @Test
    void aLockTimeoutIsLongerThanZero() throws Exception {
        var migrator = migrator(TWO_TABLES);
        assertThrows(IllegalArgumentException.class, () -> migrator.withLockTimeout(Duration.ZERO));
    }

    /** The page about errors has each message as it is thrown, with … for what differs. */
    private static void assertIsOnThePage(String when, MigrationException failure) throws IOException {
        var start = "| " + when + " | ";
        var row = Files.readAllLines(Path.of("../docs/errors.md")).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
        var cell = row.substring(start.length(), row.length() - " |".length());
        var message = Stream.of(cell.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertTrue(Messages.of(failure).matches(message), () -> Messages.of(failure));
    }

    private Migrator migrator(String changelog) throws IOException {
        return migrator(database, changelog);
    }

    private Migrator migrator(DataSource dataSource, String changelog) throws IOException {
        Files.writeString(folder.resolve("log.sql"), changelog);
        var urls = new URL[] {folder.toUri().toURL()};
        return Migrator.of(dataSource, "log.sql", new URLClassLoader(urls));
    }

    /** A pool that has one connection, lends it again and again, and leaves it as its borrowers do. */
    private static DataSource poolOf(Connection connection) {
        var lent = (Connection) Proxy.newProxyInstance(
                MigratorTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                });
        return new MysqlDataSource() {
            private static final long serialVersionUID = 1;

            @Override
            public Connection getConnection() {
                return lent;
            }
        };
    }
}
