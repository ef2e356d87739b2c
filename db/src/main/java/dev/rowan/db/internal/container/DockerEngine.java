package dev.rowan.db.internal.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running Docker engine, queried over HTTP: its absence is known in milliseconds, without loading Testcontainers.
 *
 * @param address its TCP address or Unix socket
 */
record DockerEngine(SocketAddress address) {

    /** The image that removes containers after a killed JVM, in the version that our Testcontainers uses. */
    private static final String REAPER = "testcontainers/ryuk:0.14.0";

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);

    /** Finds the engine where Testcontainers finds it: at {@code DOCKER_HOST}, else at the default sockets. */
    static Optional<DockerEngine> find(Map<String, String> environment) {
        return addresses(environment, Path.of(System.getProperty("user.home")))
                .map(DockerEngine::new)
                .filter(DockerEngine::answers)
                .findFirst();
    }

    /**
     * Returns the first image that Testcontainers needs and cannot get; empty if all are available. Testcontainers
     * itself would retry the pull for minutes.
     */
    Optional<String> missingImage(String image, Map<String, String> environment) {
        if (!environment
                .getOrDefault("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", "")
                .isEmpty()) {
            return Optional.empty(); // Testcontainers pulls from a registry of its own configuration
        }
        var reaper =
                environment.getOrDefault("TESTCONTAINERS_RYUK_DISABLED", "").equals("true")
                        ? Stream.<String>empty()
                        : Stream.of(REAPER);
        return Stream.concat(Stream.of(image), reaper)
                .filter(name -> !isAvailable(name))
                .findFirst();
    }

    /** Returns whether the engine has the image, or else finds it in its registry. */
    private boolean isAvailable(String image) {
        return status("/images/" + image + "/json", ANSWER_TIMEOUT) != 404
                || status("/distribution/" + image + "/json", REGISTRY_TIMEOUT) == 200;
    }

    private boolean answers() {
        return status("/_ping", ANSWER_TIMEOUT) != 0;
    }

    private static Stream<SocketAddress> addresses(Map<String, String> environment, Path home) {
        var host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isBlank()) {
            return address(host).stream();
        }
        var sockets = Stream.of(
                Path.of("/var/run/docker.sock"),
                Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"),
                home.resolve(".docker/run/docker.sock"),
                home.resolve(".docker/desktop/docker.sock"));
        return sockets.filter(Files::exists).map(UnixDomainSocketAddress::of);
    }

    private static Optional<SocketAddress> address(String dockerHost) {
        try {
            var uri = URI.create(dockerHost);
            return Optional.of(
                    "unix".equals(uri.getScheme())
                            ? UnixDomainSocketAddress.of(uri.getPath())
                            : new InetSocketAddress(uri.getHost(), uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no host and port: Testcontainers cannot use it either
        }
    }

    /** Returns the HTTP status of a GET; 0 if there is no response in time. */
    private int status(String path, Duration timeout) {
        var family = address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : null;
        try (var channel = family == null ? SocketChannel.open() : SocketChannel.open(family);
                var selector = Selector.open()) {
            if (family == null) {
                channel.socket().connect(address, (int) timeout.toMillis());
            } else {
                channel.connect(address);
            }
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n").getBytes(US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(timeout.toMillis()) == 0) {
                return 0;
            }
            var answer = ByteBuffer.allocate("HTTP/1.0 200".length());
            channel.read(answer);
            var words = new String(answer.array(), US_ASCII).split(" ", 2);
            return words[0].startsWith("HTTP/") ? Integer.parseInt(words[1]) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
