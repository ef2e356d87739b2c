package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.maven.input.ChangelogPath;
import dev.rowan.maven.input.DependencyRoots;
import dev.rowan.maven.input.DirectoryTree;
import dev.rowan.maven.input.ProjectLayout;
import dev.rowan.maven.input.ResourceFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** A goal that applies the changelog of the project: where it is, and what of it is selected. */
abstract class ChangelogMojo extends GeneratorMojo {

    /**
     * The changelog: its class-path name, in the resources of the project, in a dependency of the project or in one of
     * the plugin; otherwise the path of a file in the project.
     */
    @Parameter(property = "rowan.changelog", defaultValue = "db/changelog/db.changelog-master.yaml")
    private String changelog;

    /**
     * The contexts of the changelog that are applied, separated by commas. If there are none, no changeset that has a
     * context is applied. See {@code Migrator.withContexts}.
     */
    @Parameter(property = "rowan.contexts")
    private @Nullable String contexts;

    /** An expression that the labels of changesets must match to be applied; by default all are. */
    @Parameter(property = "rowan.labels")
    private @Nullable String labels;

    /**
     * The values of changelog parameters.
     *
     * <pre>
     * &lt;changelogParameters&gt;
     *   &lt;suffix&gt;eu&lt;/suffix&gt;
     * &lt;/changelogParameters&gt;
     * </pre>
     */
    @Parameter
    private Map<String, @Nullable String> changelogParameters = Map.of();

    /** Whether the sources are test sources. The changelog may then be in the resources of the tests. */
    @Parameter(defaultValue = "false")
    private boolean testSources;

    private final ProjectDependenciesResolver dependencies;

    ChangelogMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains);
        this.dependencies = dependencies;
    }

    ProjectLayout layout() {
        return new ProjectLayout(project, testSources);
    }

    /** Finds out where the changelog is. */
    ChangelogPath changelogPath() throws IOException {
        return ChangelogPath.of(
                changelog,
                layout(),
                ResourceFilter.of(project, session, execution),
                () -> new DependencyRoots(dependencies, session, getLog()).of(project, testSources));
    }

    /** Adds what of the changelog is selected. */
    void addSelection(Properties options) {
        options.setProperty(OptionKeys.CHANGELOG, changelog);
        options.setProperty(OptionKeys.CONTEXTS, contexts == null ? "" : contexts);
        options.setProperty(OptionKeys.LABELS, labels == null ? "" : labels);
        changelogParameters.forEach((name, value) ->
                options.setProperty(OptionKeys.CHANGELOG_PARAMETER + name, value == null ? "" : value));
    }

    /** Runs a goal of the generator on the changelog, whose files are together in a directory meanwhile. */
    void run(String goal, Properties options) throws MojoExecutionException {
        Path work = layout().workDirectory(goal);
        try {
            var path = changelogPath();
            addSelection(options);
            options.setProperty(OptionKeys.GOAL, goal);
            options.setProperty(OptionKeys.CHANGELOG, path.changelog());
            options.setProperty(OptionKeys.CHANGELOG_PATH, joined(path.materialize(work.resolve("resources"))));
            process().run(options);
        } catch (IOException e) {
            throw new MojoExecutionException("The changelog could not be read: " + e, e);
        } finally {
            try {
                DirectoryTree.delete(work);
            } catch (IOException e) {
                getLog().warn("The directory " + work + " could not be deleted: " + e);
            }
        }
    }

    /** Returns the directories and jars of a class path as the generator reads them. */
    static String joined(List<Path> path) {
        return path.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }
}
