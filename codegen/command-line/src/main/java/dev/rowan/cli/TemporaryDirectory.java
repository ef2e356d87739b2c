package dev.rowan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory for what a command needs while it runs. It is deleted when the command ends, also by a signal. */
final class TemporaryDirectory implements AutoCloseable {

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

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the process ends, and deletes it
        }
        delete();
    }

    private void deleteAtExit() {
        try {
            delete();
        } catch (IOException e) {
            // the command that is stopped may still write to it
        }
    }

    /** Deletes the directory with everything in it. */
    private void delete() throws IOException {
        try (var all = Files.walk(path)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
