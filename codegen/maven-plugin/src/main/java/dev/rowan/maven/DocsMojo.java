package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.maven.process.GeneratorProcess;
import java.io.File;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.jspecify.annotations.Nullable;

/**
 * Writes a page of the schema, with a diagram, and the same in Markdown: each table with its columns, keys, indexes and
 * comments, the generated classes and relations, and the changesets that have shaped it. It applies the changelog to a
 * server of its own, and alters nothing in a database that is given by its URL.
 */
// runs what the project binds to the first phase: it may select the JDK
@Execute(phase = LifecyclePhase.VALIDATE)
@Mojo(name = "docs", threadSafe = true)
public final class DocsMojo extends SourcesMojo {

    private static final String GENERATOR = "rowan-generator";

    /**
     * The database server that the changelog is applied to: {@code auto} (the environment of the project if it is
     * started, in a database of its own; otherwise Docker if it is running, otherwise embedded), {@code docker} or
     * {@code embedded}; or a URL that starts with {@code jdbc:mysql://}, of a database whose schema is shown as it is.
     * The default is the environment variable {@code ROWAN_SERVER}, otherwise {@code auto}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /** The directory of the page, {@code index.html}. */
    @Parameter(property = "rowan.docs.directory", defaultValue = "${project.build.directory}/schema")
    private File docsDirectory;

    /** The file of the page in Markdown. The default is {@code SCHEMA.md} beside the page. */
    @Parameter(property = "rowan.docs.markdown")
    private @Nullable File markdown;

    /** The title of the page. */
    @Parameter(property = "rowan.docs.title", defaultValue = "${project.name}")
    private String title;

    /** Called by Maven. */
    @Inject
    public DocsMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        Properties options = sourceOptions(server);
        options.setProperty(
                OptionKeys.WORK_DIRECTORY,
                layout().workDirectory(OptionKeys.DOCS).toString());
        options.setProperty(OptionKeys.DOCS_DIRECTORY, docsDirectory.toString());
        options.setProperty(OptionKeys.MARKDOWN, markdown == null ? "" : markdown.toString());
        options.setProperty(OptionKeys.TITLE, title);
        run(OptionKeys.DOCS, options);
    }

    /** Returns the process with the library that lays out the diagram: no other goal needs it, and downloads it. */
    @Override
    GeneratorProcess process() throws MojoExecutionException {
        var generator = execution.getMojoDescriptor().getPluginDescriptor().getArtifacts().stream()
                .filter(artifact -> artifact.getArtifactId().equals(GENERATOR))
                .findFirst()
                .orElseThrow();
        try {
            return super.process()
                    .with(fetcher()
                            .optionalsOf(new DefaultArtifact(
                                    generator.getGroupId(), GENERATOR, "jar", generator.getBaseVersion())));
        } catch (RepositoryException e) {
            throw new MojoExecutionException(
                    "The library that lays out the diagram could not be fetched: " + e.getMessage(), e);
        }
    }
}
