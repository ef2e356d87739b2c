package dev.rowan.maven;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/**
 * Applies the changelog to the database of the environment, and lists what is installed: the changesets that are
 * applied. Contexts select what else is wanted, such as seed data.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-install", threadSafe = true)
public final class EnvInstallMojo extends EnvironmentChangelogMojo {

    /** Called by Maven. */
    @Inject
    public EnvInstallMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }
}
