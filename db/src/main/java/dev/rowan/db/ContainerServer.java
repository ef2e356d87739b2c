package dev.rowan.db;

import java.util.Map;

/** A MySQL server in a container, as far as that can be judged without loading Testcontainers: it is an optional dependency. */
final class ContainerServer {

    static final String INSTEAD = "Or take the embedded server, -Drowan.server=embedded, or one of your own,"
            + " -Drowan.server=jdbc:mysql://host:3306/database";

    private ContainerServer() {}

    static boolean hasTestcontainers() {
        var loader = ContainerServer.class.getClassLoader();
        return loader.getResource("org/testcontainers/mysql/MySQLContainer.class") != null;
    }

    static DatabaseServer start(String image, Map<String, String> environment) {
        if (!hasTestcontainers()) {
            throw new ServerException(
                    "A server in a container needs Testcontainers. Add org.testcontainers:testcontainers-mysql to the"
                            + " dependencies. " + INSTEAD,
                    null);
        }
        DockerEngine.find(environment)
                .flatMap(engine -> engine.missingImage(image, environment))
                .ifPresent(missing -> {
                    throw new ServerException(withoutImage(missing, missing.equals(image)), null);
                });
        return MysqlContainer.start(image);
    }

    private static String withoutImage(String missing, boolean needed) {
        return "Docker has no image " + missing + " and no registry to pull it from; `docker pull " + missing
                + "` says why. "
                + (needed ? "" : "To do without it, set TESTCONTAINERS_RYUK_DISABLED=true in the environment. ")
                + INSTEAD;
    }
}
