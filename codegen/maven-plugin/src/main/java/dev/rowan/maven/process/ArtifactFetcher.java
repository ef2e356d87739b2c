package dev.rowan.maven.process;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.DependencyRequest;

/** Fetches artifacts for the generator from the project's plugin repositories. */
public final class ArtifactFetcher {

    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;
    private final Log log;

    public ArtifactFetcher(
            RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories, Log log) {
        this.system = system;
        this.session = session;
        this.repositories = repositories;
        this.log = log;
    }

    /** Returns the reply to the generator's request: {@code path <jar>} or {@code failed <reason>}. */
    public String fetch(String coordinates) {
        var artifact = new DefaultArtifact(coordinates);
        if (!isInLocalRepository(artifact)) {
            log.info("fetching  " + coordinates + " into the local repository");
        }
        try {
            var request = new ArtifactRequest(artifact, repositories, null);
            return "path "
                    + system.resolveArtifact(session, request).getArtifact().getFile();
        } catch (ArtifactResolutionException e) {
            return "failed " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }

    private boolean isInLocalRepository(Artifact artifact) {
        var request = new LocalArtifactRequest(artifact, repositories, null);
        return session.getLocalRepositoryManager().find(session, request).isAvailable();
    }

    /** Returns the optional dependencies of an artifact, and what they need. */
    public List<Path> optionalsOf(Artifact artifact) throws RepositoryException {
        var descriptor =
                system.readArtifactDescriptor(session, new ArtifactDescriptorRequest(artifact, repositories, null));
        List<Dependency> optional = descriptor.getDependencies().stream()
                .filter(Dependency::isOptional)
                .map(dependency -> dependency.setOptional(false))
                .toList();
        var request = new CollectRequest(optional, descriptor.getManagedDependencies(), repositories);
        return system.resolveDependencies(session, new DependencyRequest(request, null)).getArtifactResults().stream()
                .map(result -> result.getArtifact().getFile().toPath())
                .toList();
    }
}
