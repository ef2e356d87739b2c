package dev.rowan.site;

import java.nio.file.Path;
import java.util.List;

/**
 * One page of the site.
 *
 * @param address its file, relative to the folder of the site
 * @param title its title, as text
 * @param body its HTML, with the title
 * @param sections what it says, by headings
 */
record Page(Path address, String title, String body, List<Section> sections) {

    Page {
        sections = List.copyOf(sections);
    }

    /**
     * What stands under one heading, up to the next one.
     *
     * @param level 1 for the title
     * @param id the anchor of the heading
     * @param heading the heading, as text
     * @param text the rest, as text
     */
    record Section(int level, String id, String heading, String text) {}

    /** Returns the link from this page to a file of the site. */
    String linkTo(Path file) {
        return link(address, file);
    }

    /** Returns the link from one file of the site to another. */
    static String link(Path from, Path to) {
        var folder = from.resolveSibling("").normalize();
        return folder.relativize(to).toString().replace('\\', '/');
    }

    /** Returns the link from this page to the folder of the site: empty, or one that ends with a slash. */
    String root() {
        return "../".repeat(address.getNameCount() - 1);
    }
}
