package dev.rowan.site;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the search looks through: a script, because a page that was opened from the disk may read no other file. */
final class SearchIndex {

    private final List<String> entries = new ArrayList<>();

    /**
     * Adds each section of a page.
     *
     * @param isOfProject whether its sections come after those of the guide, unless they fit much better
     */
    void add(Page page, boolean isOfProject) {
        for (var section : page.sections()) {
            var address = Page.link(Path.of(""), page.address()) + (section.level() == 1 ? "" : "#" + section.id());
            add(page.title(), section.heading(), address, section.text(), isOfProject);
        }
    }

    /** Adds the page of a type in the API. */
    void add(ApiReference.Type type) {
        add("API", type.name(), Page.link(Path.of(""), Site.API.resolve(type.file())), type.inPackage(), false);
    }

    private void add(String page, String heading, String address, String text, boolean isOfProject) {
        entries.add("[%s, %s, %s, %s, %d]"
                .formatted(quoted(page), quoted(heading), quoted(address), quoted(text), isOfProject ? 1 : 0));
    }

    String script() {
        return entries.stream().collect(joining(",\n", "window.searchIndex = [\n", "\n];\n"));
    }

    private static String quoted(String text) {
        var quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s+", " ");
        return '"' + quoted + '"';
    }
}
