package dev.rowan.db.internal.environment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The right to change the environment of a folder, or to look at its server. One process has it, and one thread. */
final class EnvironmentLock implements AutoCloseable {

    /** The system forgets a process's locks of a file when the process closes it, even if it was opened twice. */
    private static final ReentrantLock ONE_IN_THIS_JVM = new ReentrantLock();

    /** Longer than a server may take to start. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(20);

    private final FileChannel file;

    private EnvironmentLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Waits for the lock of a folder.
     *
     * @throws NoSuchFileException if the folder does not exist, or is deleted meanwhile
     */
    static EnvironmentLock acquire(EnvironmentFolder folder) throws IOException, EnvironmentFailure {
        ONE_IN_THIS_JVM.lock();
        try {
            var deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (System.nanoTime() < deadline) {
                var lock = tryAcquire(folder.lockFile());
                if (lock != null) {
                    return lock;
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
            throw new EnvironmentFailure("Another process has worked on the environment in " + folder.path() + " for "
                    + TIMEOUT.toSeconds() + " s. Wait for it, or end it, and try again.");
        } catch (InterruptedException e) {
            ONE_IN_THIS_JVM.unlock();
            Thread.currentThread().interrupt();
            throw new EnvironmentFailure("Interrupted while another process worked on " + folder.path() + ".", e);
        } catch (IOException | EnvironmentFailure e) {
            ONE_IN_THIS_JVM.unlock();
            throw e;
        }
    }

    /** Returns null if another process has the lock, or has deleted the file that we have locked. */
    private static @Nullable EnvironmentLock tryAcquire(Path path) throws IOException {
        if (!Files.exists(path)) {
            createFile(path);
        }
        var key = key(path);
        var file = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null && Objects.equals(key, key(path))) {
                return new EnvironmentLock(file);
            }
        } catch (NoSuchFileException e) {
            // deleted before we locked it
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        return null;
    }

    private static void createFile(Path path) throws IOException {
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
    }

    /** Returns what tells a file from another one that has got its name; null where there is no such thing. */
    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            ONE_IN_THIS_JVM.unlock();
        }
    }
}
