package dev.rowan.db.internal.container;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastingContainerTest {

    private static final DockerCommand NO_ENGINE = new DockerCommand(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"));

    @TempDir
    private Path project;

    /** Where not even the command is installed, the message says this. */
    @Test
    void dockerThatDoesNotRunIsReportedAndLeavesNothing() {
        var container = new LastingContainer(NO_ENGINE, "mysql:9.7", project);

        assertMessageContains(
                assertThrows(IOException.class, () -> container.create(project)),
                "Docker does not answer",
                "Start Docker");
        assertThrows(IOException.class, container::removeAll);
        assertFalse(Files.exists(project.resolve("data")));
    }

    @Test
    void aNameIsThatOfOneDirectoryAndOneThatDockerTakes() {
        assertTrue(name("/home/ann/shop").matches("rowan-shop-[0-9a-f]{8}"));
        assertEquals(name("/home/ann/shop"), name("/home/ann/shop"));
        assertNotEquals(name("/home/ann/shop"), name("/home/bob/shop"));
        assertTrue(name("/home/ann/my shop ü").matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+"));
        assertTrue(name("/").matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+"));
    }

    @Test
    void theErrorsOfAServerAreShownBeforeItsLastLines() {
        var log = "start\n1 [ERROR] the cause\nRun 'docker run --help' for more information\n\nshutdown complete";

        assertEquals("1 [ERROR] the cause", new DockerCommand.Output("", log).summary());
        assertEquals(
                "no\nyes",
                new DockerCommand.Output("no", "\n yes \n\n").summary().replace("\r", ""));
    }

    private static String name(String directory) {
        return new LastingContainer("mysql:9.7", Path.of(directory)).name();
    }
}
