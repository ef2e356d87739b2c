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
            return switch (options.server()) {
                case "auto" -> startAutomatically(options, environment);
                case "docker" -> ContainerServer.start(options.image(), environment);
                case "embedded" -> startEmbedded(options, "");
                default -> ExternalServer.connect(options.server(), options.user(), options.password());
            };
        } catch (ServerStartFailure e) {
            throw new ServerException(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    /** Starts a container, or the embedded server if Docker cannot run the image. */
    private static RunningServer startAutomatically(ServerOptions options, Map<String, String> environment)
            throws ServerStartFailure {
        if (!ContainerServer.isSupported(environment)) {
            return startEmbedded(options, "");
        }
        try {
            return ContainerServer.start(options.image(), environment);
        } catch (ServerStartFailure e) {
            LOG.warn("Starting an embedded MariaDB instead of a container. {}", e.getMessage());
            return startEmbedded(options, ", because Docker cannot run " + options.image());
        }
    }

    private static RunningServer startEmbedded(ServerOptions options, String remark) throws ServerStartFailure {
        return EmbeddedServer.start(options.binaries()::fetch, remark);
    }
}
