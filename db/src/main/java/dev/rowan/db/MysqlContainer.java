package dev.rowan.db;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The image as Testcontainers starts it, with its data in memory.
 *
 * <p>When the JVM exits, its shutdown hook removes the container; when it is killed, Testcontainers' reaper does, unless that
 * was disabled.
 */
final class MysqlContainer {

    private static final String USER = "root";
    private static final String LOOPBACK = "127.0.0.1";

    private MysqlContainer() {}

    static DatabaseServer start(String image) {
        var password = ThrowawayServer.randomPassword();
        var container = new MySQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("mysql"))
                .withDatabaseName(ThrowawayServer.DATABASE)
                .withUsername(USER)
                .withPassword(password)
                .withCommand("--local-infile=ON") // as the embedded server has it: what loads files is tested on both
                .withTmpFs(Map.of("/var/lib/mysql", "rw"))
                .withCreateContainerCmdModifier(MysqlContainer::bindToLoopback);
        try {
            container.start();
            try (var connection = container.createConnection("")) {
                return new ThrowawayServer(
                        container.getJdbcUrl(),
                        USER,
                        password,
                        Product.of(connection) + " in a container (" + image + ")",
                        container::stop);
            }
        } catch (SQLException | RuntimeException e) {
            container.stop();
            throw new ServerException(
                    "No MySQL in a container of the image " + image + ": " + rootMessage(e) + ". Does `docker run --rm "
                            + image + " --version` work here? If not, start Docker. " + ContainerServer.INSTEAD,
                    e);
        }
    }

    /** Docker would publish the port on every network that the machine is in. */
    private static void bindToLoopback(CreateContainerCmd command) {
        var host = DockerClientFactory.instance().dockerHostIpAddress();
        var config = command.getHostConfig();
        if (config != null && Set.of("localhost", LOOPBACK).contains(host)) {
            var port = ExposedPort.tcp(MySQLContainer.MYSQL_PORT);
            config.withPortBindings(new PortBinding(Binding.bindIp(LOOPBACK), port));
        }
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
