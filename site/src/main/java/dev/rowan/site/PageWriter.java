package dev.rowan.site;

import static dev.rowan.site.Html.escaped;
import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes pages as HTML: what a page says, and around it the list of all pages, its own contents, and its neighbors. */
final class PageWriter {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    /** Below so many headings a page needs no contents. */
    private static final int FEW = 3;

    private final Contents contents;
    private final String template;

    PageWriter(Contents contents, String template) {
        this.contents = contents;
        this.template = template;
    }

    String html(Page page) {
        var hasDiagram = page.body().contains("<pre class=\"diagram\">");
        var values = Map.of(
                "title", escaped(page.title().equals("Rowan") ? "Rowan" : page.title() + " – Rowan"),
                "root", page.root(),
                "scripts", hasDiagram ? script(page, "mermaid.min.js") : "",
                "contents",
                        contents.groups().keySet().stream()
                                .map(group -> group(page, group))
                                .collect(joining()),
                "headings", headings(page),
                "body", page.body(),
                "neighbors", neighbor(page, -1, "prev", "Previous") + neighbor(page, 1, "next", "Next"));
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)))));
    }

    private static String script(Page page, String name) {
        return "<script defer src=\"" + page.linkTo(Site.ASSETS.resolve(name)) + "\"></script>\n";
    }

    private String group(Page page, String title) {
        var entries = Objects.requireNonNull(contents.groups().get(title)).stream()
                .filter(entry -> !entry.isOnlyInFolder() || isBeside(page, entry.address()))
                .map(entry -> entry(page, entry))
                .collect(joining());
        return (title.isEmpty() ? "" : "<h2>" + escaped(title) + "</h2>\n") + "<ul>\n" + entries + "</ul>\n";
    }

    private static boolean isBeside(Page page, Path address) {
        return Objects.equals(page.address().getParent(), address.getParent());
    }

    private static String entry(Page page, Contents.Entry entry) {
        return "<li%s><a href=\"%s\"%s>%s</a></li>\n"
                .formatted(
                        entry.isPart() || entry.isOnlyInFolder() ? " class=\"part\"" : "",
                        page.linkTo(entry.address()),
                        entry.address().equals(page.address()) ? " aria-current=\"page\"" : "",
                        escaped(entry.title()));
    }

    private static String headings(Page page) {
        var sections = page.sections().stream()
                .filter(section -> section.level() == 2 || section.level() == 3)
                .toList();
        if (sections.size() < FEW) {
            return "";
        }
        return sections.stream()
                .map(section -> "<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>\n"
                        .formatted(section.level(), section.id(), escaped(section.heading())))
                .collect(joining(
                        "",
                        "<nav id=\"siteHeadings\" aria-label=\"On this page\"><details><summary>On this page</summary>\n<ul>\n",
                        "</ul>\n</details></nav>\n"));
    }

    private String neighbor(Page page, int step, String relation, String label) {
        var entries = contents.entries().stream()
                .filter(entry -> !entry.address().startsWith(Site.API))
                .toList();
        for (var i = Math.max(0, -step); i < entries.size() - Math.max(0, step); i++) {
            if (entries.get(i).address().equals(page.address())) {
                var other = entries.get(i + step);
                return "<a class=\"%s\" rel=\"%1$s\" href=\"%s\"><small>%s</small> %s</a>\n"
                        .formatted(relation, page.linkTo(other.address()), label, escaped(other.title()));
            }
        }
        return "";
    }
}
