package dev.rowan.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * The list of the pages, in the order to read them in. It is that of the README's table, in which a row without a link
 * begins a group, and further links of a row are parts of its page; the pages that are not in it follow.
 *
 * @param groups the entries by headings, of which the first is empty
 */
record Contents(Map<String, List<Entry>> groups) {

    private static final String TABLE = "read on";
    private static final String REST = "The project";

    /**
     * A file of the site, and what the list calls it.
     *
     * @param isPart whether it is a part of the page above it
     */
    record Entry(String title, Path address, boolean isPart) {

        Entry(String title, Path address) {
            this(title, address, false);
        }

        /** Returns whether it is listed only beside the others of its folder. */
        boolean isOnlyInFolder() {
            return !isPart && address.getNameCount() > 1 && !address.endsWith("index.html");
        }
    }

    static Contents of(SourceFiles files, MarkdownReader reader, List<Entry> front, Collection<Page> pages)
            throws IOException {
        var groups = new LinkedHashMap<String, List<Entry>>();
        var known = new ArrayList<Path>();
        groups.put("", new ArrayList<>(front));
        front.forEach(entry -> known.add(entry.address()));
        var group = "";
        for (var row : reader.rows(SourceFiles.README, TABLE)) {
            var cells = MarkdownReader.children(row);
            if (!(cells.getFirst().getFirstChild() instanceof Link)) {
                group = MarkdownReader.textOf(cells.getFirst());
            }
            for (var cell : cells) {
                for (var link : links(cell)) {
                    var address = files.addressOf(Path.of(link.getDestination()));
                    if (!known.contains(address)) {
                        groups.computeIfAbsent(group, name -> new ArrayList<>())
                                .add(new Entry(MarkdownReader.textOf(link), address, !cell.equals(cells.getFirst())));
                        known.add(address);
                    }
                }
            }
        }
        groups.put(
                REST,
                pages.stream()
                        .filter(page -> !known.contains(page.address()))
                        .sorted(Comparator.comparing(Contents::placeInRest))
                        .map(page -> new Entry(page.title(), page.address()))
                        .toList());
        return new Contents(groups);
    }

    private static List<Link> links(Node cell) {
        return MarkdownReader.children(cell).stream()
                .filter(Link.class::isInstance)
                .map(Link.class::cast)
                .toList();
    }

    /** Returns whether a page is of the project rather than of the guide: how it was made, not how it is used. */
    boolean isOfProject(Path address) {
        return Objects.requireNonNull(groups.get(REST)).stream()
                .anyMatch(entry -> entry.address().equals(address));
    }

    /** The page of a folder comes before those in it. */
    private static String placeInRest(Page page) {
        return page.address().toString().replace("index.html", "");
    }

    /** Returns all entries, in the order of the list. */
    List<Entry> entries() {
        return groups.values().stream().flatMap(List::stream).toList();
    }
}
