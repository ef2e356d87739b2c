package dev.rowan.db;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first server that serves: a container where Docker can run one, or else the embedded one. */
final class AutomaticServer {

    private static final Logger log = LoggerFactory.getLogger(AutomaticServer.class);

    private AutomaticServer() {}

    static DatabaseServer start(ServerOptions options, Map<String, String> environment) {
        if (DockerEngine.find(environment).isEmpty() || !ContainerServer.hasTestcontainers()) {
            return EmbeddedServer.start(options.binaries(), "");
        }
        try {
            return ContainerServer.start(options.image(), environment);
        } catch (ServerException e) {
            log.warn("An embedded MariaDB instead of a container. {}", e.getMessage());
            return EmbeddedServer.start(options.binaries(), ", as Docker runs no " + options.image() + " here");
        }
    }
}
