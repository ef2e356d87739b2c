package dev.rowan.maven;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/** Stops the environment of the project and deletes it with its data, but not that of another project above it. */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-delete", aggregator = true, threadSafe = true)
public final class EnvDeleteMojo extends EnvironmentMojo {

    /** Called by Maven. */
    @Inject
    public EnvDeleteMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }
}
