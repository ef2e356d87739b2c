package dev.rowan.db.internal.container;

import dev.rowan.db.internal.server.RunningServer;
import dev.rowan.db.internal.server.ServerStartFailure;
import java.sql.SQLException;
import java.util.Map;

/**
 * Starts MySQL servers in containers.
 *
 * <p>It checks first, without a class of Testcontainers, what Testcontainers would otherwise fail at after minutes.
 */
public final class ContainerServer {

    private static final String ALTERNATIVES =
            "Or use the embedded server, -Drowan.server=embedded, or a server of your"
                    + " own, -Drowan.server=jdbc:mysql://host:3306/database";

    private ContainerServer() {}

    /** Returns whether a Docker engine answers. */
    public static boolean isDockerRunning(Map<String, String> environment) {
        return DockerEngine.find(environment).isPresent();
    }

    /** Starts a server from this image. */
    public static RunningServer start(String image, Map<String, String> environment) throws ServerStartFailure {
        if (!hasTestcontainers()) {
            throw new ServerStartFailure(
                    "Testcontainers is not on the class path",
                    "A server in a container needs it: add org.testcontainers:testcontainers-mysql to the dependencies. "
                            + ALTERNATIVES,
                    null);
        }
        var missing = DockerEngine.find(environment).flatMap(engine -> engine.missingImage(image, environment));
        if (missing.isPresent()) {
            throw imageUnavailable(missing.get(), missing.get().equals(image));
        }
        try {
            return MysqlContainer.start(image);
        } catch (SQLException | RuntimeException e) {
            throw new ServerStartFailure(
                    "MySQL did not start in a container of the image " + image + ": " + rootMessage(e),
                    "Does `docker run --rm " + image + " --version` work here? If not, start Docker. " + ALTERNATIVES,
                    e);
        }
    }

    private static boolean hasTestcontainers() {
        var loader = ContainerServer.class.getClassLoader();
        return loader.getResource("org/testcontainers/mysql/MySQLContainer.class") != null;
    }

    private static ServerStartFailure imageUnavailable(String image, boolean isServer) {
        return new ServerStartFailure(
                "Docker does not have the image " + image + " and cannot pull it",
                "`docker pull " + image + "` shows why. "
                        + (isServer
                                ? ""
                                : "To work without this image, set TESTCONTAINERS_RYUK_DISABLED=true in the"
                                        + " environment. ")
                        + ALTERNATIVES,
                null);
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
