package dev.rowan.maven.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** A place that the class path of the project will have files from, before Maven has copied them there. */
public interface ChangelogRoot {

    /**
     * Returns a digest of what has this class-path name: one for a file, those of all its files for a directory.
     *
     * @return digests by the class-path names of files; empty if there is nothing of this name
     */
    SortedMap<String, byte[]> digests(String name) throws IOException;

    /**
     * Returns what a class path names: a directory or a jar.
     *
     * @param staging a directory that does not exist yet, for copies of files that the class path has elsewhere or with
     *     another content
     */
    Path materialize(Path staging) throws IOException;

    /** Returns whether a file has this class-path name. */
    default boolean contains(String name) throws IOException {
        return digests(name).containsKey(name);
    }

    /** Returns whether a file in one of these places has this class-path name. */
    static boolean anyContains(List<ChangelogRoot> roots, String name) throws IOException {
        for (ChangelogRoot root : roots) {
            if (root.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
