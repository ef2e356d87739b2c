package dev.rowan.maven.input;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.DependencyResolutionResult;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.jspecify.annotations.Nullable;

/**
 * The dependencies of a project as places of changelogs. Modules of the same build need not be compiled or packaged:
 * their resource directories are used.
 */
public final class DependencyRoots {

    private final ProjectDependenciesResolver resolver;
    private final MavenSession session;
    private final Log log;

    public DependencyRoots(ProjectDependenciesResolver resolver, MavenSession session, Log log) {
        this.resolver = resolver;
        this.session = session;
        this.log = log;
    }

    /** Returns the dependencies of the project's main code, or also those of its tests. */
    public List<ChangelogRoot> of(MavenProject project, boolean tests) {
        var request = new DefaultDependencyResolutionRequest(project, session.getRepositorySession());
        request.setResolutionFilter((node, parents) -> {
            Dependency dependency = node.getDependency();
            return dependency == null
                    || ((tests || !"test".equals(dependency.getScope())) && module(dependency.getArtifact()) == null);
        });
        DependencyResolutionResult result;
        try {
            result = resolver.resolve(request);
        } catch (DependencyResolutionException e) {
            log.debug("Changelogs are not looked for in dependencies that cannot be resolved.", e);
            result = e.getResult();
        }
        var roots = new ArrayList<ChangelogRoot>();
        for (MavenProject module : modules(result.getDependencyGraph(), tests)) {
            roots.addAll(new ProjectLayout(module, false).resources(text -> text));
        }
        for (Dependency dependency : result.getResolvedDependencies()) {
            Artifact artifact = dependency.getArtifact();
            if (artifact.getFile() != null && artifact.getFile().isFile() && "jar".equals(artifact.getExtension())) {
                roots.add(new JarRoot(artifact.getFile().toPath()));
            }
        }
        return roots;
    }

    private Set<MavenProject> modules(@Nullable DependencyNode node, boolean tests) {
        var modules = new LinkedHashSet<MavenProject>();
        if (node != null) {
            for (DependencyNode child : node.getChildren()) {
                if (tests || !"test".equals(child.getDependency().getScope())) {
                    MavenProject module = module(child.getArtifact());
                    if (module != null) {
                        modules.add(module);
                    }
                    modules.addAll(modules(child, tests));
                }
            }
        }
        return modules;
    }

    private @Nullable MavenProject module(Artifact artifact) {
        return session.getProjects().stream()
                .filter(project -> project.getGroupId().equals(artifact.getGroupId())
                        && project.getArtifactId().equals(artifact.getArtifactId())
                        && project.getVersion().equals(artifact.getBaseVersion()))
                .findFirst()
                .orElse(null);
    }
}
