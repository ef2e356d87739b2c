package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.maven.input.ChangelogPath;
import dev.rowan.maven.input.DirectoryTree;
import dev.rowan.maven.input.Fingerprint;
import dev.rowan.maven.input.LastRun;
import dev.rowan.maven.input.ProjectLayout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Generates typed tables, records and repositories from changelogs: starts a database server, applies the changelogs
 * and reads the schema. If nothing has changed since the last run, no server is started.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends SourcesMojo {

    /**
     * The database server: {@code auto} (the environment of the project if it is started, otherwise Docker if it is
     * running, otherwise embedded), {@code docker}, {@code embedded} (a MariaDB that is downloaded when it is first
     * used), or a URL that starts with {@code jdbc:mysql://}. The schema at a URL is read in every build and never
     * altered, unless {@link #migrate} is true. A server on another machine must use TLS and prove its identity,
     * unless the URL sets {@code sslMode}.
     * The default is the environment variable {@code ROWAN_SERVER}, otherwise {@code auto}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /** Whether to apply the changelog to the database at a URL. It is always applied to other servers. */
    @Parameter(property = "rowan.migrate", defaultValue = "false")
    private boolean migrate;

    /**
     * The directory of the sources, and of nothing else: each execution of this goal needs its own, in which older
     * sources are deleted. The default is {@code generated-sources/rowan}, or {@code generated-test-sources/rowan}, in
     * the build directory; for an execution with an {@code <id>}, {@code rowan-} and that id.
     */
    @Parameter
    private @Nullable File outputDirectory;

    /** Whether to skip the goal and leave the sources unchanged. */
    @Parameter(property = "rowan.skip", defaultValue = "false")
    private boolean skip;

    /** Called by Maven. */
    @Inject
    public GenerateMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        var layout = layout();
        Path sources = layout.sources(outputDirectory, execution.getExecutionId());
        layout.compile(sources);
        if (skip) {
            getLog().info("skipped   " + layout.relative(sources) + " is left unchanged");
            return;
        }
        try {
            generate(layout, sources);
        } catch (IOException e) {
            throw new MojoExecutionException("The sources could not be generated: " + e, e);
        }
    }

    private void generate(ProjectLayout layout, Path sources) throws IOException, MojoExecutionException {
        requireOwnDirectory(sources);
        Properties options = options(sources);
        var path = changelogPath();
        options.setProperty(OptionKeys.CHANGELOG, path.changelog());
        List<Artifact> artifacts =
                execution.getMojoDescriptor().getPluginDescriptor().getArtifacts();
        var lastRun = new LastRun(layout.stateFile(execution.getExecutionId()), sources);
        // others may have changed a live schema
        boolean live = options.getProperty(OptionKeys.SERVER).startsWith("jdbc:");
        if (!live && lastRun.matches(fingerprint(options, artifacts, path, lastRun.read()))) {
            getLog().info("unchanged " + lastRun.sourceCount() + " sources in " + layout.relative(sources));
            return;
        }
        lastRun.delete();
        Set<String> read;
        Path work = layout.workDirectory(execution.getExecutionId());
        try {
            read = run(options, path.materialize(work.resolve("resources")), work);
        } finally {
            DirectoryTree.delete(work);
        }
        lastRun.save(fingerprint(options, artifacts, path, read), read);
    }

    private Set<String> run(Properties options, List<Path> changelogPath, Path work)
            throws IOException, MojoExecutionException {
        var complete = new Properties();
        complete.putAll(options);
        complete.setProperty(OptionKeys.CHANGELOG_PATH, joined(changelogPath));
        complete.setProperty(OptionKeys.WORK_DIRECTORY, work.toString());
        return process().run(complete).read();
    }

    private static String fingerprint(
            Properties options, List<Artifact> artifacts, ChangelogPath path, Collection<String> read)
            throws IOException {
        var fingerprint = new Fingerprint().addOptions(options).addFiles(read, path.rootsOf(read));
        artifacts.forEach(fingerprint::addArtifact);
        return fingerprint.finish();
    }

    /** Each execution deletes what it has not generated: two with one directory would delete each other's sources. */
    private void requireOwnDirectory(Path sources) throws MojoExecutionException {
        if (execution.getExecutionId().equals("default-cli")) {
            return;
        }
        String key = "sources of " + sources;
        Object other = project.getContextValue(key);
        project.setContextValue(key, execution.getExecutionId());
        if (other != null && !other.equals(execution.getExecutionId())) {
            throw new MojoExecutionException("The executions " + other + " and " + execution.getExecutionId()
                    + " generate into the same directory, " + sources
                    + ", where each would delete the sources of the other. Give one of them another outputDirectory.");
        }
    }

    private Properties options(Path sources) {
        Properties options = sourceOptions(server);
        options.setProperty(OptionKeys.MIGRATE, String.valueOf(migrate));
        addSelection(options);
        options.setProperty(OptionKeys.OUTPUT_DIRECTORY, sources.toString());
        return options;
    }
}
