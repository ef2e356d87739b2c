package dev.rowan.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;

/** A directory for what a command needs while it runs. It is deleted when the command ends, also by a signal. */
final class TemporaryDirectory implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path path;
    private final Thread atExit = new Thread(this::deleteAtExit);

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /** Creates a directory. */
    static TemporaryDirectory create() throws IOException {
        var directory = new TemporaryDirectory(Files.createTempDirectory("rowan"));
        Runtime.getRuntime().addShutdownHook(directory.atExit);
        return directory;
    }

    Path path() {
        return path;
    }

    /** Deletes the directory. A command that is stopped meanwhile deletes it at its exit, too. */
    @Override
    public void close() throws IOException {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process ends
        }
    }

    private void deleteAtExit() {
        try {
            delete();
        } catch (IOException e) {
            // the command that is stopped still writes to it
        }
    }

    /** Deletes the directory with everything in it, while another thread may write to it or delete it. */
    private void delete() throws IOException {
        for (int attempt = 1; Files.exists(path); attempt++) {
            try {
                deleteOnce();
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void deleteOnce() throws IOException {
        try (var all = Files.walk(path)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
