package dev.rowan.db.internal.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.server.DisposableServer;
import dev.rowan.db.internal.server.RunningServer;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts a MySQL container with Testcontainers, with the data in memory.
 *
 * <p>When the JVM exits, its shutdown hook removes the container. When the JVM is killed, Testcontainers' reaper
 * removes it, unless the reaper is disabled.
 */
final class MysqlContainer {

    private static final String USER = "root";
    private static final String LOOPBACK = "127.0.0.1";

    private MysqlContainer() {}

    static RunningServer start(String image) throws SQLException {
        var password = DisposableServer.randomPassword();
        var container = new MySQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("mysql"))
                .withDatabaseName(DisposableServer.DATABASE)
                .withUsername(USER)
                .withPassword(password)
                .withCommand("--local-infile=ON") // MariaDB's default, so that tests of LOAD DATA run on both
                .withTmpFs(Map.of("/var/lib/mysql", "rw"))
                .withCreateContainerCmdModifier(MysqlContainer::bindToLoopback);
        try {
            container.start();
            try (var connection = container.createConnection("")) {
                return DisposableServer.of(
                        MysqlUrl.parse(container.getJdbcUrl()).ofOwnServer().url(),
                        USER,
                        password,
                        ServerProduct.of(connection) + " in a container (" + image + ")",
                        container::stop);
            }
        } catch (SQLException | RuntimeException e) {
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
}
