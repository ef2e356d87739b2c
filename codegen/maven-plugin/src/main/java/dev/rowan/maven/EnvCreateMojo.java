package dev.rowan.maven;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/**
 * Creates the environment of the project: a database of its own, in the folder {@code .rowan} of the outermost project.
 * It is not started.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-create", aggregator = true, threadSafe = true)
public final class EnvCreateMojo extends EnvironmentMojo {

    /** Called by Maven. */
    @Inject
    public EnvCreateMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }
}
