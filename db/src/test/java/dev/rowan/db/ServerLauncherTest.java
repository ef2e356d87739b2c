package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.rowan.db.testing.LogOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is chosen, with a fake Docker engine that has the image mysql:9.7 and no other. */
class ServerLauncherTest {

    private HttpServer http;
    private Map<String, String> environment;

    @TempDir
    private Path folder;

    @BeforeEach
    void startEngine() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var known = path.equals("/_ping") || path.equals("/images/mysql:9.7/json");
            exchange.sendResponseHeaders(known ? 200 : 404, -1);
            exchange.close();
        });
        http.start();
        environment =
                Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + http.getAddress().getPort());
    }

    @AfterEach
    void stopEngine() {
        http.stop(0);
    }

    @Test
    void theReasonForTheEmbeddedServerNamesTheImageThatIsMissing() {
        var log = LogOutput.of(() -> {
            var server = ServerLauncher.start(ServerOptions.auto(), environment, folder);
            server.stop().run();

            assertTrue(
                    server.description()
                            .matches("MariaDB 11.4.5, embedded, because Docker does not have the image"
                                    + " testcontainers/ryuk:[0-9.]+ and cannot pull it"),
                    server::description);
        });

        assertTrue(log.contains("TESTCONTAINERS_RYUK_DISABLED=true"), log);
    }

    @Test
    void withoutDockerTheEmbeddedServerNeedsNoReason() {
        http.stop(0);

        var server = ServerLauncher.start(ServerOptions.auto(), environment, folder);
        server.stop().run();

        assertEquals("MariaDB 11.4.5, embedded", server.description());
    }

    @Test
    void aServerThatCannotBeReachedIsDescribed() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertMessageContains(
                refused("127.0.0.1:" + free), "127.0.0.1:" + free + "/shop", "nothing listens on this port");
        assertMessageContains(refused("no-such-host.invalid"), "no-such-host.invalid", "the host is unknown");
    }

    private ServerException refused(String host) {
        var options = ServerOptions.of("jdbc:mysql://" + host + "/shop")
                .withUser("ann")
                .withPassword("secret");
        return assertThrows(ServerException.class, () -> ServerLauncher.start(options, environment, folder));
    }
}
