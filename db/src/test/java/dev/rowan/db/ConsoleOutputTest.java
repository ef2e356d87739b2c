package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.db.testing.ForkedJvm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleOutputTest {

    /** The output includes warnings of the JVM, and logs without a configuration. */
    @Test
    void startingAndMigratingPrintNothing() throws Exception {
        var jvm = ForkedJvm.start(UpdateAndRollback.class, List.of());

        assertEquals("", new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, jvm.waitFor());
    }

    /** Starts a server, applies a changelog and rolls it back. */
    static final class UpdateAndRollback {
        public static void main(String[] arguments) {
            try (var server = DatabaseServer.start(ServerOptions.of("embedded"))) {
                var migrator = Migrator.of(server.dataSource(), "rowan/changelog/master.yaml");
                migrator.update();
                migrator.rollbackAll();
            }
        }
    }
}
