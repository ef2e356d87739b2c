package dev.rowan.db.internal.environment;

import dev.rowan.db.internal.embedded.ArtifactSource;
import dev.rowan.db.internal.embedded.LastingServer;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The files of an environment. There is one if {@link #database()} exists, which appears in one step, complete.
 *
 * @param project the directory that has the folder {@code .rowan}
 */
record EnvironmentFolder(Path project) {

    private static final String NAME = ".rowan";

    /** Returns the folder of this directory. */
    static EnvironmentFolder in(Path project) throws IOException {
        return new EnvironmentFolder(project.toRealPath()); // it is compared: a link is no other place
    }

    /**
     * Returns the folder of the nearest directory, from this one upwards, that has an environment. The search ends at
     * the root of a git repository.
     */
    static Optional<EnvironmentFolder> find(Path directory) throws IOException {
        for (var at = directory.toRealPath(); at != null; at = at.getParent()) {
            var folder = new EnvironmentFolder(at);
            if (folder.exists()) {
                return Optional.of(folder);
            }
            if (Files.exists(at.resolve(".git"))) {
                break;
            }
        }
        return Optional.empty();
    }

    boolean exists() {
        return Files.isDirectory(database());
    }

    /** Returns the folder itself. */
    Path path() {
        return project.resolve(NAME);
    }

    Path lockFile() {
        return path().resolve("lock");
    }

    /** Returns the folder of the server. */
    Path database() {
        return path().resolve("database");
    }

    Path clientFile() {
        return database().resolve("client.cnf");
    }

    Path recordFile() {
        return database().resolve("server.properties");
    }

    Path historyFile() {
        return database().resolve("history");
    }

    /** Creates the folder, in which the lock can be. */
    void prepare() throws IOException {
        OwnerOnly.createDirectory(path());
    }

    /** Creates the files of the server and its login under another name, then renames them. The caller has the lock. */
    void create(ServerForm form, ArtifactSource binaries, ClientFile login) throws IOException {
        Files.writeString(path().resolve(".gitignore"), "*\n");
        var part = part();
        form.cleanUp(); // after a process that was killed here
        LastingServer.delete(part);
        form.create(part, binaries);
        OwnerOnly.write(part.resolve(database().relativize(clientFile())), login.text());
        Files.move(part, database(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes all of it, but not what somebody else has put into the folder. The caller holds the lock. */
    void delete() throws IOException {
        if (exists()) {
            LastingServer.delete(part());
            Files.move(database(), part(), StandardCopyOption.ATOMIC_MOVE); // from here on there is no environment
        }
        LastingServer.delete(part());
        Files.deleteIfExists(path().resolve(".gitignore"));
        Files.deleteIfExists(lockFile());
    }

    /** Deletes the empty folder. The caller no longer holds the lock, as some systems keep an open file. */
    void deleteIfEmpty() throws IOException {
        try {
            Files.deleteIfExists(path());
        } catch (DirectoryNotEmptyException e) {
            // it has files of somebody else, or another process creates an environment
        }
    }

    /** Returns the size of all files, in bytes. */
    long size() throws IOException {
        var sizes = new LongAdder();
        Files.walkFileTree(path(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sizes.add(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // the server has deleted it meanwhile
            }
        });
        return sizes.sum();
    }

    private Path part() {
        return path().resolve("database.part");
    }
}
