package dev.rowan.db.internal.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Finds or downloads a Maven artifact. */
@FunctionalInterface
public interface ArtifactSource {

    /**
     * Returns the local jar with these Maven coordinates.
     *
     * @throws IOException if there is none; the message tells the user the fix
     */
    Path fetch(String coordinates) throws IOException;
}
