package dev.rowan.db.internal.container;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerException;
import dev.rowan.db.ServerOptions;
import dev.rowan.db.testing.SqlRunner;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Skipped without a Docker engine that has the image or can pull it. */
class ContainerServerTest {

    private static final ServerOptions DOCKER = ServerOptions.of("docker");

    @BeforeAll
    static void requireDocker() {
        var environment = System.getenv();
        assumeTrue(
                DockerEngine.find(environment)
                        .filter(engine ->
                                engine.missingImage(DOCKER.image(), environment).isEmpty())
                        .isPresent(),
                "no Docker engine, or none with the image " + DOCKER.image());
    }

    @Test
    void startsWithAnEmptyDatabaseAndEndsWhenClosed() throws SQLException {
        var server = DatabaseServer.start(DOCKER);
        try (server) {
            assertTrue(
                    server.description().matches("MySQL 9\\.7\\.\\d+ in a container \\(mysql:9\\.7\\)"),
                    server::description);
            assertTrue(server.disposable());
            assertEquals(List.of(), SqlRunner.query(server.dataSource(), "SHOW TABLES"));
            assertTrue(server.createDatabase("another").endsWith("/another"));
        }
        assertThrows(SQLException.class, () -> server.dataSource().getConnection());
    }

    @Test
    void anUnavailableImageIsReportedWithoutDelay() {
        var options = DOCKER.withImage("rowan.invalid/no-such-image:1");

        assertMessageContains(
                assertThrows(ServerException.class, () -> DatabaseServer.start(options)),
                "rowan.invalid/no-such-image:1",
                "docker pull",
                "-Drowan.server=embedded");
    }

    @Test
    void autoFallsBackToTheEmbeddedServerAndGivesTheReason() {
        var options = ServerOptions.auto().withImage("rowan.invalid/no-such-image:1");

        try (var server = DatabaseServer.start(options)) {
            assertEquals(
                    "MariaDB 11.4.5, embedded, because Docker does not have the image rowan.invalid/no-such-image:1"
                            + " and cannot pull it",
                    server.description());
        }
    }
}
