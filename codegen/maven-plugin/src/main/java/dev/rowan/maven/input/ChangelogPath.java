package dev.rowan.maven.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where the changelog and its files are: in the resources of the project, then in its dependencies. A changelog that is
 * in neither may be a file of the project, named by its path.
 *
 * <p>Dependencies are resolved only when they are needed.
 */
public final class ChangelogPath {

    private final String changelog;
    private final List<ChangelogRoot> own;
    private final Supplier<List<ChangelogRoot>> dependencies;

    private ChangelogPath(String changelog, List<ChangelogRoot> own, Supplier<List<ChangelogRoot>> dependencies) {
        this.changelog = changelog;
        this.own = own;
        this.dependencies = dependencies;
    }

    /** Finds out where a changelog is. */
    public static ChangelogPath of(
            String changelog,
            ProjectLayout layout,
            UnaryOperator<String> filter,
            Supplier<List<ChangelogRoot>> dependencies)
            throws IOException {
        var roots = new ArrayList<>(layout.resources(filter));
        String name = name(changelog);
        Path file = layout.file(changelog);
        if (ChangelogRoot.anyContains(roots, name) || !Files.isRegularFile(file)) {
            return new ChangelogPath(name, roots, dependencies);
        }
        Path root = layout.contains(file) ? layout.file("") : Objects.requireNonNull(file.getParent());
        roots.add(ResourceRoot.of(root));
        return new ChangelogPath(root.relativize(file).toString().replace('\\', '/'), roots, dependencies);
    }

    /** Returns a class-path name as a class loader knows it. */
    public static String name(String changelog) {
        return changelog.replace('\\', '/').replaceFirst("^classpath:/*|^/+(?!/)", "");
    }

    /** Returns the class-path name of the changelog. */
    public String changelog() {
        return changelog;
    }

    /** Returns the directory of the project that has the changelog, under its class-path name, and as it is. */
    public Optional<Path> directory() throws IOException {
        for (ChangelogRoot root : own) {
            if (root.contains(changelog) && root instanceof ResourceRoot resources) {
                return Optional.of(resources)
                        .filter(directory -> directory.takes(changelog))
                        .map(ResourceRoot::directory);
            }
        }
        return Optional.empty();
    }

    /** Returns the places that may have these files: with the dependencies, if one is not in the project. */
    public List<ChangelogRoot> rootsOf(Collection<String> names) throws IOException {
        for (String name : names) {
            if (!hasOwn(name)) {
                return all();
            }
        }
        return own;
    }

    /** Returns the directories and jars of the class path that has the changelog. */
    public List<Path> materialize(Path staging) throws IOException {
        DirectoryTree.delete(staging); // left by a run that was killed
        var path = new ArrayList<Path>();
        for (ChangelogRoot root : all()) {
            path.add(root.materialize(staging.resolve(String.valueOf(path.size()))));
        }
        return path;
    }

    private boolean hasOwn(String name) throws IOException {
        for (ChangelogRoot root : own) {
            if (!root.digests(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private List<ChangelogRoot> all() {
        var all = new ArrayList<>(own);
        all.addAll(dependencies.get());
        return all;
    }
}
