package dev.rowan.db.internal.migration;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.Resource;
import org.jspecify.annotations.Nullable;

/** Finds changelogs and their files on the class path, and remembers the changelogs that are SQL files. */
@SuppressWarnings("try") // Liquibase declares close() so that -Xlint suspects an InterruptedException
final class ChangelogResources extends ClassLoaderResourceAccessor {

    private static final String CLASS_PATH = "classpath:";

    private final ClassLoader classLoader;
    private final Map<String, Resource> sqlFiles = new LinkedHashMap<>();

    ChangelogResources(ClassLoader classLoader) {
        super(classLoader);
        this.classLoader = classLoader;
    }

    /** Returns a class-path name as the class loader knows it: without the prefix {@code classpath:} and a slash. */
    static String normalized(String name) {
        var path = name.startsWith(CLASS_PATH) ? name.substring(CLASS_PATH.length()) : name;
        return path.replace('\\', '/').replaceFirst("^/+", "");
    }

    /** Returns the SQL files that were asked for until now and exist. While a changelog is parsed, each is one too. */
    List<Resource> sqlFiles() {
        return new ArrayList<>(sqlFiles.values());
    }

    boolean exists(String path) {
        return classLoader.getResource(path) != null;
    }

    @Override
    public @Nullable List<Resource> getAll(String path) throws IOException {
        var found = super.getAll(normalized(path));
        if (found != null && found.size() > 1 && areCopies(found)) {
            found = List.of(found.get(0));
        }
        if (found != null && path.toLowerCase(Locale.ROOT).endsWith(".sql")) {
            sqlFiles.putIfAbsent(path, found.get(0));
        }
        return found;
    }

    /** Returns whether all have the same content: a dependency may be on the class path in two places. */
    private static boolean areCopies(List<Resource> found) throws IOException {
        var first = content(found.get(0));
        for (var other : found.subList(1, found.size())) {
            if (!Arrays.equals(first, content(other))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] content(Resource resource) throws IOException {
        try (var content = resource.openInputStream()) {
            return content.readAllBytes();
        }
    }

    @Override
    public List<Resource> search(String path, SearchOptions options) throws IOException {
        return super.search(normalized(path), options);
    }

    /** Liquibase's own message advises a setting that this class does not have. */
    @Override
    public Resource getExisting(String path) throws IOException {
        var resource = get(path);
        if (!resource.exists()) {
            throw new FileNotFoundException("There is no " + normalized(path) + " on the class path.");
        }
        return resource;
    }
}
