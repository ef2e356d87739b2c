package dev.rowan.maven.input;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The directories of a project, for its main code or for its tests. */
public final class ProjectLayout {

    private final MavenProject project;
    private final boolean tests;

    public ProjectLayout(MavenProject project, boolean tests) {
        this.project = project;
        this.tests = tests;
    }

    /**
     * Returns the directory of the generated sources: the configured one, or one for each execution of the plugin,
     * because the sources of others in it are deleted.
     */
    public Path sources(@Nullable File configured, String executionId) {
        if (configured != null) {
            return configured.toPath();
        }
        boolean isDefault = executionId.equals("default") || executionId.equals("default-cli");
        return buildDirectory()
                .resolve(tests ? "generated-test-sources" : "generated-sources")
                .resolve(isDefault ? "rowan" : "rowan-" + executionId);
    }

    /** Makes Maven compile the sources in this directory. */
    public void compile(Path sources) {
        if (tests) {
            project.addTestCompileSourceRoot(sources.toString());
        } else {
            project.addCompileSourceRoot(sources.toString());
        }
    }

    /**
     * Returns the resource directories, before Maven copies them to the class path.
     *
     * @param filter replaces the properties in filtered resources
     */
    public List<ChangelogRoot> resources(UnaryOperator<String> filter) {
        Stream<Resource> resources = tests
                ? Stream.concat(project.getTestResources().stream(), project.getResources().stream())
                : project.getResources().stream();
        return resources
                .filter(resource -> Files.isDirectory(Path.of(resource.getDirectory())))
                .<ChangelogRoot>map(resource -> new ResourceRoot(resource, filter))
                .toList();
    }

    /**
     * Returns the directory of resources to write a new file to: the first from which it gets unaltered to the class
     * path, under this name.
     */
    public Optional<Path> newResource(String name) {
        return project.getResources().stream()
                .map(resource -> new ResourceRoot(resource, text -> text))
                .filter(root -> root.takes(name))
                .map(ResourceRoot::directory)
                .findFirst();
    }

    /** Returns a file of the project that is named by its path. */
    public Path file(String path) {
        return project.getBasedir().toPath().resolve(path).normalize();
    }

    /** Returns whether the path is in the project. */
    public boolean contains(Path path) {
        return path.startsWith(project.getBasedir().toPath());
    }

    /** Returns the file in which an execution of the plugin stores its {@link LastRun}. */
    public Path stateFile(String executionId) {
        return buildDirectory().resolve("rowan").resolve(executionId);
    }

    /** Returns the directory for what an execution of the plugin needs while it runs. */
    public Path workDirectory(String executionId) {
        return buildDirectory().resolve("rowan").resolve(executionId + ".work");
    }

    /** Returns the path relative to the project, if it is in the project. */
    public String relative(Path path) {
        Path base = project.getBasedir().toPath();
        return (path.startsWith(base) ? base.relativize(path) : path).toString();
    }

    private Path buildDirectory() {
        return Path.of(project.getBuild().getDirectory());
    }
}
