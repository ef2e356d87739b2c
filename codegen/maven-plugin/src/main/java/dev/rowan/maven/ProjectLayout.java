package dev.rowan.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The directories of a project, for its main code or for its tests. */
final class ProjectLayout {

    private final MavenProject project;
    private final boolean tests;

    ProjectLayout(MavenProject project, boolean tests) {
        this.project = project;
        this.tests = tests;
    }

    /** Returns the directory of the generated sources: the configured one, or the default. */
    Path sources(@Nullable File configured) {
        if (configured != null) {
            return configured.toPath();
        }
        return buildDirectory().resolve(tests ? "generated-test-sources/rowan" : "generated-sources/rowan");
    }

    /** Makes Maven compile the sources in this directory. */
    void compile(Path sources) {
        if (tests) {
            project.addTestCompileSourceRoot(sources.toString());
        } else {
            project.addCompileSourceRoot(sources.toString());
        }
    }

    /** Returns the directories that contain changelogs, before Maven copies them to the class path. */
    List<Path> resources() {
        Stream<Resource> resources = tests
                ? Stream.concat(project.getResources().stream(), project.getTestResources().stream())
                : project.getResources().stream();
        return resources
                .map(resource -> Path.of(resource.getDirectory()))
                .filter(Files::isDirectory)
                .toList();
    }

    /** Returns the file in which an execution of the plugin stores its {@link LastRun}. */
    Path stateFile(String executionId) {
        return buildDirectory().resolve("rowan").resolve(executionId);
    }

    /** Returns the path relative to the project, if it is in the project. */
    String relative(Path path) {
        Path base = project.getBasedir().toPath();
        return (path.startsWith(base) ? base.relativize(path) : path).toString();
    }

    private Path buildDirectory() {
        return Path.of(project.getBuild().getDirectory());
    }
}
