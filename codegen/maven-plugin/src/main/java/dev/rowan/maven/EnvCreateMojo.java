package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Creates the environment of the project: a database of its own, in the folder {@code .rowan} of the outermost project.
 * It is not started.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "env-create", aggregator = true, threadSafe = true)
public final class EnvCreateMojo extends EnvironmentMojo {

    /**
     * What the server is: {@code embedded}, a MariaDB, or {@code docker}, MySQL in a container, which needs the command
     * {@code docker}. {@code auto} is an embedded one. The environment keeps its kind.
     */
    @Parameter(property = "rowan.server", defaultValue = "auto")
    private String server;

    /**
     * The image of the container. The default is the environment variable {@code ROWAN_IMAGE}, otherwise
     * {@code mysql:9.7}.
     */
    @Parameter(property = "rowan.image")
    private @Nullable String image;

    /** Called by Maven. */
    @Inject
    public EnvCreateMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }

    @Override
    void addOptions(Properties options) {
        options.setProperty(OptionKeys.SERVER, server);
        options.setProperty(OptionKeys.IMAGE, setting(image, "ROWAN_IMAGE", "mysql:9.7"));
    }
}
