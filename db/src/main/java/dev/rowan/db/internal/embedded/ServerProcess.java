package dev.rowan.db.internal.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
 * A server as a child process that does not outlive this JVM.
 *
 * <p>On Unix its parent is the {@link #SUPERVISOR}: a shell that waits for the end of a pipe from this JVM. However the
 * JVM ends, the pipe ends with it; the shell then kills the server and deletes its folder. Windows has no such shell:
 * there a JVM that is killed leaves its server running.
 *
 * @param process the supervisor, or on Windows the server
 * @param folder the server's files, deleted when it ends
 */
record ServerProcess(Process process, ServerFolder folder) {

    /** It ignores signals, which the terminal sends to it as well as to the JVM: it ends when the pipe ends. */
    private static final String SUPERVISOR = """
            folder=$1
            lock=$2
            shift 2
            trap '' HUP INT QUIT TERM
            "$@" </dev/null &
            exec >/dev/null 2>&1
            cat
            kill -9 $!
            wait $!
            rm -rf -- "$folder" "$lock"
            """;

    /** What a server writes when it accepts connections. */
    static final String READY = "ready for connections";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /**
     * Starts a server and waits until it is ready for connections.
     *
     * @throws IOException if it is not ready in time; it is ended, and the message has its last lines of output
     */
    static ServerProcess start(ServerFolder folder, List<String> command) throws IOException {
        var supervised = new ArrayList<String>();
        if (!isWindows()) {
            supervised.addAll(List.of(
                    "/bin/sh",
                    "-c",
                    SUPERVISOR,
                    "rowan",
                    folder.path().toString(),
                    folder.lockFile().toString()));
        }
        supervised.addAll(command);
        var server = new ServerProcess(
                new ProcessBuilder(supervised).redirectErrorStream(true).start(), folder);
        try {
            server.awaitReady();
            return server;
        } catch (IOException e) {
            server.end();
            throw e;
        }
    }

    void end() {
        try {
            process.getOutputStream().close(); // the supervisor waits for this
            if (isWindows()) {
                process.destroyForcibly();
            }
            if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("The embedded server in {} did not end within {} s", folder.path(), END_TIMEOUT.toSeconds());
            }
            folder.delete();
        } catch (IOException e) {
            LOG.warn("Cannot delete the folder {} of an embedded server that has ended", folder.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        var output = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().name("rowan-server-log").start(() -> readOutput(output));
        try {
            var last = output.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (!last.contains(READY)) {
                throw new IOException("Its last output: " + last);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("It was not ready within " + START_TIMEOUT.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted while it waited for the server.", e);
        }
    }

    /**
     * Reads the server's output to its end, because a full pipe would block the server. Completes the future with the
     * line that says it is ready, or with the last lines if the server ends first.
     */
    private void readOutput(CompletableFuture<String> output) {
        var untilReady = new ArrayList<String>();
        try (var lines = process.inputReader(UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}", line);
                if (!output.isDone()) {
                    untilReady.add(line);
                }
                if (line.contains(READY)) {
                    output.complete(line);
                }
            }
        } catch (IOException e) {
            LOG.debug("The embedded server's output cannot be read any more", e);
        }
        output.complete(lastLines(untilReady));
    }

    /** Returns the last lines of a server's output, with the fix where they show a known problem. */
    static String lastLines(List<String> output) {
        var from = Math.max(0, output.size() - 5);
        var last = String.join(System.lineSeparator(), output.subList(from, output.size()));
        return last.contains("/opt/homebrew")
                ? last + System.lineSeparator() + "MariaDB needs two libraries: brew install openssl@3 pcre2"
                : last;
    }

    static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
