package dev.rowan.bench;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The server that is measured on: the one that is given, else one in a container, whose data are on the disk as a service's are. */
record Server(DatabaseServer server, Runnable stop) implements AutoCloseable {

    private static final String PASSWORD = "bench";

    /** @throws IllegalStateException if it would not be MySQL */
    static Server start(ServerOptions options) {
        if (options.server().startsWith("jdbc:")) {
            return of(DatabaseServer.start(options), () -> {});
        }
        if (options.server().equals("embedded")) {
            throw noMysql("the embedded MariaDB");
        }
        var container = new MySQLContainer(
                        DockerImageName.parse(options.image()).asCompatibleSubstituteFor("mysql"))
                .withUsername("root")
                .withPassword(PASSWORD)
                .withCommand("--local-infile=ON");
        try {
            container.start();
            var given =
                    options.withServer(container.getJdbcUrl()).withUser("root").withPassword(PASSWORD);
            return of(DatabaseServer.start(given), container::stop);
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    private static Server of(DatabaseServer server, Runnable stop) {
        if (server.description().contains("MariaDB")) {
            throw noMysql(server.description());
        }
        return new Server(server, stop);
    }

    private static IllegalStateException noMysql(String other) {
        return new IllegalStateException("Figures are taken on MySQL, this is " + other
                + ". Start Docker, or give a server: -Dbench.server=jdbc:mysql://host:3306/database");
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            stop.run();
        }
    }
}
