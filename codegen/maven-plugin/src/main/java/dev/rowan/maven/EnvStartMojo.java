package dev.rowan.maven;

import dev.rowan.maven.process.GeneratorProcess;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/**
 * Starts the environment of the project. It runs until {@code env-stop}; so long the app, generation and tests use it
 * unless a server is named.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-start", aggregator = true, threadSafe = true)
public final class EnvStartMojo extends EnvironmentMojo {

    /** Called by Maven. */
    @Inject
    public EnvStartMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }

    @Override
    GeneratorProcess.Result run() throws MojoExecutionException, IOException {
        GeneratorProcess.Result result = super.run();
        String server = setting(session.getUserProperties().getProperty("rowan.server"), "ROWAN_SERVER", "auto");
        if (!server.equals("auto")) {
            getLog().warn("The environment is started, but not used as long as rowan.server or the environment variable"
                    + " ROWAN_SERVER names another server.");
        }
        return result;
    }
}
