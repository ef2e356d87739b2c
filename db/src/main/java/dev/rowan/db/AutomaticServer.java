package dev.rowan.db;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first server that serves: a container where Docker can run one, or else the embedded one. */
final class AutomaticServer {

    private static final Logger log = LoggerFactory.getLogger(AutomaticServer.class);

    private AutomaticServer() {}

    static DatabaseServer start(ServerOptions options) {
        var engine = DockerEngine.find(System.getenv(), Path.of(System.getProperty("user.home")));
        if (engine.isEmpty() || !hasTestcontainers()) {
            return EmbeddedServer.start(options.binaries(), "");
        }
        var image = options.image();
        if (!engine.get().canHave(image)) {
            log.warn("Docker has no image {} and its registry does not answer: embedded MariaDB instead", image);
            return EmbeddedServer.start(options.binaries(), ", as Docker cannot have the image " + image);
        }
        try {
            return inContainer(image);
        } catch (ServerException e) {
            log.warn("Embedded MariaDB instead of a container: {}", e.getMessage());
            return EmbeddedServer.start(options.binaries(), ", as no container of " + image + " started");
        }
    }

    static DatabaseServer inContainer(String image) {
        if (!hasTestcontainers()) {
            throw new ServerException(
                    "A server in a container needs Testcontainers. Add org.testcontainers:testcontainers-mysql to the"
                            + " dependencies, or take another server.",
                    null);
        }
        return ContainerServer.start(image);
    }

    /** It is an optional dependency: {@link ContainerServer} cannot even be loaded without it. */
    private static boolean hasTestcontainers() {
        var loader = AutomaticServer.class.getClassLoader();
        return loader.getResource("org/testcontainers/mysql/MySQLContainer.class") != null;
    }
}
