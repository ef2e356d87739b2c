package dev.rowan.bench.database;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The MySQL server under test: the configured one, otherwise one in a container. Unlike a container for tests, that one
 * keeps its data on disk, as a production server does.
 */
public record BenchmarkServer(DatabaseServer server, Runnable stop) implements AutoCloseable {

    private static final String PASSWORD = "bench";
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Starts the server, or connects to the configured one.
     *
     * @throws IllegalStateException if it is not MySQL
     */
    public static BenchmarkServer start(ServerOptions options) {
        if (options.server().startsWith("jdbc:")) {
            return of(DatabaseServer.start(options), () -> {});
        }
        if (options.server().equals("embedded")) {
            throw notMySql("the embedded MariaDB");
        }
        var container = new MySQLContainer(
                        DockerImageName.parse(options.image()).asCompatibleSubstituteFor("mysql"))
                .withUsername("root")
                .withPassword(PASSWORD)
                .withCommand("--local-infile=ON")
                .withCreateContainerCmdModifier(BenchmarkServer::bindToLoopback);
        try {
            container.start();
            var started =
                    options.withServer(container.getJdbcUrl()).withUser("root").withPassword(PASSWORD);
            return of(DatabaseServer.start(started), container::stop);
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    /** By default Docker publishes the port on every network interface of the machine. */
    private static void bindToLoopback(CreateContainerCmd command) {
        var host = DockerClientFactory.instance().dockerHostIpAddress();
        var config = command.getHostConfig();
        if (config != null && Set.of("localhost", LOOPBACK).contains(host)) {
            var port = ExposedPort.tcp(MySQLContainer.MYSQL_PORT);
            config.withPortBindings(new PortBinding(Binding.bindIp(LOOPBACK), port));
        }
    }

    private static BenchmarkServer of(DatabaseServer server, Runnable stop) {
        if (server.description().contains("MariaDB")) {
            throw notMySql(server.description());
        }
        return new BenchmarkServer(server, stop);
    }

    private static IllegalStateException notMySql(String other) {
        return new IllegalStateException("Benchmarks run on MySQL only, but this server is " + other
                + ". Start Docker, or name a MySQL server: -Dbench.server=jdbc:mysql://host:3306/database");
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
