package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.db.testing.ForkedJvm;
import dev.rowan.db.testing.SqlRunner;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an environment promises, whatever its server is and runs in. */
abstract class EnvironmentPromises {

    static final BinarySource BINARIES = ServerOptions.auto().binaries();

    @TempDir
    Path temporary;

    Path project;

    @BeforeEach
    void createProject() throws IOException {
        temporary = temporary.toRealPath();
        project = Files.createDirectory(temporary.resolve("shop"));
    }

    /** A server outlives this JVM, so that no test may leave one. */
    @AfterEach
    void deleteEnvironments() throws IOException {
        for (var folder : list(temporary)) {
            ProjectEnvironment.find(folder).ifPresent(ProjectEnvironment::delete);
        }
    }

    /** Creates an environment of the kind that is tested. */
    abstract ProjectEnvironment create(Path directory);

    abstract String product();

    /** Kills the server. */
    abstract void kill(ProjectEnvironment environment) throws Exception;

    /** Makes the server hang. */
    abstract void hang(ProjectEnvironment environment) throws Exception;

    /** Returns what others see of a server that is running. */
    abstract String shownByTheSystem(ProjectEnvironment environment) throws Exception;

    abstract void assertIsGone(String place) throws Exception;

    @Test
    void itKeepsItsDataAndItsPortFromStartToStart() throws SQLException {
        var environment = create(project);
        assertNull(environment.status().running());
        assertEquals(Optional.empty(), environment.server());

        assertTrue(environment.start(BINARIES));
        assertFalse(environment.start(BINARIES), "it is running");
        writeRow(environment);
        var url = server(environment).url();
        assertTrue(environment.stop());
        assertFalse(environment.stop(), "it is not running");
        assertEquals(Optional.empty(), environment.server());

        assertTrue(environment.start(BINARIES));
        assertEquals(List.of("1"), rows(environment));
        assertEquals(url, server(environment).url());
    }

    @Test
    void itIsDeletedWithoutATrace() throws Exception {
        var environment = started();
        var place = running(environment).place();

        environment.delete();

        assertEquals(List.of(), list(project));
        assertIsGone(place);
        assertEquals(Optional.empty(), ProjectEnvironment.find(project));
        assertMessageContains(
                assertThrows(ServerException.class, environment::status), "There is no environment", "env-create");
    }

    @Test
    void aStoppedOneIsDeletedToo() throws IOException {
        create(project).delete();

        assertEquals(List.of(), list(project));
    }

    @Test
    void nobodyElseCanReadThePassword() throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        var environment = started();
        var password = server(environment).password();

        assertEquals("rw-------", permissions(environment.historyFile()));
        assertEquals("rwx------", permissions(project.resolve(".rowan")));
        assertEquals("rw-------", permissions(environment.clientFile()));
        for (var file : walk(project)) {
            if (!file.equals(environment.clientFile()) && !file.startsWith(project.resolve(".rowan/database/data"))) {
                assertFalse(Files.readString(file).contains(password), file::toString);
            }
        }
        var shown = shownByTheSystem(environment);
        assertTrue(shown.contains(String.valueOf(running(environment).port())), shown);
        assertFalse(shown.contains(password));
        assertFalse(environment.toString().contains(password));
    }

    @Test
    void theDefaultServerIsTheEnvironmentWhileItIsStarted() {
        var environment = started();
        var below = project.resolve(".rowan");

        var server = DatabaseServer.of(ServerLauncher.start(ServerOptions.auto(), Map.of(), below));
        assertEquals(server(environment).url(), server.url());
        assertEquals(product() + ", the environment of " + project, server.description());
        assertTrue(server.environment());
        assertFalse(server.disposable());
        server.close();
        assertNotNull(environment.status().running());

        var chosen = DatabaseServer.of(ServerLauncher.start(ServerOptions.of("embedded"), Map.of(), below));
        assertFalse(chosen.environment());
        chosen.close();

        environment.stop();
        var stopped = DatabaseServer.of(
                ServerLauncher.start(ServerOptions.auto(), Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), below));
        assertFalse(stopped.environment());
        stopped.close();
    }

    @Test
    void itOutlivesTheProcessThatStartedIt() throws Exception {
        create(project);

        assertEquals("true", startInAnotherProcess(project).result());

        var environment = ProjectEnvironment.find(project).orElseThrow();
        writeRow(environment);
        assertEquals(List.of("1"), rows(environment));
    }

    @Test
    void processesThatStartItAtTheSameTimeStartOneServer() throws Exception {
        create(project);
        var processes = new ArrayList<Other>();
        for (var i = 0; i < 3; i++) {
            processes.add(startInAnotherProcess(project));
        }

        var results = new ArrayList<String>();
        for (var process : processes) {
            results.add(process.result());
        }
        Collections.sort(results);

        assertEquals(List.of("false", "false", "true"), results);
        writeRow(ProjectEnvironment.find(project).orElseThrow());
    }

    @Test
    void everyCommitSurvivesAServerThatIsKilled() throws Exception {
        var environment = started();
        SqlRunner.execute(dataSource(environment), "CREATE TABLE n (id INT PRIMARY KEY)");
        for (var i = 1; i <= 50; i++) {
            SqlRunner.execute(dataSource(environment), "INSERT INTO n VALUES (" + i + ")");
        }
        kill(environment);

        assertNull(environment.status().running());
        assertTrue(environment.start(BINARIES));

        assertEquals(List.of("50"), query(environment, "SELECT COUNT(*) FROM n"));
    }

    @Test
    void aServerThatHangsIsEnded() throws Exception {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
        var environment = started();
        var place = running(environment).place();
        hang(environment);

        assertTrue(environment.stop());

        assertIsGone(place);
        assertTrue(environment.start(BINARIES));
    }

    @Test
    void aServerThatDoesNotTakeTheLoginIsEnded() throws Exception {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
        var environment = started();
        var place = running(environment).place();
        var password = Files.readString(environment.clientFile()).replaceFirst("password=\\w+", "password=wrong");
        Files.writeString(environment.clientFile(), password);

        assertTrue(environment.stop());

        assertIsGone(place);
    }

    @Test
    void aProjectThatIsMovedKeepsItsData() throws Exception {
        var environment = started();
        writeRow(environment);
        environment.stop();
        var moved = Files.move(project, temporary.resolve("moved"));

        var found = ProjectEnvironment.find(moved).orElseThrow();
        found.start(BINARIES);

        assertEquals(List.of("1"), rows(found));
    }

    @Test
    void aProjectThatIsMovedWhileItIsStartedHasToBeStartedAgain() throws Exception {
        var environment = started();
        writeRow(environment);
        var old = running(environment).place();
        var found = ProjectEnvironment.find(Files.move(project, temporary.resolve("moved")))
                .orElseThrow();

        assertMessageContains(
                assertThrows(ServerException.class, found::server), "was moved to", "moved", "Start it again");
        assertTrue(found.start(BINARIES));

        assertIsGone(old);
        assertEquals(List.of("1"), rows(found));
        assertFalse(found.start(BINARIES));
    }

    @Test
    void theCopyOfAProjectHasADatabaseOfItsOwn() throws Exception {
        var environment = started();
        writeRow(environment);
        var copied = temporary.resolve("copied");
        for (var file : walk(project)) {
            var target = copied.resolve(project.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
        var copy = ProjectEnvironment.find(copied).orElseThrow();

        assertEquals(Optional.empty(), copy.server());
        assertFalse(copy.stop());
        assertTrue(copy.start(BINARIES));
        assertNotEquals(running(environment).port(), running(copy).port());
        SqlRunner.execute(dataSource(copy), "DROP TABLE t");
        copy.delete();

        assertEquals(List.of("1"), rows(environment));
    }

    @Test
    void databasesOfKilledRunsAreDroppedAtTheStartAndNoOthers() throws SQLException {
        var environment = started();
        SqlRunner.execute(
                dataSource(environment),
                "CREATE DATABASE rowan_test_7f",
                "CREATE DATABASE rowan_generate_7f",
                "CREATE DATABASE rowan_docs_7f",
                "CREATE DATABASE rowan_check_7f",
                "CREATE DATABASE rowan_release_7f",
                "CREATE DATABASE rowan_my_own",
                "CREATE DATABASE rowanxtest");
        environment.stop();

        environment.start(BINARIES);

        assertEquals(
                List.of("rowan", "rowan_my_own", "rowanxtest"), query(environment, "SHOW DATABASES LIKE 'rowan%'"));
    }

    final ProjectEnvironment started() {
        var environment = create(project);
        environment.start(BINARIES);
        return environment;
    }

    static DatabaseServer server(ProjectEnvironment environment) {
        return environment.server().orElseThrow();
    }

    static ProjectEnvironment.Running running(ProjectEnvironment environment) {
        var running = environment.status().running();
        assertNotNull(running);
        return running;
    }

    static DataSource dataSource(ProjectEnvironment environment) {
        return server(environment).dataSource();
    }

    static void writeRow(ProjectEnvironment environment) throws SQLException {
        SqlRunner.execute(dataSource(environment), "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    }

    static List<String> rows(ProjectEnvironment environment) throws SQLException {
        return query(environment, "SELECT id FROM t");
    }

    static List<String> query(ProjectEnvironment environment, String sql) throws SQLException {
        return SqlRunner.query(dataSource(environment), sql);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    static List<Path> walk(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Other startInAnotherProcess(Path project) throws IOException {
        return new Other(ForkedJvm.start(StartAndExit.class, List.of("-Dproject=" + project)));
    }

    private record Other(Process process) {
        String result() throws Exception {
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), output);
            return output.strip();
        }
    }

    /** Starts the environment of a directory, prints whether it was started, and exits. */
    static final class StartAndExit {
        public static void main(String[] arguments) {
            var project = Path.of(System.getProperty("project"));
            System.out.println(ProjectEnvironment.find(project).orElseThrow().start(BINARIES));
        }
    }
}
