package dev.rowan.db.internal.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rowan.db.internal.server.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A MariaDB server whose process outlives this JVM, and whose data outlives the process.
 *
 * <p>It has one folder: {@code data}, {@code tmp}, and its output in {@code server.log}. Two processes must not start
 * or look for the server of one folder at the same time: the caller holds a lock.
 */
public final class LastingServer {

    /** Product and version. */
    public static final String PRODUCT = "MariaDB " + MariaDbBinaries.VERSION;

    /** What its engines lock as long as they use them: the one that ends last ends the server. */
    private static final List<String> LOCKED = List.of("ibdata1", "aria_log_control");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private LastingServer() {}

    /**
     * Creates the folder of a server: its system tables, and no account.
     *
     * @param binaries fetches the binaries if this machine has not unpacked them yet
     */
    public static void create(ArtifactSource binaries, Path folder) throws IOException {
        var installation = MariaDbBinaries.provide(CacheDirectory.path(), binaries);
        Files.createDirectory(folder);
        DirectoryTree.copy(installation.dataTemplate(), data(folder));
    }

    /** Deletes the folder of a server that does not run. Has no effect if there is none. */
    public static void delete(Path folder) throws IOException {
        DirectoryTree.delete(folder);
    }

    /**
     * Returns whether a server uses this folder: it locks these files, and the locks end with it. So this tells the
     * server of a folder from one of a copy of it, and from another process that has got its process id.
     */
    public static boolean isRunning(Path folder) throws IOException {
        for (var name : LOCKED) {
            var file = data(folder).resolve(name);
            if (Files.exists(file) && isLocked(file)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocked(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return file.tryLock() == null;
        } catch (FileSystemException e) {
            if (ServerProcess.isWindows()) {
                return true; // there the server lets nobody else open the file
            }
            throw e;
        }
    }

    /**
     * Starts the server of a folder and waits until it is ready for connections.
     *
     * @param preferred the port to listen on if it is free; 0 for any
     * @param script SQL that the server runs when it starts
     * @param observer hears of each process before it is ready; this one may be killed while it waits
     * @throws IOException if it is not ready in time; it is ended, and the message has its last lines of output
     */
    public static void start(ArtifactSource binaries, Path folder, int preferred, Path script, Observer observer)
            throws IOException {
        var installation = MariaDbBinaries.provide(CacheDirectory.path(), binaries);
        var temporary = folder.resolve("tmp");
        DirectoryTree.delete(temporary); // left by a server that was killed
        Files.createDirectory(temporary);
        FreePort.with(preferred, port -> {
            var command = installation.lastingCommand(data(folder), temporary, port, script);
            start(command, folder.resolve("server.log"), port, observer);
            return port;
        });
    }

    private static void start(List<String> command, Path log, int port, Observer observer) throws IOException {
        observer.choose(port);
        var builder = new ProcessBuilder(inOwnSession(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()); // a pipe would end with this JVM
        var process = builder.start();
        try {
            process.getOutputStream().close();
            observer.started(process.toHandle());
            awaitReady(process, log);
        } catch (IOException e) {
            process.destroyForcibly();
            process.onExit().join();
            throw e;
        }
    }

    /** In the session of a build it would get the signals of its terminal. MariaDB does not end at those it may get. */
    private static List<String> inOwnSession(List<String> command) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            var setsid = Path.of(folder, "setsid");
            if (!folder.isEmpty() && Files.isExecutable(setsid)) {
                var session = new ArrayList<>(List.of(setsid.toString()));
                session.addAll(command);
                return session;
            }
        }
        return command;
    }

    private static void awaitReady(Process process, Path log) throws IOException {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        try {
            while (true) {
                var alive = process.isAlive();
                var output = Files.readString(log, ISO_8859_1);
                if (output.contains(ServerProcess.READY)) {
                    return;
                }
                if (!alive) {
                    throw new IOException("Its last output: "
                            + ServerProcess.lastLines(output.lines().toList()));
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("It was not ready within " + START_TIMEOUT.toSeconds() + " s.");
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted while it waited for the server.", e);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    /** Hears of a server that is being started. */
    public interface Observer {

        /** Takes the port, before the server is started on it. */
        void choose(int port) throws IOException;

        /** Takes the process of the server. */
        void started(ProcessHandle process) throws IOException;
    }
}
