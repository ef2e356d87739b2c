package dev.rowan.db;

import dev.rowan.db.internal.container.ContainerServer;
import dev.rowan.db.internal.embedded.EmbeddedServer;
import dev.rowan.db.internal.environment.Environment;
import dev.rowan.db.internal.environment.EnvironmentFailure;
import dev.rowan.db.internal.server.ExternalServer;
import dev.rowan.db.internal.server.RunningServer;
import dev.rowan.db.internal.server.ServerStartFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the kind of server that the options name. */
final class ServerLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLauncher.class);

    private ServerLauncher() {}

    /**
     * Starts a server, or connects to one.
     *
     * @param variables the environment variables of this process
     * @param directory where to look for the environment of the project
     */
    static RunningServer start(ServerOptions options, Map<String, String> variables, Path directory) {
        try {
            var server = switch (options.server()) {
                case "auto" -> environmentOrStarted(options, variables, directory);
                case "docker" -> ContainerServer.start(options.image(), variables);
                case "embedded" -> startEmbedded(options, "");
                default -> ExternalServer.connect(options.server(), options.user(), options.password());
            };
            LOG.info("The database server is {}", server.description());
            return server;
        } catch (ServerStartFailure | EnvironmentFailure e) {
            throw new ServerException(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    private static RunningServer environmentOrStarted(
            ServerOptions options, Map<String, String> variables, Path directory)
            throws ServerStartFailure, EnvironmentFailure {
        var environment = Environment.find(directory);
        var running = environment.isPresent() ? environment.get().server() : Optional.<RunningServer>empty();
        return running.isPresent() ? running.get() : startAutomatically(options, variables);
    }

    /** Starts a container if Docker is running; the embedded server if it is not, or cannot run the image. */
    private static RunningServer startAutomatically(ServerOptions options, Map<String, String> variables)
            throws ServerStartFailure {
        if (!ContainerServer.isDockerRunning(variables)) {
            return startEmbedded(options, "");
        }
        try {
            return ContainerServer.start(options.image(), variables);
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
