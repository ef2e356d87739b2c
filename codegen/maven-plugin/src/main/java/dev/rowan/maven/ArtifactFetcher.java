package dev.rowan.maven;

import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Fetches artifacts for the generator from the project's plugin repositories. */
final class ArtifactFetcher {

    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;
    private final Log log;

    ArtifactFetcher(
            RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories, Log log) {
        this.system = system;
        this.session = session;
        this.repositories = repositories;
        this.log = log;
    }

    /** Returns the reply to the generator's request: {@code path <jar>} or {@code failed <reason>}. */
    String fetch(String coordinates) {
        log.info("fetching  " + coordinates + " into the local repository");
        try {
            var request = new ArtifactRequest(new DefaultArtifact(coordinates), repositories, null);
            return "path "
                    + system.resolveArtifact(session, request).getArtifact().getFile();
        } catch (ArtifactResolutionException e) {
            return "failed " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }
}
