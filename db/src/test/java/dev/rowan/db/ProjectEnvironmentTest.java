package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.db.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProjectEnvironmentTest extends EnvironmentPromises {

    @Override
    ProjectEnvironment create(Path directory) {
        return ProjectEnvironment.create(directory, BINARIES);
    }

    @Override
    String product() {
        return "MariaDB 11.4.5";
    }

    @Override
    void kill(ProjectEnvironment environment) {
        var place = running(environment).place();
        process(environment).destroyForcibly();
        assertIsGone(place);
    }

    @Override
    void hang(ProjectEnvironment environment) throws Exception {
        var pid = String.valueOf(process(environment).pid());
        assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).start().waitFor());
    }

    @Override
    String shownByTheSystem(ProjectEnvironment environment) {
        return process(environment).info().commandLine().orElse("");
    }

    @Override
    void assertIsGone(String place) {
        process(place)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
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
        assertEquals(process(environment).info().startInstant(), Optional.of(running.since()));
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

    /** After a reboot the recorded process id may be that of any process: here of this JVM. */
    @Test
    void aProcessThatHasGotTheIdOfTheServerIsLeftAlone() throws Exception {
        var environment = started();
        kill(environment);
        var record = project.resolve(".rowan/database/server.properties");
        Files.writeString(
                record,
                Files.readString(record)
                        .replaceFirst("id=\\d+", "id=" + ProcessHandle.current().pid()));

        assertNull(environment.status().running());
        assertFalse(environment.stop());
        assertTrue(environment.start(BINARIES));
        writeRow(environment);
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

    private static ProcessHandle process(ProjectEnvironment environment) {
        return process(running(environment).place()).orElseThrow();
    }

    private static Optional<ProcessHandle> process(String place) {
        return ProcessHandle.of(Long.parseLong(place.replace("process ", "")));
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
