package dev.rowan.maven;

import dev.rowan.maven.process.GeneratorProcess;
import dev.rowan.maven.process.TerminalCommand;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/**
 * Opens a prompt for SQL on the environment of the project: the client {@code mariadb} or {@code mysql}, or a prompt of
 * Rowan's own where neither is installed. Statements may also come through a pipe.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-shell", aggregator = true, threadSafe = true)
public final class EnvShellMojo extends EnvironmentMojo {

    /** Called by Maven. */
    @Inject
    public EnvShellMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }

    /** Runs the prompt in the terminal of the build. */
    @Override
    GeneratorProcess.Result run() throws MojoExecutionException, IOException {
        GeneratorProcess.Result result = super.run();
        try {
            int exit = TerminalCommand.run(result.command());
            if (exit != 0) {
                throw new MojoExecutionException("The prompt ended with exit code " + exit + "; its output is above.");
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted while the prompt was open.");
        }
    }
}
