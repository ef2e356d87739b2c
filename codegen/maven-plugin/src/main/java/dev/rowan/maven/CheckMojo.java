package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the latest changesets of the changelog would cost a database in use, and fails if one blocks writes
 * without a reason, cannot be undone by its rollback, or cannot run on a database with rows. It lists what each
 * statement costs. It works in databases of its own, which it drops.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "check", threadSafe = true)
public final class CheckMojo extends ChangelogMojo {

    /**
     * The server to try the migrations on: {@code auto}, {@code docker}, {@code embedded} or a URL that starts with
     * {@code jdbc:mysql://}, whose user may create databases. The verdicts are those of its product and version. The
     * default is the environment variable {@code ROWAN_SERVER}, otherwise {@code auto}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /**
     * A database in use, by its URL: the changesets that it has not applied are checked. Nothing in it is altered. The
     * default is none: then the changesets after the last tag of the changelog are checked, or all if it has no tag.
     */
    @Parameter(property = "rowan.reference")
    private @Nullable String reference;

    /**
     * The image of the Docker container. The default is the environment variable {@code ROWAN_IMAGE}, otherwise
     * {@code mysql:9.7}. Name the version of the database in use.
     */
    @Parameter(property = "rowan.image")
    private @Nullable String image;

    /** Whether warnings fail the build too. */
    @Parameter(property = "rowan.strict", defaultValue = "false")
    private boolean strict;

    /** Called by Maven. */
    @Inject
    public CheckMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        Properties options = server(server);
        options.setProperty(OptionKeys.IMAGE, setting(image, "ROWAN_IMAGE", "mysql:9.7"));
        options.setProperty(OptionKeys.REFERENCE, reference == null ? "" : reference.strip());
        options.setProperty(OptionKeys.STRICT, String.valueOf(strict));
        run(OptionKeys.CHECK, options);
    }
}
