package dev.rowan.codegen.page;

import static dev.rowan.codegen.page.Html.escaped;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the page as one file of HTML, which needs no other. The same content gives the same bytes. */
final class HtmlPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final SchemaContent content;

    HtmlPage(SchemaContent content) {
        this.content = content;
    }

    String text() {
        var values = Map.of(
                "title", escaped(content.title()),
                "style", resource("page.css"),
                "script", resource("page.js"),
                "summary", summary(),
                "index", content.tables().stream().map(HtmlPage::entry).collect(joining()),
                "diagram", DiagramSvg.of(DiagramLayout.of(content)),
                "tables", tables());
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)))));
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String summary() {
        var views =
                content.tables().stream().filter(SchemaContent.Table::isView).count();
        var keys = content.tables().stream()
                .mapToInt(table -> table.foreignKeys().size())
                .sum();
        var parts = new ArrayList<String>();
        parts.add(count(content.tables().size() - views, "table"));
        if (views > 0) {
            parts.add(count(views, "view"));
        }
        parts.add(count(keys, "foreign key"));
        return String.join(" · ", parts) + " · <code>" + breakable(content.packageName()) + "</code>"
                + content.selection()
                        .map(selection -> "<br>" + escaped(selection))
                        .orElse("");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String entry(SchemaContent.Table table) {
        return "<li><a href=\"#%s\">%s</a></li>\n"
                .formatted(Html.idOf(table.name()), breakable(table.name()) + (table.isView() ? " <i>view</i>" : ""));
    }

    private String tables() {
        var sections = new StringBuilder();
        for (var i = 0; i < content.tables().size(); i++) {
            sections.append(section(i, content.tables().get(i)));
        }
        return sections.toString();
    }

    private static String section(int position, SchemaContent.Table table) {
        return """
                <section class="table" id="%1$s" aria-labelledby="%1$s-name">
                <header><h2 id="%1$s-name"><a href="#%1$s">%2$s</a>%3$s</h2><a class="locate" href="#box-%4$s">in the diagram</a></header>
                %5$s%6$s%7$s<div class="facts">
                %8$s%9$s%10$s%11$s%12$s</div>
                </section>
                """.formatted(
                Html.idOf(table.name()),
                breakable(table.name()),
                table.isView() ? " <i>view</i>" : "",
                position,
                table.comment().isBlank() ? "" : "<p class=\"comment\">" + escaped(table.comment()) + "</p>\n",
                classes(table),
                columns(table),
                facts("Keys", table.keys().stream().map(HtmlPage::key).toList()),
                facts(
                        "Foreign keys",
                        table.foreignKeys().stream().map(HtmlPage::foreignKey).toList()),
                facts("Indexes", table.indexes().stream().map(HtmlPage::index).toList()),
                facts(
                        "Relations",
                        table.relations().stream().map(HtmlPage::relation).toList()),
                facts(
                        "Changesets",
                        table.changesets().stream()
                                .map(changeset -> fact(
                                        breakable(changeset.id()),
                                        "by " + escaped(changeset.author()) + ", in <code>"
                                                + breakable(changeset.file()) + "</code>"))
                                .toList()));
    }

    private static String classes(SchemaContent.Table table) {
        var classes = new ArrayList<>(List.of(table.repository(), table.recordClass()));
        table.keyClass().ifPresent(classes::add);
        classes.add(table.constant());
        return classes.stream()
                .map(name -> "<code>" + breakable(name) + "</code>")
                .collect(joining(" ", "<p class=\"classes\">", "</p>\n"));
    }

    private static String columns(SchemaContent.Table table) {
        return table.columns().stream()
                .map(column -> {
                    var marks = new StringBuilder();
                    marks.append(table.isPrimary(column) ? mark("pk", "primary key") : "");
                    marks.append(table.isForeign(column) ? mark("fk", "foreign key") : "");
                    marks.append(table.isUnique(column) ? mark("uk", "unique") : "");
                    marks.append(column.isVersion() ? mark("version", "version") : "");
                    return column(table, column, marks.toString());
                })
                .collect(joining("", """
                        <table class="columns">
                        <thead><tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">In Java</th><th scope="col">Comment</th></tr></thead>
                        <tbody>
                        """, "</tbody>\n</table>\n"));
    }

    private static String mark(String kind, String text) {
        return " <span class=\"mark %s\">%s</span>".formatted(kind, text);
    }

    private static String column(SchemaContent.Table table, SchemaContent.Column column, String marks) {
        var type = new StringBuilder("<code>" + breakable(column.type()) + "</code>");
        if (!table.isView()) {
            type.append(column.nullable() ? " <span class=\"more\">null</span>" : "");
        }
        if (!column.value().isEmpty()) {
            type.append(" <span class=\"more\">")
                    .append(breakable(column.value()))
                    .append("</span>");
        }
        return "<tr><th scope=\"row\"><code>%s</code>%s</th><td>%s</td><td><code>%s</code> <code class=\"more\">%s()</code></td><td%s>%s</td></tr>\n"
                .formatted(
                        breakable(column.name()),
                        marks,
                        type,
                        breakable(column.javaType()),
                        breakable(column.getter()),
                        column.comment().isBlank() ? " class=\"none\"" : "",
                        escaped(column.comment()));
    }

    private static String key(SchemaContent.Key key) {
        return fact(
                key.isPrimary() ? "primary key" : "<code>" + breakable(key.name()) + "</code>",
                names(key.columns()) + " <code class=\"more\">" + breakable(key.finder()) + "(…)</code>");
    }

    private static String foreignKey(SchemaContent.ForeignKey key) {
        return fact(
                "<code>" + breakable(key.name()) + "</code>",
                names(key.columns()) + " → " + link(key.target()) + " " + names(key.targetColumns())
                        + (key.rules().isEmpty() ? "" : " <span class=\"more\">" + key.rules() + "</span>"));
    }

    private static String index(SchemaContent.Index index) {
        return fact(
                "<code>" + breakable(index.name()) + "</code>",
                names(index.columns()) + (index.isUnique() ? " <span class=\"more\">unique</span>" : ""));
    }

    private static String relation(SchemaContent.Relation relation) {
        return fact(
                "<code>" + breakable(relation.accessor()) + "</code>",
                "<code>%s</code> %s %s, through <code>%s</code> <code class=\"more\">%s</code>"
                        .formatted(
                                breakable(relation.result()),
                                relation.kind(),
                                link(relation.target()),
                                breakable(relation.through()),
                                breakable(relation.constant())));
    }

    private static String facts(String title, List<String> facts) {
        return facts.isEmpty()
                ? ""
                : "<div><h3>%s</h3>\n<dl>\n%s</dl></div>\n".formatted(title, String.join("", facts));
    }

    private static String fact(String name, String text) {
        return "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(name, text);
    }

    private static String names(List<String> names) {
        return names.stream()
                .map(name -> "<code>" + breakable(name) + "</code>")
                .collect(joining(", "));
    }

    private static String link(String table) {
        return "<a href=\"#%s\">%s</a>".formatted(Html.idOf(table), breakable(table));
    }

    /** Returns a name that may be broken between its words, which the reader can still copy and search. */
    private static String breakable(String name) {
        return escaped(name).replaceAll("(?<=[_.(/])(?=\\w)|(?<=[a-z])(?=[A-Z][a-z])", "<wbr>");
    }
}
