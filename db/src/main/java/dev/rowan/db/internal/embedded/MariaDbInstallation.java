package dev.rowan.db.internal.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowan.db.internal.jdbc.ServerProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An unpacked MariaDB with a bootstrapped data directory: its files, and the command lines that run it.
 *
 * @param home the folder that holds {@code bin}, {@code share} and {@code data}
 */
record MariaDbInstallation(Path home) {

    /** The data directory is copied for each server. Those that decide its format are the same for all of them. */
    private static final List<String> SMALL = List.of(
            "--innodb-data-file-path=ibdata1:3M:autoextend",
            "--innodb-autoextend-increment=1",
            "--innodb-temp-data-file-path=ibtmp1:3M:autoextend",
            "--innodb-log-file-size=16M",
            "--innodb-undo-tablespaces=0",
            "--innodb-use-native-aio=OFF",
            "--innodb-buffer-pool-dump-at-shutdown=OFF",
            "--innodb-buffer-pool-load-at-startup=OFF");

    /** Nothing has to survive a crash. */
    private static final List<String> FAST = List.of(
            "--innodb-doublewrite=OFF",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-flush-method=nosync",
            "--debug-no-sync=ON");

    /**
     * Every commit survives the end of the server, however it ends. If the machine loses its power, the commits of the
     * last second may be lost, and the rest is intact.
     */
    private static final List<String> DURABLE = List.of("--innodb-flush-log-at-trx-commit=2");

    /** MySQL's defaults where MariaDB's differ. */
    private static final List<String> LIKE_MYSQL = List.of(
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_uca1400_nopad_ai_ci",
            "--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
            "--max-allowed-packet=64M",
            "--default-time-zone=+00:00");

    /** One port on the loopback interface; no TLS, because generating its certificate takes seconds. */
    private static final List<String> LOCAL_ONLY =
            List.of("--skip-name-resolve", "--skip-ssl", "--socket=", "--bind-address=127.0.0.1");

    Path executable() {
        return home.resolve(ServerProcess.isWindows() ? "bin/mysqld.exe" : "bin/mariadbd");
    }

    /** Returns the data directory that each server starts from a copy of. */
    Path dataTemplate() {
        return home.resolve("data");
    }

    /** Creates the data directory: system tables, and no account. */
    void bootstrap() throws IOException {
        var data = Files.createDirectory(dataTemplate());
        var tables = home.resolve("share/mariadb_system_tables.sql");
        var performance = home.resolve("share/mariadb_performance_tables.sql");
        var script = home.resolve("prepare.sql");
        Files.writeString(
                script,
                "CREATE DATABASE mysql;\nUSE mysql;\n" + Files.readString(tables) + Files.readString(performance));
        var command = command(data, home, FAST);
        command.add("--bootstrap");
        var process = new ProcessBuilder(command)
                .redirectInput(script.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("MariaDB cannot create its system tables. Its last output: "
                    + ServerProcess.lastLines(output.lines().toList()));
        }
        Files.delete(script);
    }

    /**
     * Returns the command that runs a server whose data does not outlive it.
     *
     * @param port the port that it listens on
     * @param initScript SQL that it runs when it starts
     */
    List<String> disposableCommand(Path data, Path temporary, int port, Path initScript) {
        return serverCommand(data, temporary, port, initScript, FAST);
    }

    /** Returns the command that runs a server whose data outlives it; the parameters are those of the other. */
    List<String> lastingCommand(Path data, Path temporary, int port, Path initScript) {
        return serverCommand(data, temporary, port, initScript, DURABLE);
    }

    private List<String> serverCommand(Path data, Path temporary, int port, Path initScript, List<String> durability) {
        var command = command(data, temporary, durability);
        command.addAll(LIKE_MYSQL);
        command.addAll(LOCAL_ONLY);
        command.addAll(List.of(
                "--version=" + MariaDbBinaries.VERSION + ServerProduct.STAND_IN,
                "--port=" + port,
                "--init-file=" + initScript));
        return command;
    }

    /** Returns the options that bootstrapping and running a server have in common. */
    private List<String> command(Path data, Path temporary, List<String> durability) {
        var command = new ArrayList<>(List.of(
                executable().toString(),
                "--no-defaults", // must come first
                "--console",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--character-sets-dir=" + home.resolve("share/charsets"),
                "--datadir=" + data,
                "--tmpdir=" + temporary));
        command.addAll(SMALL);
        command.addAll(durability);
        if (!ServerProcess.isWindows() && System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }
}
