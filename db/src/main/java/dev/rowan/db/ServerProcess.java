package dev.rowan.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
 * A server as a child process that does not outlive this one.
 *
 * <p>On Unix its parent is a {@link #KEEPER}: a shell that waits for the end of a pipe from this JVM. However the JVM ends,
 * the pipe ends with it, and the shell kills the server and removes its folder. Windows has no such shell: there a JVM that
 * is killed outright leaves its server running.
 *
 * @param process the keeper, or on Windows the server
 * @param folder what is removed with it
 */
record ServerProcess(Process process, Path folder) {

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

    private static final String READY = "ready for connections";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

    /** Returns once the server is ready for connections; if it never is, ends it and throws its last words. */
    static ServerProcess start(Path folder, List<String> command) throws IOException {
        var whole = new ArrayList<String>();
        if (!isWindows()) {
            whole.addAll(List.of("/bin/sh", "-c", KEEPER, "rowan", folder.toString()));
        }
        whole.addAll(command);
        var server = new ServerProcess(
                new ProcessBuilder(whole).redirectErrorStream(true).start(), folder);
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

    private void awaitReady() throws IOException {
        var words = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().name("rowan-server-log").start(() -> follow(words));
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
    private void follow(CompletableFuture<String> words) {
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

    static String lastWords(List<String> words) {
        var from = Math.max(0, words.size() - 5);
        var last = String.join(System.lineSeparator(), words.subList(from, words.size()));
        return last.contains("/opt/homebrew")
                ? last + System.lineSeparator() + "It needs two libraries: brew install openssl@3 pcre2"
                : last;
    }

    static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
