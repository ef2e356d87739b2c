package dev.rowan.db.internal.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries a fake engine, which has the image mysql:9.7, and whose registry has mysql:9.8. */
class DockerEngineTest {

    private HttpServer http;
    private Map<String, String> environment;

    @BeforeEach
    void startEngine() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var known = path.equals("/_ping")
                    || path.equals("/images/mysql:9.7/json")
                    || path.equals("/distribution/mysql:9.8/json");
            exchange.sendResponseHeaders(known ? 200 : 404, -1);
            exchange.close();
        });
        http.start();
        environment = Map.of(
                "DOCKER_HOST",
                "tcp://127.0.0.1:" + http.getAddress().getPort(),
                "TESTCONTAINERS_RYUK_DISABLED",
                "true");
    }

    @AfterEach
    void stopEngine() {
        http.stop(0);
    }

    @Test
    void anImageIsAvailableFromTheEngineOrItsRegistry() {
        var engine = DockerEngine.find(environment).orElseThrow();

        assertEquals(Optional.empty(), engine.missingImage("mysql:9.7", environment));
        assertEquals(Optional.empty(), engine.missingImage("mysql:9.8", environment));
        assertEquals(Optional.of("mysql:9.9"), engine.missingImage("mysql:9.9", environment));
    }

    @Test
    void theReapersImageIsRequiredUnlessItIsDisabled() {
        var engine = DockerEngine.find(environment).orElseThrow();
        var missing = engine.missingImage("mysql:9.7", Map.of()).orElseThrow();

        assertTrue(missing.startsWith("testcontainers/ryuk:"), missing);
    }

    @Test
    void imagesOfAMirrorAreNotChecked() {
        var engine = DockerEngine.find(environment).orElseThrow();

        assertEquals(
                Optional.empty(),
                engine.missingImage("mysql:9.9", Map.of("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", "mirror/")));
    }

    @Test
    void anAddressThatRefusesConnectionsIsNoEngine() {
        http.stop(0);

        assertEquals(Optional.empty(), DockerEngine.find(environment));
        assertEquals(Optional.empty(), DockerEngine.find(Map.of("DOCKER_HOST", "unix:///no/such.sock")));
        assertEquals(Optional.empty(), DockerEngine.find(Map.of("DOCKER_HOST", "not a host")));
    }

    @Test
    void aServerThatDoesNotRespondIsNoEngineAfterTwoSeconds() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var start = System.nanoTime();

            assertEquals(
                    Optional.empty(),
                    DockerEngine.find(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + silent.getLocalPort())));
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 4000);
        }
    }
}
