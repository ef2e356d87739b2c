package dev.rowan.db.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changelog files in a directory, as a class loader finds them. */
public final class ChangelogFiles {

    private final Path directory;

    /** Writes files to this directory. */
    public ChangelogFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes a file, with these lines. */
    public ChangelogFiles with(String name, String... lines) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        return this;
    }

    /** Returns a class loader that finds the files. */
    public ClassLoader classLoader() throws IOException {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()});
    }
}
