package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
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
 * Describes a release: writes what its generated classes rely on in the schema to a file beside the changelog, such as
 * {@code db/changelog/db.changelog-master.release}. The goal {@code check} then fails on a later changeset with which
 * these classes no longer run. Run it when you release, and commit the file.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "release", threadSafe = true)
public final class ReleaseMojo extends RulesMojo {

    /**
     * The server to apply the changelog to: {@code auto}, {@code docker}, {@code embedded} or a URL that starts with
     * {@code jdbc:mysql://}, whose user may create databases. The default is the environment variable
     * {@code ROWAN_SERVER}, otherwise {@code auto}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /** Called by Maven. */
    @Inject
    public ReleaseMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        Properties options = ruleOptions(server);
        try {
            options.setProperty(
                    OptionKeys.RESOURCES,
                    changelogPath()
                            .directory()
                            .orElseThrow(() -> new MojoExecutionException("The changelog is in no directory of this"
                                    + " project from which it gets to the class path as it is, so no file can be written"
                                    + " beside it. Run rowan:release in the module that has the changelog."))
                            .toString());
        } catch (IOException e) {
            throw new MojoExecutionException("The changelog could not be read: " + e, e);
        }
        run(OptionKeys.RELEASE, options);
    }
}
