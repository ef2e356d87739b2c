package dev.rowan.codegen.page;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes the page in Markdown, with a diagram for Mermaid, to be committed and read on a code host. */
final class MarkdownPage {

    /** Mermaid shows no diagram of more characters, if it is not told otherwise. */
    private static final int LONGEST_DIAGRAM = 50_000;

    /** What Markdown gives a meaning to: within a line, and, of lists, at its beginning. */
    private static final Pattern MEANING = Pattern.compile("[\\\\`*_{}\\[\\]<>#~&$]|^[-+]|(?<=^\\d{1,9})[.)]");

    private static final Pattern BREAKS = Pattern.compile("\\R|\\p{Cntrl}");
    /** What Mermaid takes in no name without quotes; it takes letters from À on, so not these two. */
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{IsLatin}\\p{IsDigit}_]|[ªº]");

    private final SchemaContent content;
    private final StringBuilder out = new StringBuilder();

    MarkdownPage(SchemaContent content) {
        this.content = content;
    }

    String text() {
        line("# " + escaped(content.title()));
        line("");
        line("Written by Rowan. Do not edit."
                + content.selection()
                        .map(selection -> " " + escaped(selection) + ".")
                        .orElse(""));
        line("");
        diagram();
        content.tables().forEach(this::table);
        return out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** Shows the columns of keys in the diagram, if it is then short enough; else the tables alone, or nothing. */
    private void diagram() {
        for (var showsColumns : List.of(true, false)) {
            var diagram = diagram(showsColumns);
            if (diagram.length() <= LONGEST_DIAGRAM) {
                line("```mermaid");
                out.append(diagram);
                line("```");
                line("");
                return;
            }
        }
    }

    private String diagram(boolean showsColumns) {
        var diagram = new StringBuilder("erDiagram\n");
        for (var table : content.tables()) {
            var columns = showsColumns ? mermaidColumns(table) : List.<String>of();
            diagram.append("  ").append(mermaidName(table.name()));
            diagram.append(columns.isEmpty() ? "\n" : columns.stream().collect(joining("", " {\n", "  }\n")));
        }
        for (var table : content.tables()) {
            for (var key : table.foreignKeys()) {
                diagram.append("  %s %s--%s %s : %s\n"
                        .formatted(
                                mermaidName(key.target()),
                                key.isOptional() ? "|o" : "||",
                                key.isUnique() ? "o|" : "o{",
                                mermaidName(table.name()),
                                mermaidName(String.join(", ", key.columns()))));
            }
        }
        return diagram.toString();
    }

    private static List<String> mermaidColumns(SchemaContent.Table table) {
        var columns = new ArrayList<String>();
        for (var column : table.columns()) {
            var keys = new ArrayList<String>();
            if (table.isPrimary(column)) {
                keys.add("PK");
            }
            if (table.isForeign(column)) {
                keys.add("FK");
            }
            if (!keys.isEmpty()) {
                columns.add("    %s %s %s\n"
                        .formatted(
                                mermaidWord(column.type().replaceFirst("(?s)[( ].*", "")),
                                mermaidWord(column.name()),
                                String.join(", ", keys)));
            }
        }
        return columns;
    }

    /** Returns a name in quotes, in which Mermaid takes all characters but these. */
    private static String mermaidName(String name) {
        var quotable = name.replace('"', '″').replace('%', '％').replace('\\', '＼');
        return '"' + BREAKS.matcher(quotable).replaceAll(" ") + '"';
    }

    /** Returns a name without quotes, where Mermaid takes none. */
    private static String mermaidWord(String name) {
        var word = NO_WORD.matcher(name).replaceAll("_");
        var isSafe = word.matches("[\\p{IsLatin}_].*") && !word.matches("(?i)pk|fk|uk");
        return isSafe ? word : "_" + word;
    }

    private void table(SchemaContent.Table table) {
        line("## " + escaped(table.name()) + (table.isView() ? " (view)" : ""));
        line("");
        if (!table.comment().isBlank()) {
            line(escaped(table.comment()));
            line("");
        }
        var classes = new ArrayList<>(List.of(table.repository(), table.recordClass()));
        table.keyClass().ifPresent(classes::add);
        line(classes.stream().map(MarkdownPage::code).collect(joining(", ")) + ", " + code(table.constant()));
        line("");
        line("| column | type | in Java | comment |");
        line("| --- | --- | --- | --- |");
        table.columns()
                .forEach(column -> row(
                        code(column.name()),
                        code(column.type())
                                + (column.nullable() && !table.isView() ? " null" : "")
                                + (column.value().isEmpty() ? "" : ", " + escaped(column.value())),
                        code(column.javaType()) + " " + code(column.getter() + "()"),
                        escaped(column.comment())));
        line("");
        var facts = new ArrayList<String>();
        table.keys()
                .forEach(key -> facts.add(
                        key.isPrimary()
                                ? "primary key " + names(key.columns())
                                : "unique key " + code(key.name()) + ": " + names(key.columns()) + ", "
                                        + code(key.finder() + "(…)")));
        table.foreignKeys()
                .forEach(key -> facts.add("foreign key " + code(key.name()) + ": " + names(key.columns())
                        + " → " + code(key.target()) + " " + names(key.targetColumns())
                        + (key.rules().isEmpty() ? "" : ", " + key.rules())));
        table.indexes()
                .forEach(index -> facts.add((index.isUnique() ? "unique index " : "index ") + code(index.name()) + ": "
                        + names(index.columns())));
        table.relations()
                .forEach(relation -> facts.add("relation " + code(relation.accessor()) + ": "
                        + code(relation.result()) + ", " + relation.kind() + " " + code(relation.target())
                        + ", through "
                        + code(relation.through())));
        table.changesets()
                .forEach(changeset -> facts.add("changeset " + code(changeset.id()) + " by "
                        + escaped(changeset.author()) + ", in " + code(changeset.file())));
        facts.forEach(fact -> line("- " + fact));
        line("");
    }

    /** Writes a row of a table, in whose cells a bar is escaped, in code too. */
    private void row(String... cells) {
        line(Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(joining(" | ", "| ", " |")));
    }

    private static String names(List<String> names) {
        return names.stream().map(MarkdownPage::code).collect(joining(", "));
    }

    /** Returns text that means itself, in one line. */
    private static String escaped(String text) {
        return MEANING.matcher(BREAKS.matcher(text).replaceAll(" ").strip()).replaceAll("\\\\$0");
    }

    /** Returns text as code, in one line, between more backticks than it has in a row. */
    private static String code(String text) {
        var line = BREAKS.matcher(text).replaceAll(" ");
        var fence = "`";
        while (line.contains(fence)) {
            fence += "`";
        }
        var space = line.contains("`") ? " " : "";
        return fence + space + line + space + fence;
    }
}
