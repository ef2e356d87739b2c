package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.maven.input.ChangelogPath;
import dev.rowan.maven.input.ChangelogRoot;
import dev.rowan.maven.input.DirectoryTree;
import dev.rowan.maven.input.ProjectLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Writes the first changelog of a database that has none, and marks it as applied there, so that the database is
 * changed by changesets from then on. It alters nothing else in the database, and replaces no file.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "adopt", threadSafe = true)
public final class AdoptMojo extends GeneratorMojo {

    /**
     * The class-path name of the new changelog, which is written to the project's resources. It ends with {@code .sql},
     * or with {@code .yaml}: then it includes a changelog in SQL beside it.
     */
    @Parameter(property = "rowan.changelog", defaultValue = "db/changelog/db.changelog-master.yaml")
    private String changelog;

    /**
     * The database: a URL that starts with {@code jdbc:mysql://}. A server on another machine must use TLS and prove
     * its identity, unless the URL sets {@code sslMode}. The default is the environment variable {@code ROWAN_SERVER}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /** Whether to write the changelog to the build directory only, and to leave the database as it is. */
    @Parameter(property = "rowan.dryRun", defaultValue = "false")
    private boolean dryRun;

    /** Called by Maven. */
    @Inject
    public AdoptMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }

    @Override
    public void execute() throws MojoExecutionException {
        try {
            Properties options = server(server);
            String name = ChangelogPath.name(changelog);
            options.setProperty(OptionKeys.GOAL, OptionKeys.ADOPT);
            options.setProperty(OptionKeys.CHANGELOG, name);
            options.setProperty(OptionKeys.RESOURCES, resources(name).toString());
            options.setProperty(OptionKeys.DRY_RUN, String.valueOf(dryRun));
            process().run(options);
        } catch (IOException e) {
            throw new MojoExecutionException("The first changelog could not be written: " + e, e);
        }
    }

    /** Returns the directory that the changelog is written to, in which the generator replaces no file. */
    private Path resources(String name) throws IOException, MojoExecutionException {
        var layout = new ProjectLayout(project, false);
        Path resources = layout.newResource(name)
                .orElseThrow(() -> new MojoExecutionException("No resource directory of the project takes " + name
                        + " to the class path as it is. Add a <resource> without <filtering> and <targetPath>."));
        boolean isElsewhere = !Files.exists(resources.resolve(name))
                && ChangelogRoot.anyContains(layout.resources(text -> text), name);
        if (isElsewhere || Files.isRegularFile(layout.file(name))) {
            throw new MojoExecutionException("The project has a changelog " + name
                    + " already. Name another one, with -Drowan.changelog=, or delete it if it is of no use.");
        }
        if (dryRun) {
            Path directory = layout.workDirectory("adopt");
            DirectoryTree.delete(directory);
            return directory;
        }
        return resources;
    }
}
