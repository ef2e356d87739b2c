package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.db.internal.container.ContainerServer;
import dev.rowan.db.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skipped without a Docker engine that has the image or can pull it. */
class DockerEnvironmentTest extends EnvironmentPromises {

    private static final String IMAGE = ServerOptions.auto().image();

    /** An environment that was never started. Most tests have a copy, because its creation takes seconds. */
    @TempDir
    private static Path template;

    @BeforeAll
    static void createTemplate() {
        assumeTrue(ContainerServer.isDockerRunning(System.getenv()), "no Docker engine");
        try {
            ProjectEnvironment.createInDocker(template, IMAGE);
        } catch (ServerException e) {
            var message = String.valueOf(e.getMessage());
            if (Pattern.compile("cannot pull|no command").matcher(message).find()) {
                abort(message);
            }
            throw e;
        }
    }

    @Override
    ProjectEnvironment create(Path directory) {
        try (var files = Files.walk(template.resolve(".rowan"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = directory.resolve(template.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ProjectEnvironment.find(directory).orElseThrow();
    }

    @Override
    String product() {
        return "MySQL in a container (" + IMAGE + ")";
    }

    @Override
    void kill(ProjectEnvironment environment) throws Exception {
        docker("kill", name(environment));
    }

    @Override
    void hang(ProjectEnvironment environment) throws Exception {
        docker("pause", name(environment));
    }

    @Override
    String shownByTheSystem(ProjectEnvironment environment) throws Exception {
        return docker("inspect", name(environment)) + docker("top", name(environment));
    }

    @Override
    void assertIsGone(String place) throws Exception {
        assertEquals(
                "", docker("ps", "--all", "--quiet", "--filter", "name=^" + place.replace("container ", "") + "$"));
    }

    @Test
    void itIsCreatedAndDeletedWithoutATrace() throws Exception {
        var environment = ProjectEnvironment.createInDocker(project, IMAGE);
        assertNull(environment.status().running());
        assertEquals(product(), environment.status().product());
        assertEquals(List.of(), containers(project));

        environment.start(BINARIES);
        writeRow(environment);
        environment.stop();
        assertEquals(List.of(), containers(project));

        environment.delete();
        assertEquals(List.of(), list(project));
        assertEquals(List.of(), containers(project));
    }

    @Test
    void theStatusTellsTheImageAndTheContainer() {
        var environment = started();

        var lines = environment.status().lines();

        assertTrue(lines.get(0).startsWith("server    " + product() + ", started at "), lines::toString);
        assertTrue(lines.get(1).matches("port {6}\\d+, container rowan-shop-[0-9a-f]{8}"), lines::toString);
    }

    @Test
    void itIsReachedFromThisMachineOnlyAndHasOneUser() throws Exception {
        var environment = started();

        assertEquals("127.0.0.1:" + running(environment).port(), docker("port", name(environment), "3306/tcp"));
        assertEquals(List.of("rowan"), query(environment, "SELECT user FROM mysql.user WHERE user NOT LIKE 'mysql.%'"));
        assertEquals(
                List.of("utf8mb4 +00:00 1"),
                query(environment, "SELECT @@character_set_database, @@time_zone, @@local_infile"));
    }

    @Test
    void itsFilesBelongToTheOwnerOfTheFolder() throws Exception {
        var environment = started();
        writeRow(environment);

        for (var file : walk(project)) {
            assertEquals(Files.getOwner(project.resolve(".rowan")), Files.getOwner(file), file::toString);
        }
    }

    @Test
    void aContainerThatWasRemovedByHandIsMadeAgain() throws Exception {
        var environment = started();
        writeRow(environment);
        docker("rm", "--force", name(environment));

        assertNull(environment.status().running());
        assertFalse(environment.stop());
        assertTrue(environment.start(BINARIES));

        assertEquals(List.of("1"), rows(environment));
    }

    @Test
    void theContainerOfAFolderThatWasDeletedByHandIsReplaced() throws Exception {
        started();
        var old = containers(project);
        docker("kill", old.getFirst());
        try (var files = Files.walk(project.resolve(".rowan"))) {
            for (var file : new ArrayList<>(files.toList()).reversed()) {
                Files.delete(file);
            }
        }

        started();

        assertEquals(1, containers(project).size());
        assertNotEquals(old, containers(project));
    }

    @Test
    void aProjectWhosePathHasOddCharactersHasOneToo() throws Exception {
        project = Files.createDirectory(temporary.resolve("a, b: \"c\" ä"));
        var environment = started();

        writeRow(environment);
        assertEquals(List.of("1"), rows(environment));
        environment.delete();
        assertEquals(List.of(), containers(project));
    }

    @Test
    void aProcessThatIsKilledWhileItCreatesOneLeavesNothingThatIsInTheWay() throws Exception {
        var jvm = ForkedJvm.start(Create.class, List.of("-Dproject=" + project));
        while (containers(project).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        jvm.destroyForcibly().waitFor();

        var environment = ProjectEnvironment.createInDocker(project, IMAGE);
        assertTrue(environment.start(BINARIES));
        writeRow(environment);
        environment.delete();

        assertEquals(List.of(), list(project));
        assertEquals(List.of(), containers(project));
    }

    @Test
    void withoutItsImageNothingIsCreatedAndTheMessageSaysSo() throws IOException {
        assertMessageContains(
                assertThrows(
                        ServerException.class,
                        () -> ProjectEnvironment.createInDocker(project, "rowan.invalid/no-such-image:1")),
                "cannot be created",
                "does not have the image rowan.invalid/no-such-image:1 and cannot pull it");
        assertEquals(List.of(), list(project));
    }

    private static String name(ProjectEnvironment environment) {
        return running(environment).place().replace("container ", "");
    }

    private static List<String> containers(Path project) throws Exception {
        var label = "label=dev.rowan.environment=" + project;
        return docker("ps", "--all", "--quiet", "--filter", label).lines().toList();
    }

    private static String docker(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** Creates the environment of a directory. */
    static final class Create {
        public static void main(String[] arguments) {
            ProjectEnvironment.createInDocker(Path.of(System.getProperty("project")), IMAGE);
        }
    }
}
