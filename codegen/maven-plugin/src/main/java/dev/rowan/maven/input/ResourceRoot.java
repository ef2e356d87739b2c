package dev.rowan.maven.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;

/** A resource directory of a project: what maven-resources-plugin would copy from it, and how. */
final class ResourceRoot implements ChangelogRoot {

    private final Path directory;
    private final String target;
    private final boolean isFiltered;
    private final UnaryOperator<String> filter;
    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    /**
     * Describes a resource directory.
     *
     * @param filter replaces the properties in a file, if the resource is filtered
     */
    ResourceRoot(Resource resource, UnaryOperator<String> filter) {
        this.directory = Path.of(resource.getDirectory());
        String path = resource.getTargetPath() == null ? "" : resource.getTargetPath();
        this.target = path.replace('\\', '/').replaceAll("^(?:\\./)*/*|/*$", "");
        this.isFiltered = resource.isFiltering();
        this.filter = filter;
        this.includes = patterns(resource.getIncludes());
        this.excludes = patterns(resource.getExcludes());
    }

    /** Describes a directory that is copied as it is. */
    static ResourceRoot of(Path directory) {
        var resource = new Resource();
        resource.setDirectory(directory.toString());
        return new ResourceRoot(resource, UnaryOperator.identity());
    }

    /** Returns whether a file of this class-path name could be written here, and be read from there as it is. */
    boolean takes(String name) {
        return !isFiltered && target.isEmpty() && isCopied(directory.resolve(name));
    }

    Path directory() {
        return directory;
    }

    @Override
    public SortedMap<String, byte[]> digests(String name) throws IOException {
        var digests = new TreeMap<String, byte[]>();
        String prefix = target.isEmpty() ? "" : target + "/";
        String within = name.replaceAll("/+$", "");
        if (!(within + "/").startsWith(prefix)) {
            return digests;
        }
        Path start = directory.resolve(within.substring(Math.min(prefix.length(), within.length())));
        if (Files.exists(start)) {
            try (Stream<Path> files = Files.walk(start)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (isCopied(file)) {
                        digests.put(prefix + relative(file), Fingerprint.digest(content(file)));
                    }
                }
            }
        }
        return digests;
    }

    @Override
    public Path materialize(Path staging) throws IOException {
        if (!isFiltered && target.isEmpty()) {
            return directory;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (isCopied(file)) {
                    Path copy = staging.resolve(target).resolve(relative(file));
                    Files.createDirectories(copy.getParent());
                    Files.write(copy, content(file));
                }
            }
        }
        return Files.createDirectories(staging);
    }

    private boolean isCopied(Path file) {
        String name = relative(file);
        return (includes.isEmpty()
                        || includes.stream()
                                .anyMatch(pattern -> pattern.matcher(name).matches()))
                && excludes.stream().noneMatch(pattern -> pattern.matcher(name).matches());
    }

    private byte[] content(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (!isFiltered) {
            return content;
        }
        var text = new String(content, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content);
        return isText ? filter.apply(text).getBytes(StandardCharsets.UTF_8) : content;
    }

    private String relative(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static List<Pattern> patterns(List<String> globs) {
        return globs.stream().map(ResourceRoot::pattern).collect(Collectors.toList());
    }

    /** Translates a pattern of Ant, such as {@code **}{@code /*.yaml}. */
    private static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        String whole = glob.replace('\\', '/').replaceFirst("/$", "/**");
        for (int i = 0; i < whole.length(); i++) {
            if (whole.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (whole.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                char character = whole.charAt(i);
                regex.append(
                        switch (character) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> Pattern.quote(String.valueOf(character));
                        });
            }
        }
        return Pattern.compile(regex.toString());
    }
}
