package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertIsDocumented;
import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static dev.rowan.db.testing.MessageAssertions.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmptyDatabaseExtension.class)
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
    void pendingReturnsWhatUpdateWouldApplyAndChangesNothing() throws Exception {
        var migrator = migrator(TWO_TABLES);

        assertEquals(
                List.of(
                        new Changeset(
                                "first",
                                "ann",
                                "log.sql",
                                Duration.ZERO,
                                List.of("CREATE TABLE first (id INT PRIMARY KEY)")),
                        new Changeset(
                                "second",
                                "ann",
                                "log.sql",
                                Duration.ZERO,
                                List.of("CREATE TABLE second (id INT PRIMARY KEY)"))),
                migrator.pending());
        assertEquals(List.of(), SqlRunner.query(database, "SHOW TABLES"));
        migrator.update();
        assertEquals(List.of(), migrator.pending());
    }

    @Test
    void theStatementsOfAPendingChangesetAreNotShown() throws Exception {
        var migrator = migrator(TWO_TABLES + "INSERT INTO second VALUES (${secret});")
                .withParameters(Map.of("secret", "4711"));

        var second = migrator.pending().getLast();
        assertEquals("INSERT INTO second VALUES (4711)", second.statements().getLast());
        assertFalse(second.toString().contains("4711"), second::toString);
    }

    @Test
    void changesetsAreRolledBackToATag() throws Exception {
        var migrator = migrator(TWO_TABLES);
        migrator.update();
        migrator.tag("1.0");
        var next = migrator(TWO_TABLES + """
                --changeset ann:third
                CREATE TABLE third (id INT PRIMARY KEY);
                --rollback DROP TABLE third;
                --changeset ann:fourth
                CREATE TABLE fourth (id INT PRIMARY KEY);
                --rollback DROP TABLE fourth;
                """);
        next.update();

        assertEquals(
                List.of("fourth", "third"),
                next.rollbackTo("1.0").stream().map(Changeset::id).toList());
        assertEquals(List.of(), next.rollbackTo("1.0"));
        assertMessageContains(
                assertThrows(MigrationException.class, () -> next.rollbackTo("2.0")), "has the tag 2.0", "nothing was");
        assertEquals(2, next.pending().size());
    }

    @Test
    void theChangesetThatGivesATagStaysWhenItIsRolledBackTo() throws Exception {
        var files = new ChangelogFiles(folder)
                .with(
                        "log.yaml",
                        "databaseChangeLog:",
                        "  - changeSet: { id: a, author: ann, changes: [ { sql: { sql: CREATE TABLE a (id INT) } } ] }",
                        "  - changeSet: { id: t, author: ann, changes: [ { tagDatabase: { tag: '1.0' } } ] }",
                        "  - include: { file: later.sql }")
                .with(
                        "later.sql",
                        "--liquibase formatted sql",
                        "--changeset ann:b",
                        "CREATE TABLE b (id INT);",
                        "--rollback DROP TABLE b;");
        var migrator = Migrator.of(database, "log.yaml", files.classLoader());
        migrator.update();
        assertEquals(
                List.of("b"),
                migrator.rollbackTo("1.0").stream().map(Changeset::id).toList());
        assertEquals(List.of(), migrator.rollbackTo("1.0"));
    }

    @Test
    void appliedReturnsTheHistoryOfTheChangelogAndChangesNothing() throws Exception {
        var migrator = migrator(TWO_TABLES);

        assertEquals(List.of(), migrator.applied());
        assertEquals(List.of(), SqlRunner.query(database, "SHOW TABLES"));
        migrator.update();
        assertEquals(
                List.of(
                        new Changeset("first", "ann", "log.sql", Duration.ZERO, List.of()),
                        new Changeset("second", "ann", "log.sql", Duration.ZERO, List.of())),
                migrator.applied());
    }

    /** Modules that share an environment have each a changelog. */
    @Test
    void aDatabaseMayHaveTheChangesetsOfSeveralChangelogs() throws Exception {
        var first = migrator(TWO_TABLES);
        Files.writeString(folder.resolve("other.sql"), """
                --liquibase formatted sql
                --changeset ann:first
                CREATE TABLE third (id INT PRIMARY KEY);
                """);
        var other = Migrator.of(database, "other.sql", new URLClassLoader(new URL[] {
            folder.toUri().toURL()
        }));

        first.update();
        assertEquals(List.of(), other.applied());
        other.update();

        assertEquals(
                List.of("log.sql", "log.sql"),
                first.applied().stream().map(Changeset::file).toList());
        assertEquals(
                List.of("other.sql"),
                other.applied().stream().map(Changeset::file).toList());
        assertEquals(List.of(), first.pending());
    }

    @Test
    void appliedChangesetsHaveADuration() throws Exception {
        var applied = migrator(TWO_TABLES).update();

        assertTrue(applied.stream().allMatch(changeset -> changeset.duration().isPositive()), applied::toString);
    }

    @Test
    void aFailingChangesetIsNamedAndEarlierOnesStayApplied() throws Exception {
        var migrator = migrator(TWO_TABLES.replace("TABLE second", "TABLE first"));

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertIsDocumented("a changeset fails", failure);
        assertEquals(List.of("first"), SqlRunner.query(database, "SELECT id FROM DATABASECHANGELOG"));
        assertEquals(List.of("0"), SqlRunner.query(database, LOCK));
    }

    @Test
    void aTableInUseFailsTheMigrationWithinItsLockTimeout() throws Exception {
        migrator(TWO_TABLES).update();
        var migrator = migrator(TWO_TABLES + "--changeset ann:third\nALTER TABLE first ADD name TEXT;\n")
                .withLockTimeout(Duration.ofSeconds(1));
        try (var other = database.getConnection()) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("SELECT * FROM first"); // holds the metadata lock of the table until it commits
            }
            var start = System.nanoTime();
            var failure = assertThrows(MigrationException.class, migrator::update);

            assertIsDocumented("a table is in use", failure);
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
            assertEquals(List.of("0"), SqlRunner.query(database, LOCK));
            other.rollback();
        }
        assertEquals(1, migrator.update().size());
    }

    @Test
    void theLockOfADeadProcessIsReportedWithItsHolderAndTheFix() throws Exception {
        var migrator = migrator(TWO_TABLES).withLockTimeout(Duration.ofSeconds(1));
        migrator.update();
        migrator.rollback(0);
        SqlRunner.execute(
                database,
                "UPDATE DATABASECHANGELOGLOCK SET locked = 1, lockgranted = '2026-01-02 03:04:05', lockedby = 'web-1'");

        assertEquals(List.of(), migrator.update(), "without pending changesets it does not wait");
        var failure = assertThrows(MigrationException.class, () -> migrator.rollback(1));
        assertIsDocumented("Liquibase's lock is held by a process that is not Rowan's", failure);
        assertMessageContains(failure, "web-1, since 2026-01-02T03:04:05");

        var fix = messageOf(failure).substring(messageOf(failure).indexOf("UPDATE DATABASECHANGELOGLOCK"));
        SqlRunner.execute(database, fix);
        assertEquals(List.of(), migrator.rollback(0));
    }

    @Test
    void anEditedChangesetIsRejected() throws Exception {
        migrator(TWO_TABLES).update();
        var edited = migrator(TWO_TABLES.replace("TABLE second (id INT", "TABLE second (id BIGINT"));

        var failure = assertThrows(MigrationException.class, edited::validate);
        assertIsDocumented("a changeset was edited", failure);
        assertMessageContains(failure, "log.sql::second::ann");
    }

    @Test
    void aChangesetWithoutRollbackIsReported() throws Exception {
        var migrator = migrator(TWO_TABLES);
        migrator.update();

        assertIsDocumented(
                "a changeset has no rollback", assertThrows(MigrationException.class, () -> migrator.rollback(1)));
        assertEquals(
                List.of("first", "second"), SqlRunner.query(database, "SELECT id FROM DATABASECHANGELOG ORDER BY id"));
    }

    @Test
    void aMissingChangelogIsNamed() throws Exception {
        var migrator = Migrator.of(database, "no/such/log.yaml");

        assertIsDocumented("there is no such changelog", assertThrows(MigrationException.class, migrator::validate));
    }

    @Test
    void aConnectionIsReturnedInItsOriginalState() throws Exception {
        try (var connection = database.getConnection()) {
            var pool = poolOf(connection);
            SqlRunner.execute(
                    pool,
                    "SET lock_wait_timeout = 77, innodb_lock_wait_timeout = 33, time_zone = '+05:00',"
                            + " sql_mode = 'ANSI_QUOTES', sql_select_limit = 1, foreign_key_checks = 0");

            migrator(pool, TWO_TABLES + "SET SESSION sql_mode = '', time_zone = '+00:00';")
                    .update();

            assertEquals(
                    List.of("77 33 1 +05:00 ANSI_QUOTES 1 0"),
                    SqlRunner.query(
                            pool,
                            "SELECT @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@autocommit, @@time_zone,"
                                    + " @@sql_mode, @@sql_select_limit, @@foreign_key_checks"));
        }
    }

    @Test
    void aChangelogMeansTheSameWhateverTheSettingsOfTheConnectionAre(DatabaseServer server) throws Exception {
        var pool = new MysqlDataSource();
        pool.setUrl(((MysqlDataSource) database).getUrl().replaceFirst("\\?.*", ""));
        pool.setUser(server.user());
        pool.setPassword(server.password());
        pool.setSessionVariables("time_zone='+05:00',sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES',sql_select_limit=1,"
                + "foreign_key_checks=0,completion_type=1");
        var changelog = TWO_TABLES + """
                --changeset ann:rows
                CREATE TABLE third (id INT PRIMARY KEY, at TIMESTAMP NULL, text VARCHAR(9));
                INSERT INTO third VALUES (1, '2024-01-01 00:00:00', "it\\'s"), (2, NULL, '');
                INSERT INTO second SELECT id FROM third;
                --changeset ann:keys
                ALTER TABLE second ADD FOREIGN KEY (id) REFERENCES third (id);
                """;

        assertEquals(4, migrator(pool, changelog).update().size());
        assertEquals(List.of(), migrator(pool, changelog).pending());
        assertEquals(List.of("2"), SqlRunner.query(database, "SELECT COUNT(*) FROM second"));
        assertEquals(
                List.of("1704067200 it's"),
                SqlRunner.query(database, "SELECT UNIX_TIMESTAMP(at), text FROM third WHERE id = 1"));
    }

    /** MySQL alone has the setting, which a user may need a privilege to change. */
    @Test
    void aServerThatRequiresPrimaryKeysIsMigrated() throws Exception {
        var required = SqlRunner.query(database, "SHOW VARIABLES LIKE 'sql_require_primary_key'");
        assumeFalse(required.isEmpty(), "MariaDB has no sql_require_primary_key");
        try (var connection = database.getConnection()) {
            var pool = poolOf(connection);
            if (!required.equals(List.of("sql_require_primary_key ON"))) {
                SqlRunner.execute(pool, "SET sql_require_primary_key = ON, sql_generate_invisible_primary_key = OFF");
            }

            assertEquals(2, migrator(pool, TWO_TABLES).update().size());
            assertEquals(List.of(), migrator(pool, TWO_TABLES).pending());
            assertMessageContains(
                    assertThrows(
                            MigrationException.class,
                            () -> migrator(pool, TWO_TABLES + "--changeset ann:third\nCREATE TABLE third (id INT);\n")
                                    .update()),
                    "sql_require_primary_key");
        }
    }

    @Test
    void migrationsOfOneDatabaseRunOneAfterTheOther() throws Exception {
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
    void aLockTimeoutMustBePositive() throws Exception {
        var migrator = migrator(TWO_TABLES);
        assertThrows(IllegalArgumentException.class, () -> migrator.withLockTimeout(Duration.ZERO));
    }

    private Migrator migrator(String changelog) throws IOException {
        return migrator(database, changelog);
    }

    private Migrator migrator(DataSource dataSource, String changelog) throws IOException {
        Files.writeString(folder.resolve("log.sql"), changelog);
        var urls = new URL[] {folder.toUri().toURL()};
        return Migrator.of(dataSource, "log.sql", new URLClassLoader(urls));
    }

    /** Returns a pool of one connection, which does not reset the connection when it is returned. */
    private static DataSource poolOf(Connection connection) {
        var pooled = (Connection) Proxy.newProxyInstance(
                MigratorTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                });
        return new MysqlDataSource() {
            private static final long serialVersionUID = 1;

            @Override
            public Connection getConnection() {
                return pooled;
            }
        };
    }
}
