package dev.rowan.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the repository that become pages, and where.
 *
 * @param root the folder of the repository
 * @param addresses the address of each page in the site, by its file relative to the root
 */
record SourceFiles(Path root, Map<Path, Path> addresses) {

    static final Path README = Path.of("README.md");

    private static final Path DOCS = Path.of("docs");
    private static final Path TUTORIAL = DOCS.resolve("tutorial.md");

    /** Finds the pages: those at the root, those under {@code docs}, and those of the examples. */
    static SourceFiles of(Path root) throws IOException {
        var addresses = new LinkedHashMap<Path, Path>();
        for (var file : files(root)) {
            addresses.put(file, usualAddressOf(file));
        }
        if (addresses.containsKey(TUTORIAL)) {
            addresses.put(README, Path.of("overview.html"));
            addresses.put(TUTORIAL, Path.of("index.html"));
        }
        return new SourceFiles(root, addresses);
    }

    private static List<Path> files(Path root) throws IOException {
        try (var top = Files.list(root);
                var docs = Files.walk(root.resolve(DOCS));
                var examples = Files.walk(root.resolve("examples"), 2)) {
            return Stream.of(top, docs, examples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static Path usualAddressOf(Path file) {
        var place = file.startsWith(DOCS) ? DOCS.relativize(file) : file;
        var name = place.getFileName().toString().replaceFirst("\\.md$", "").toLowerCase(Locale.ROOT);
        return place.resolveSibling((name.equals("readme") ? "index" : name) + ".html");
    }

    /** Returns the address of the tutorial, if there is one: it is the first page then. */
    Optional<Path> tutorial() {
        return Optional.ofNullable(addresses.get(TUTORIAL));
    }

    /** Returns the address of a page. */
    Path addressOf(Path file) {
        return address(file).orElseThrow(() -> new IllegalArgumentException(file + " is no page of the site."));
    }

    /** Returns the address of a file in the site, or of the page that describes a folder. */
    Optional<Path> address(Path file) {
        return Optional.ofNullable(addresses.get(file))
                .or(() -> Optional.ofNullable(addresses.get(file.resolve(README))));
    }
}
