package dev.rowan.db.internal.embedded;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.MigrationException;
import dev.rowan.db.Migrator;
import dev.rowan.db.ServerException;
import dev.rowan.db.ServerOptions;
import dev.rowan.db.testing.ForkedJvm;
import dev.rowan.db.testing.SqlRunner;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedServerTest {

    private static final ServerOptions EMBEDDED = ServerOptions.of("embedded");

    /** For the tests that need a running server; tests of starting and ending start their own. */
    private static DatabaseServer shared;

    @BeforeAll
    static void start() {
        shared = DatabaseServer.start(EMBEDDED);
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @Test
    @SuppressWarnings("try") // closed a second time, which has no effect
    void startsWithAnEmptyDatabaseAndLeavesNothingBehind() throws SQLException {
        Path data;
        try (var server = DatabaseServer.start(EMBEDDED)) {
            assertEquals("MariaDB 11.4.5, embedded", server.description());
            assertTrue(server.disposable());
            assertEquals(List.of(), SqlRunner.query(server.dataSource(), "SHOW TABLES"));
            data = Path.of(
                    SqlRunner.query(server.dataSource(), "SELECT @@datadir").get(0));
            assertTrue(Files.exists(data));
            server.close();
            assertThrows(SQLException.class, () -> server.dataSource().getConnection());
        }
        assertFalse(Files.exists(data.getParent()));
    }

    @Test
    void createsFurtherDatabasesAndRejectsAnExistingName() throws SQLException {
        var url = shared.createDatabase("odd name`s");

        try (var connection = DriverManager.getConnection(url, shared.user(), shared.password())) {
            assertEquals("odd name`s", connection.getCatalog());
        }
        assertMessageContains(
                assertThrows(ServerException.class, () -> shared.createDatabase("odd name`s")),
                "odd name`s",
                "exists",
                "Choose another name");
    }

    @Test
    void aTemporaryDatabaseIsDroppedWhenItIsClosedAndTheServerStays() throws SQLException {
        try (var apart = shared.temporaryDatabase("rowan_apart_")) {
            SqlRunner.execute(apart.dataSource(), "CREATE TABLE apart (id INT PRIMARY KEY)");
            assertEquals(List.of(), SqlRunner.query(shared.dataSource(), "SHOW TABLES LIKE 'apart'"));
        }
        assertEquals(List.of(), SqlRunner.query(shared.dataSource(), "SHOW DATABASES LIKE 'rowan\\_apart%'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "rowan", "mariadb.sys", "mysql", ""})
    void noAccountWorksWithoutAPassword(String user) {
        assertThrows(SQLException.class, () -> DriverManager.getConnection(shared.url(), user, ""));
    }

    @Test
    void listensOnTheLoopbackInterfaceOnlyAndHasTheDefaultsOfMySql() throws SQLException {
        assertEquals(
                List.of("127.0.0.1  utf8mb4 +00:00"),
                SqlRunner.query(
                        shared.dataSource(), "SELECT @@bind_address, @@socket, @@character_set_database, @@time_zone"));
        assertEquals(List.of("0"), SqlRunner.query(shared.dataSource(), "SELECT 'a' = 'a '"), "collations do not pad");
        assertThrows(
                SQLException.class,
                () -> SqlRunner.execute(
                        shared.dataSource(), "CREATE TABLE dates (d DATE)", "INSERT INTO dates VALUES ('0000-00-00')"));
    }

    @Test
    void serversThatStartAtTheSameTimeAreIndependent() throws Exception {
        Callable<String> start = () -> {
            try (var server = DatabaseServer.start(EMBEDDED)) {
                SqlRunner.execute(server.dataSource(), "CREATE TABLE t (id INT PRIMARY KEY)");
                return server.url() + server.password();
            }
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            var seen = new HashSet<String>();
            for (var url : threads.invokeAll(Collections.nCopies(4, start))) {
                seen.add(url.get());
            }
            assertEquals(4, seen.size());
        }
    }

    @Test
    void aKilledJvmLeavesNoServerAndNoFolder() throws Exception {
        var jvm = ForkedJvm.start(StartAndLeaveOpen.class, List.of());
        var data = Path.of(jvm.inputReader().readLine());
        var processes = jvm.descendants().toList();
        assertTrue(Files.exists(data) && !processes.isEmpty(), () -> data + " " + processes);

        jvm.destroyForcibly();

        for (var process : processes) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        assertFalse(Files.exists(data.getParent()));
    }

    @Test
    void aJvmThatExitsWithoutCloseLeavesNoServerAndNoFolder() throws Exception {
        var jvm = ForkedJvm.start(StartAndLeaveOpen.class, List.of());
        var data = Path.of(jvm.inputReader().readLine());

        jvm.getOutputStream().close();

        assertEquals(0, jvm.waitFor());
        assertFalse(Files.exists(data.getParent()));
    }

    /** The JVM may be killed before the shell runs that deletes the folder, or together with it. */
    @Test
    void theNextServerDeletesWhatAKilledJvmLeft() throws Exception {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        var lock = Files.createTempFile(temporary, "rowan-server-0-", ".lock");
        var name = lock.getFileName().toString().replace(".lock", "-1");
        var data = Files.createDirectories(temporary.resolve(name).resolve("data"));
        var jvm = ForkedJvm.start(StartAndLeaveOpen.class, List.of());
        var other = Path.of(jvm.inputReader().readLine());

        DatabaseServer.start(EMBEDDED).close();

        assertFalse(Files.exists(lock));
        assertFalse(Files.exists(data.getParent()));
        assertTrue(Files.exists(other), "a running JVM's folder stays");
        jvm.getOutputStream().close();
        assertEquals(0, jvm.waitFor());
    }

    @Test
    void aChangesetThatOnlyMySqlCanRunIsReportedWithTheFix(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("log.sql"), """
                --liquibase formatted sql
                --changeset ann:functional-index
                CREATE TABLE t (name VARCHAR(50), INDEX ix ((LOWER(name))));
                """);
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var migrator = Migrator.of(shared.dataSource(), "log.sql", loader);

            assertMessageContains(
                    assertThrows(MigrationException.class, migrator::update),
                    "ann:functional-index in log.sql",
                    "MariaDB cannot run it",
                    "-Drowan.server=docker");
        }
    }

    /** Starts a server, prints its data directory, and exits at the end of its input without closing the server. */
    static final class StartAndLeaveOpen {
        public static void main(String[] arguments) throws Exception {
            var server = DatabaseServer.start(EMBEDDED);
            System.out.println(
                    SqlRunner.query(server.dataSource(), "SELECT @@datadir").get(0));
            System.in.read();
        }
    }
}
