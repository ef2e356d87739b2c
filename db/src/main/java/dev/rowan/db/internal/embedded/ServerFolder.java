package dev.rowan.db.internal.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one embedded server, among the temporary files, and a lock file beside it, which this JVM holds as long
 * as it needs the folder. A lock that nobody holds was left by a process that was killed: the next server that starts
 * deletes it together with its folder.
 */
final class ServerFolder {

    private static final String PREFIX = "rowan-server-";
    private static final String LOCK = ".lock";

    private static final Logger LOG = LoggerFactory.getLogger(ServerFolder.class);

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private ServerFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Creates a folder, and deletes those that were left. */
    static ServerFolder create() throws IOException {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        // A file must not be opened twice in one JVM: closing it once would release the lock. So the names tell the
        // JVM.
        var own = PREFIX + ProcessHandle.current().pid() + "-";
        deleteAbandoned(temporary, own);
        while (true) {
            var lockFile = Files.createTempFile(temporary, own, LOCK);
            var lock = FileChannel.open(lockFile, StandardOpenOption.WRITE);
            if (lock.tryLock() != null && Files.exists(lockFile)) {
                return new ServerFolder(Files.createTempDirectory(temporary, stem(lockFile) + "-"), lockFile, lock);
            }
            lock.close(); // another process took it for abandoned before it was locked
        }
    }

    Path path() {
        return path;
    }

    Path lockFile() {
        return lockFile;
    }

    /** Deletes the folder. Has no effect the second time. */
    void delete() throws IOException {
        DirectoryTree.delete(path);
        Files.deleteIfExists(lockFile);
        lock.close();
    }

    private static void deleteAbandoned(Path temporary, String own) throws IOException {
        try (var lockFiles = Files.newDirectoryStream(temporary, PREFIX + "*" + LOCK)) {
            for (var lockFile : lockFiles) {
                if (!String.valueOf(lockFile.getFileName()).startsWith(own)) {
                    deleteIfAbandoned(temporary, lockFile);
                }
            }
        }
    }

    private static void deleteIfAbandoned(Path temporary, Path lockFile) {
        try (var lock = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                return;
            }
            try (var folders = Files.newDirectoryStream(temporary, stem(lockFile) + "-*")) {
                for (var folder : folders) {
                    DirectoryTree.delete(folder);
                }
            }
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            LOG.debug(
                    "Cannot delete what {} was left with",
                    lockFile,
                    e); // another user's, or another process deletes it
        }
    }

    private static String stem(Path lockFile) {
        var name = String.valueOf(lockFile.getFileName());
        return name.substring(0, name.length() - LOCK.length());
    }
}
