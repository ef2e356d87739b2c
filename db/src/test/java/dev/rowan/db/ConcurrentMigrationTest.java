package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertIsDocumented;
import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.ForkedJvm;
import dev.rowan.db.testing.LogOutput;
import dev.rowan.db.testing.SqlRunner;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of one database by several processes, some of which are killed. */
@ExtendWith(EmptyDatabaseExtension.class)
class ConcurrentMigrationTest {

    private static final String SLOW = """
            --liquibase formatted sql
            --changeset ann:slow
            CREATE TABLE first (id INT PRIMARY KEY);
            DO SLEEP(%d);
            CREATE TABLE second (id INT PRIMARY KEY);
            --changeset ann:last
            CREATE TABLE last (id INT PRIMARY KEY);
            """;

    @TempDir
    private Path folder;

    private DataSource database;
    private DatabaseServer server;

    @BeforeEach
    void open(DataSource fresh, DatabaseServer started) {
        database = fresh;
        server = started;
    }

    @Test
    void eightProcessesThatStartTogetherApplyEachChangesetOnce() throws Exception {
        write(SLOW.formatted(1));

        var processes = new ArrayList<Process>();
        for (var i = 0; i < 8; i++) {
            processes.add(migrateInAnotherProcess());
        }

        var applied = 0;
        for (var process : processes) {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            applied += output.contains("applied 2") ? 1 : 0;
            assertTrue(output.contains("applied 2") || output.contains("applied 0"), output);
        }
        assertEquals(1, applied);
        assertEquals(List.of("slow", "last"), history());
    }

    @Test
    void aMigrationThatIsKilledLocksNobodyOutAndIsNamedByTheNext() throws Exception {
        write(SLOW.formatted(2));
        var killed = migrateInAnotherProcess();
        awaitFirstTable();
        killed.destroyForcibly().waitFor();

        var migrator = migrator();
        var log = LogOutput.of(() -> {
            var failure = assertThrows(MigrationException.class, migrator::update);
            assertMessageContains(
                    failure, "ann:slow in log.sql", "1050", "cut off while it ran this changeset", "undo by hand");
        });
        assertTrue(log.contains("ended without releasing its lock"), log);
        assertTrue(log.contains("running the changeset ann:slow in log.sql"), log);
        SqlRunner.execute(database, "DROP TABLE first");
        assertEquals(2, migrator.update().size());
        assertEquals(List.of("slow", "last"), history());
    }

    @Test
    void aMigrationThatIsRunningIsNamedAndKeepsItsLock() throws Exception {
        write(SLOW.formatted(60));
        var running = migrateInAnotherProcess();
        try {
            awaitFirstTable();
            var failure = assertThrows(
                    MigrationException.class,
                    () -> migrator().withLockTimeout(Duration.ofSeconds(1)).update());
            assertIsDocumented("another migration runs", failure);
        } finally {
            running.destroyForcibly().waitFor();
        }
    }

    private List<String> history() throws Exception {
        return SqlRunner.query(database, "SELECT id FROM DATABASECHANGELOG ORDER BY orderexecuted");
    }

    private void awaitFirstTable() throws Exception {
        for (var i = 0; i < 600; i++) {
            if (SqlRunner.query(database, "SHOW TABLES").contains("first")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The other process has created no table");
    }

    private void write(String changelog) throws IOException {
        Files.writeString(folder.resolve("log.sql"), changelog);
    }

    private Migrator migrator() throws IOException {
        var urls = new URL[] {folder.toUri().toURL()};
        return Migrator.of(database, "log.sql", new URLClassLoader(urls)).withLockTimeout(Duration.ofMinutes(1));
    }

    private Process migrateInAnotherProcess() throws IOException {
        var process = ForkedJvm.start(
                OtherProcess.class,
                List.of(
                        "-Dtest.url=" + ((MysqlDataSource) database).getUrl(),
                        "-Dtest.user=" + server.user(),
                        "-Dtest.folder=" + folder));
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(server.password() + "\n");
        }
        return process;
    }

    /** Migrates the database of the test from a JVM of its own. */
    static final class OtherProcess {

        public static void main(String[] arguments) throws Exception {
            var source = new MysqlDataSource();
            source.setUrl(System.getProperty("test.url"));
            source.setUser(System.getProperty("test.user"));
            source.setPassword(new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip());
            var urls = new URL[] {
                Path.of(System.getProperty("test.folder")).toUri().toURL()
            };
            var applied = Migrator.of(source, "log.sql", new URLClassLoader(urls))
                    .withLockTimeout(Duration.ofMinutes(2))
                    .update();
            System.out.println("applied " + applied.size());
        }
    }
}
