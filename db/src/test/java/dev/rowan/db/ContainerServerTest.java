package dev.rowan.db;

import static dev.rowan.db.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs where a Docker engine answers that can have the image. */
class ContainerServerTest {

    private static final ServerOptions DOCKER = ServerOptions.of("docker");

    @BeforeAll
    static void needsDocker() {
        var environment = System.getenv();
        assumeTrue(
                DockerEngine.find(environment)
                        .filter(engine ->
                                engine.missingImage(DOCKER.image(), environment).isEmpty())
                        .isPresent(),
                "no Docker engine, or none with the image " + DOCKER.image());
    }

    @Test
    void servesAnEmptyDatabaseUntilItIsClosed() throws SQLException {
        var server = DatabaseServer.start(DOCKER);
        try (server) {
            assertTrue(
                    server.description().matches("MySQL 9\\.7\\.\\d+ in a container \\(mysql:9\\.7\\)"),
                    server::description);
            assertTrue(server.disposable());
            assertEquals(List.of(), Sql.query(server.dataSource(), "SHOW TABLES"));
            assertTrue(server.createDatabase("another").endsWith("/another"));
        }
        assertThrows(SQLException.class, () -> server.dataSource().getConnection());
    }

    @Test
    void anImageThatCannotBeHadIsNamedAtOnce() {
        var options = DOCKER.withImage("rowan.invalid/no-such-image:1");

        assertContains(
                assertThrows(ServerException.class, () -> DatabaseServer.start(options)),
                "rowan.invalid/no-such-image:1",
                "docker pull",
                "-Drowan.server=embedded");
    }

    @Test
    void autoIsEmbeddedWhereTheImageCannotBeHadAndSaysSo() {
        var options = ServerOptions.auto().withImage("rowan.invalid/no-such-image:1");

        try (var server = DatabaseServer.start(options)) {
            assertEquals(
                    "MariaDB 11.4.5, embedded, as Docker runs no rowan.invalid/no-such-image:1 here",
                    server.description());
        }
    }
}
