package dev.rowan.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a changelog in the project, then on the class path of this process, and remembers what was asked
 * for: the next build runs the generator only if one of these files has changed.
 */
final class ChangelogLoader extends URLClassLoader {

    private final SortedSet<String> names = Collections.synchronizedSortedSet(new TreeSet<>());

    ChangelogLoader(List<Path> path, @Nullable ClassLoader parent) {
        super(path.stream().map(ChangelogLoader::url).toArray(URL[]::new), parent);
    }

    /** Returns the names that were asked for, except those that the class path of this process alone has. */
    SortedSet<String> names() {
        return new TreeSet<>(names);
    }

    @Override
    public @Nullable URL getResource(String name) {
        var found = findResource(name);
        var inParent = found == null ? getParent().getResource(name) : null;
        if (inParent == null) {
            names.add(name);
        }
        return found == null ? inParent : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var found = Collections.list(findResources(name));
        var inParent = Collections.list(getParent().getResources(name));
        if (!found.isEmpty() || inParent.isEmpty()) {
            names.add(name);
        }
        List<URL> all = new ArrayList<>(found);
        all.addAll(inParent);
        return Collections.enumeration(all);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
