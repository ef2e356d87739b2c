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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectEnvironmentTest {

    private static final BinarySource BINARIES = ServerOptions.auto().binaries();

    @TempDir
    private Path temporary;

    private Path project;

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

    @Test
    void itKeepsItsDataAndItsPortFromStartToStart() throws SQLException {
        var environment = ProjectEnvironment.create(project, BINARIES);
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
    void itIsDeletedWithoutATrace() throws IOException {
        var environment = started();
        var process = process(environment);

        environment.delete();

        assertEquals(List.of(), list(project));
        assertEnds(process);
        assertEquals(Optional.empty(), ProjectEnvironment.find(project));
        assertMessageContains(
                assertThrows(ServerException.class, environment::status), "There is no environment", "env-create");
    }

    @Test
    void aStoppedOneIsDeletedToo() throws IOException {
        ProjectEnvironment.create(project, BINARIES).delete();

        assertEquals(List.of(), list(project));
    }

    @Test
    void filesOfSomebodyElseInItsFolderStay() throws IOException {
        var environment = ProjectEnvironment.create(project, BINARIES);
        var notes = Files.writeString(project.resolve(".rowan/notes.txt"), "mine");

        environment.delete();

        assertEquals(List.of(notes), list(project.resolve(".rowan")));
    }

    @Test
    void theStatusTellsWhatIsRunningWhere() throws IOException {
        var environment = started();

        var status = environment.status();

        assertEquals("MariaDB 11.4.5", status.product());
        assertEquals(project.resolve(".rowan"), status.folder());
        assertTrue(status.bytes() > 10_000_000, () -> "bytes: " + status.bytes());
        var running = running(environment);
        assertTrue(server(environment).url().contains("127.0.0.1:" + running.port() + "/"));
        assertEquals(ProcessHandle.of(running.pid()).orElseThrow().info().startInstant(), Optional.of(running.since()));
    }

    @Test
    void itIsReachedFromThisMachineOnlyAndHasTheDefaultsOfMySql() throws SQLException {
        var environment = started();

        assertEquals(
                List.of("127.0.0.1  utf8mb4 +00:00"),
                query(environment, "SELECT @@bind_address, @@socket, @@character_set_database, @@time_zone"));
        assertEquals(
                List.of("rowan 0"),
                query(environment, "SELECT user, password = '' FROM mysql.user WHERE user <> 'mariadb.sys'"));
    }

    @Test
    void gitIgnoresIt() throws IOException {
        ProjectEnvironment.create(project, BINARIES);

        assertEquals("*\n", Files.readString(project.resolve(".rowan/.gitignore")));
    }

    @Test
    void nobodyElseCanReadThePassword() throws IOException {
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
        var commandLine = process(environment).info().commandLine().orElse("");
        assertTrue(commandLine.contains("--port="), commandLine);
        assertFalse(commandLine.contains(password));
        assertFalse(environment.toString().contains(password));
    }

    @Test
    void aLoginThatOthersCanReadIsNotUsed() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        var environment = ProjectEnvironment.create(project, BINARIES);
        Files.setPosixFilePermissions(environment.clientFile(), PosixFilePermissions.fromString("rw-r--r--"));

        assertMessageContains(
                assertThrows(ServerException.class, () -> environment.start(BINARIES)),
                environment.clientFile().toString(),
                "other users",
                "chmod go= ");
    }

    @Test
    void aProjectHasOneEnvironment() {
        ProjectEnvironment.create(project, BINARIES);

        assertMessageContains(
                assertThrows(ServerException.class, () -> ProjectEnvironment.create(project, BINARIES)),
                project.resolve(".rowan") + " already",
                "delete it");
        assertTrue(ProjectEnvironment.find(project).isPresent());
    }

    @Test
    void itIsFoundFromBelowUpToTheRootOfTheRepository() throws IOException {
        ProjectEnvironment.create(project, BINARIES);
        var module = Files.createDirectories(project.resolve("module/src"));
        var repository = project.resolve("other");
        Files.createDirectories(repository.resolve(".git"));

        assertEquals(project, ProjectEnvironment.find(module).orElseThrow().project());
        assertEquals(Optional.empty(), ProjectEnvironment.find(repository));
        assertEquals(Optional.empty(), ProjectEnvironment.find(temporary));
    }

    @Test
    void theDefaultServerIsTheEnvironmentWhileItIsStarted() {
        var environment = started();
        var below = project.resolve(".rowan");

        var server = DatabaseServer.of(ServerLauncher.start(ServerOptions.auto(), Map.of(), below));
        assertEquals(server(environment).url(), server.url());
        assertEquals("MariaDB 11.4.5, the environment of " + project, server.description());
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
        ProjectEnvironment.create(project, BINARIES);

        assertEquals("true", startInAnotherProcess(project).result());

        var environment = ProjectEnvironment.find(project).orElseThrow();
        writeRow(environment);
        assertEquals(List.of("1"), rows(environment));
    }

    @Test
    void processesThatStartItAtTheSameTimeStartOneServer() throws Exception {
        ProjectEnvironment.create(project, BINARIES);
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
    void threadsThatCreateItAtTheSameTimeCreateOne() throws Exception {
        Callable<Boolean> create = () -> {
            try {
                ProjectEnvironment.create(project, BINARIES);
                return true;
            } catch (ServerException e) {
                assertMessageContains(e, "already");
                return false;
            }
        };
        try (var threads = Executors.newFixedThreadPool(3)) {
            var created = 0;
            for (var result : threads.invokeAll(Collections.nCopies(3, create))) {
                created += result.get() ? 1 : 0;
            }
            assertEquals(1, created);
        }
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

    /** After a reboot the recorded process id may be that of any process: here of this JVM. */
    @Test
    void aProcessThatHasGotTheIdOfTheServerIsLeftAlone() throws Exception {
        var environment = started();
        kill(environment);
        var record = project.resolve(".rowan/database/server.properties");
        Files.writeString(
                record,
                Files.readString(record)
                        .replaceFirst(
                                "pid=\\d+", "pid=" + ProcessHandle.current().pid()));

        assertNull(environment.status().running());
        assertFalse(environment.stop());
        assertTrue(environment.start(BINARIES));
        writeRow(environment);
    }

    @Test
    void aServerThatHangsIsEnded() throws Exception {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
        var environment = started();
        var process = process(environment);
        assertEquals(
                0,
                new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                        .start()
                        .waitFor());

        assertTrue(environment.stop());

        assertEnds(process);
        assertTrue(environment.start(BINARIES));
    }

    @Test
    void aServerThatDoesNotTakeTheLoginIsEnded() throws Exception {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
        var environment = started();
        var process = process(environment);
        var password = Files.readString(environment.clientFile()).replaceFirst("password=\\w+", "password=wrong");
        Files.writeString(environment.clientFile(), password);

        assertTrue(environment.stop());

        assertEnds(process);
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
        var old = process(environment);
        var found = ProjectEnvironment.find(Files.move(project, temporary.resolve("moved")))
                .orElseThrow();

        assertMessageContains(
                assertThrows(ServerException.class, found::server), "was moved to", "moved", "Start it again");
        assertTrue(found.start(BINARIES));

        assertEnds(old);
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

    /** The files that a process leaves when it is killed while it creates an environment. */
    @Test
    void whatAnInterruptedCreationLeftIsReplaced() throws IOException {
        Files.createDirectories(project.resolve(".rowan/database.part/data/mysql"));
        Files.createFile(project.resolve(".rowan/lock"));
        assertEquals(Optional.empty(), ProjectEnvironment.find(project));

        var environment = ProjectEnvironment.create(project, BINARIES);

        assertTrue(environment.start(BINARIES));
        environment.delete();
        assertEquals(List.of(), list(project));
    }

    @Test
    void aProcessThatIsKilledAtAnyTimeLeavesAllOrNothing() throws Exception {
        for (var millis : List.of(0, 50, 130)) {
            var jvm = ForkedJvm.start(CreateAndDelete.class, List.of("-Dproject=" + project));
            assertEquals("created", jvm.inputReader().readLine());
            TimeUnit.MILLISECONDS.sleep(millis);
            jvm.destroyForcibly().waitFor();

            var environment =
                    ProjectEnvironment.find(project).orElseGet(() -> ProjectEnvironment.create(project, BINARIES));
            assertTrue(environment.start(BINARIES));
            writeRow(environment);
            environment.delete();
            assertEquals(List.of(), list(project));
        }
    }

    @Test
    void databasesOfKilledRunsAreDroppedAtTheStartAndNoOthers() throws SQLException {
        var environment = started();
        SqlRunner.execute(
                dataSource(environment),
                "CREATE DATABASE rowan_test_7f",
                "CREATE DATABASE rowan_generate_7f",
                "CREATE DATABASE rowan_my_own",
                "CREATE DATABASE rowanxtest");
        environment.stop();

        environment.start(BINARIES);

        assertEquals(
                List.of("rowan", "rowan_my_own", "rowanxtest"), query(environment, "SHOW DATABASES LIKE 'rowan%'"));
    }

    @Test
    void onAFullDiskNothingIsCreatedAndTheMessageSaysSo() throws Exception {
        try (var disk = new SmallDisk(project, "12m")) {
            assertMessageContains(
                    assertThrows(ServerException.class, () -> ProjectEnvironment.create(project, BINARIES)),
                    "cannot be created",
                    "No space left",
                    "MB left. Make room");
            assertEquals(List.of(), list(project));
            assertEquals(project, disk.mounted());
        }
    }

    @Test
    void onAFullDiskItDoesNotStartAndTheMessageSaysSo() throws Exception {
        try (var disk = new SmallDisk(project, "48m")) {
            var environment = ProjectEnvironment.create(project, BINARIES);
            var rest = disk.fill();

            assertMessageContains(
                    assertThrows(ServerException.class, () -> environment.start(BINARIES)),
                    "cannot be started",
                    "MB left. Make room");

            Files.delete(rest);
            assertTrue(environment.start(BINARIES));
            environment.delete();
        }
    }

    private ProjectEnvironment started() {
        var environment = ProjectEnvironment.create(project, BINARIES);
        environment.start(BINARIES);
        return environment;
    }

    private static DatabaseServer server(ProjectEnvironment environment) {
        return environment.server().orElseThrow();
    }

    private static ProjectEnvironment.Running running(ProjectEnvironment environment) {
        var running = environment.status().running();
        assertNotNull(running);
        return running;
    }

    private static ProcessHandle process(ProjectEnvironment environment) {
        return ProcessHandle.of(running(environment).pid()).orElseThrow();
    }

    private static void kill(ProjectEnvironment environment) throws Exception {
        var process = process(environment);
        process.destroyForcibly();
        assertEnds(process);
    }

    private static void assertEnds(ProcessHandle process) {
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static DataSource dataSource(ProjectEnvironment environment) {
        return server(environment).dataSource();
    }

    private static void writeRow(ProjectEnvironment environment) throws SQLException {
        SqlRunner.execute(dataSource(environment), "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    }

    private static List<String> rows(ProjectEnvironment environment) throws SQLException {
        return query(environment, "SELECT id FROM t");
    }

    private static List<String> query(ProjectEnvironment environment, String sql) throws SQLException {
        return SqlRunner.query(dataSource(environment), sql);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
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

    /** Creates and deletes an environment until it is killed. */
    static final class CreateAndDelete {
        public static void main(String[] arguments) {
            while (true) {
                var environment = ProjectEnvironment.create(Path.of(System.getProperty("project")), BINARIES);
                System.out.println("created");
                environment.delete();
            }
        }
    }

    /** A file system of a few megabytes, which only an administrator of Linux can make. */
    private record SmallDisk(Path mounted) implements AutoCloseable {

        SmallDisk(Path directory, String size) throws IOException {
            this(directory);
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/mount"))
                            && run("mount", "-t", "tmpfs", "-o", "size=" + size, "rowan", mounted.toString()) == 0,
                    "needs the right to mount a file system");
        }

        /** Fills the rest of the disk with one file. */
        Path fill() throws IOException {
            var file = mounted.resolve("rest");
            try (var out = Files.newOutputStream(file)) {
                while (true) {
                    out.write(new byte[4096]);
                }
            } catch (IOException e) {
                return file;
            }
        }

        @Override
        public void close() throws IOException {
            assertEquals(0, run("umount", mounted.toString()));
        }

        private static int run(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        }
    }
}
