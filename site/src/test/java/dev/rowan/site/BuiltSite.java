package dev.rowan.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The site that this build has made. */
final class BuiltSite {

    static final Path FOLDER = Path.of(System.getProperty("rowan.site"));

    private BuiltSite() {}

    /** Returns the pages that are written here, without those of javadoc. */
    static List<Path> pages() throws IOException {
        return all().stream()
                .filter(page -> !page.startsWith(FOLDER.resolve(Site.API)))
                .toList();
    }

    /** Returns all pages. */
    static List<Path> all() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }
}
