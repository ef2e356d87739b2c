package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {

    /** What a user's console would show, warnings of the JVM and logs on their way to no configuration included. */
    @Test
    void startingAndMigratingPrintNothing() throws Exception {
        var jvm = ForkedJvm.start(Migrated.class, List.of());

        assertEquals("", new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, jvm.waitFor());
    }

    /** Starts a server and takes its schema up and down. */
    static final class Migrated {
        public static void main(String[] arguments) {
            try (var server = DatabaseServer.start(ServerOptions.of("embedded"))) {
                var migrator = Migrator.of(server.dataSource(), "rowan/changelog/master.yaml");
                migrator.update();
                migrator.rollbackAll();
            }
        }
    }
}
