package dev.rowan.db;

import dev.rowan.db.internal.container.ContainerServer;
import dev.rowan.db.internal.embedded.EmbeddedServer;
import dev.rowan.db.internal.server.ExternalServer;
import dev.rowan.db.internal.server.RunningServer;
import dev.rowan.db.internal.server.ServerStartFailure;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the kind of server that the options name. */
final class ServerLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLauncher.class);

    private ServerLauncher() {}

    static RunningServer start(ServerOptions options, Map<String, String> environment) {
        try {
            var server = switch (options.server()) {
                case "auto" -> startAutomatically(options, environment);
                case "docker" -> ContainerServer.start(options.image(), environment);
                case "embedded" -> startEmbedded(options, "");
                default -> ExternalServer.connect(options.server(), options.user(), options.password());
            };
            LOG.info("The database server is {}", server.description());
            return server;
        } catch (ServerStartFailure e) {
            throw new ServerException(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    /** Starts a container if Docker is running; the embedded server if it is not, or cannot run the image. */
    private static RunningServer startAutomatically(ServerOptions options, Map<String, String> environment)
            throws ServerStartFailure {
        if (!ContainerServer.isDockerRunning(environment)) {
            return startEmbedded(options, "");
        }
        try {
            return ContainerServer.start(options.image(), environment);
        } catch (ServerStartFailure inDocker) {
            LOG.warn("Starting an embedded MariaDB instead of a container. {}", inDocker.getMessage());
            try {
                return startEmbedded(options, ", because " + inDocker.reason());
            } catch (ServerStartFailure embedded) {
                throw new ServerStartFailure(inDocker.getMessage() + " " + embedded.getMessage(), inDocker);
            }
        }
    }

    private static RunningServer startEmbedded(ServerOptions options, String remark) throws ServerStartFailure {
        return EmbeddedServer.start(options.binaries()::fetch, remark);
    }
}
