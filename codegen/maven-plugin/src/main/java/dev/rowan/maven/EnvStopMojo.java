package dev.rowan.maven;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/** Stops the environment of the project and keeps its data. */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-stop", aggregator = true, threadSafe = true)
public final class EnvStopMojo extends EnvironmentMojo {

    /** Called by Maven. */
    @Inject
    public EnvStopMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }
}
