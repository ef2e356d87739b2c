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
 * Compares the schema of a database with the one that the changelog makes, and fails if they differ. It lists each
 * difference, and writes a changelog in SQL that makes the schema of the database, to {@code rowan/diff.sql} in the
 * build directory. It alters nothing in the database; a user that may only read suffices.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "diff", threadSafe = true)
public final class DiffMojo extends ChangelogMojo {

    /**
     * The database: a URL that starts with {@code jdbc:mysql://}. A server on another machine must use TLS and prove
     * its identity, unless the URL sets {@code sslMode}. The default is the environment variable {@code ROWAN_SERVER}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /**
     * The server that the changelog is applied to: {@code docker}, {@code embedded}, or the URL of a database for this
     * purpose, in which the user may create tables. The default is a new MySQL in Docker, or the embedded server if the
     * database is on one. A MariaDB of your own needs a URL.
     */
    @Parameter(property = "rowan.reference", defaultValue = "auto")
    private String reference;

    /**
     * The image of the Docker container. The default is the environment variable {@code ROWAN_IMAGE}, otherwise
     * {@code mysql:9.7}. Name the version of the database.
     */
    @Parameter(property = "rowan.image")
    private @Nullable String image;

    /** Called by Maven. */
    @Inject
    public DiffMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        Properties options = server(server);
        options.setProperty(OptionKeys.IMAGE, setting(image, "ROWAN_IMAGE", "mysql:9.7"));
        options.setProperty(OptionKeys.REFERENCE, reference);
        options.setProperty(
                OptionKeys.OUTPUT,
                layout().workDirectory("diff").resolveSibling("diff.sql").toString());
        run(OptionKeys.DIFF, options);
    }
}
