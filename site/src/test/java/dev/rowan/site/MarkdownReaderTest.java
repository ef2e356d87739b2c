package dev.rowan.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkdownReaderTest {

    private static final Path PAGE = Path.of("docs/page.md");

    @TempDir
    private Path root;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(root.resolve("docs/decisions"));
        Files.createDirectories(root.resolve("examples/shop"));
        Files.createDirectories(root.resolve("db/src"));
        Files.writeString(root.resolve("README.md"), """
                # Rowan

                | read on | about |
                | --- | --- |
                | [A page](docs/page.md) | |
                | **A group** | |
                | [Another](docs/other.md) | in [part one](docs/other/one.md) |
                """);
        Files.writeString(root.resolve("docs/other.md"), "# Other\n");
        Files.createDirectories(root.resolve("docs/other"));
        Files.writeString(root.resolve("docs/other/one.md"), "# Part one of the other\n");
        Files.writeString(root.resolve("docs/decisions/README.md"), "# Decisions\n");
        Files.writeString(root.resolve("docs/decisions/0001-one.md"), "# One\n");
        Files.writeString(root.resolve("examples/shop/README.md"), "# Shop\n");
        Files.writeString(root.resolve("examples/shop/pom.xml"), "");
    }

    @Test
    void anchorsAreThoseOfGitHub() throws IOException {
        var page = read(
                "# A page\n\n## Can the `old` release -- still run?\n\n## Rules\n\n### Rules\n\n## größe, 2.0 (new)\n");

        assertEquals(
                List.of("a-page", "can-the-old-release----still-run", "rules", "rules-1", "größe-20-new"),
                page.sections().stream().map(Page.Section::id).toList());
        assertTrue(page.body().contains("<h3 id=\"rules-1\">Rules <a class=\"anchor\" href=\"#rules-1\""));
    }

    @Test
    void linksLeadToWhereThePagesAre() throws IOException {
        var body = read("""
                # A page
                [a](other.md#rules) [b](../README.md) [c](decisions/README.md) [d](decisions/0001-one.md)
                [e](../examples/shop) [f](#here) [g](https://example.org/x.md)
                """).body();

        for (var link : List.of(
                "other.html#rules",
                "index.html",
                "decisions/index.html",
                "decisions/0001-one.html",
                "examples/shop/index.html",
                "#here",
                "https://example.org/x.md")) {
            assertTrue(body.contains("href=\"" + link + "\""), () -> link + " is not in " + body);
        }
    }

    @Test
    void aFileThatIsNoPageIsNamedByItsPath() throws IOException {
        var body = read("# A page\n\nSee [the `POM`](../examples/shop/pom.xml), [`db/src`](../db/src) ([x](../db)).\n")
                .body();

        assertTrue(
                body.contains(
                        "<p>See the <code>POM</code> (<code>examples/shop/pom.xml</code>), <code>db/src</code> (x: <code>db</code>).</p>"),
                body);
    }

    @Test
    void aLinkToAFileThatDoesNotExistIsAnError() {
        var failure = assertThrows(IllegalStateException.class, () -> read("# A page\n\n[x](gone.md)\n"));

        assertEquals(
                "docs/page.md has a link to docs/gone.md, which does not exist.",
                String.valueOf(failure.getMessage()).replace('\\', '/'));
    }

    @Test
    void aSectionHasWhatStandsUnderItsHeading() throws IOException {
        var page = read("""
                # A page
                Some `code` and [a link](other.md).

                ## Table
                | a | b |
                | - | - |
                | 1 | 2 |

                ```mermaid
                flowchart BT
                ```
                """);

        assertEquals("A page", page.title());
        assertEquals(
                List.of("Some code and a link.", "a b 1 2"),
                page.sections().stream().map(Page.Section::text).toList());
        assertTrue(page.body().contains("<pre class=\"diagram\">flowchart BT\n</pre>"), page.body());
        assertTrue(page.body().contains("<div class=\"table\"><table>"), page.body());
    }

    @Test
    void aLongNameInATableMayBeWrappedBetweenItsWords() throws IOException {
        var body =
                read("# A page\n\n`DataIntegrityViolationException`\n\n| `List<DataIntegrityViolation>` | `findById` |\n| - | - |\n")
                        .body();

        assertTrue(body.contains("<p><code>DataIntegrityViolationException</code></p>"), body);
        assertTrue(body.contains("<code>List&lt;Data<wbr>Integrity<wbr>Violation&gt;</code>"), body);
        assertTrue(body.contains("<code>findById</code>"), body);
    }

    @Test
    void textIsNeverHtml() throws IOException {
        var body = read("# A page\n\n<img src=x> & `<b>`\n\n<div>x</div>\n").body();

        assertTrue(body.contains("&lt;img src=x&gt; &amp; <code>&lt;b&gt;</code>"), body);
        assertTrue(body.contains("&lt;div&gt;"), body);
    }

    @Test
    void thePagesAreListedAsInTheReadme() throws IOException {
        Files.writeString(root.resolve(PAGE), "# A page\n");
        var files = SourceFiles.of(root);
        var reader = new MarkdownReader(files);
        var pages = new ArrayList<Page>();
        for (var file : files.addresses().keySet()) {
            pages.add(reader.read(file));
        }

        var contents = Contents.of(
                files, reader, List.of(new Contents.Entry("Overview", files.addressOf(SourceFiles.README))), pages);

        assertEquals(
                List.of("", "A group", "The project"),
                List.copyOf(contents.groups().keySet()));
        assertEquals(
                List.of("Overview", "A page", "Another", "part one", "Decisions", "One", "Shop"),
                contents.entries().stream().map(Contents.Entry::title).toList());
        assertEquals(
                List.of("part one"),
                contents.entries().stream()
                        .filter(Contents.Entry::isPart)
                        .map(Contents.Entry::title)
                        .toList());
        assertTrue(contents.isOfProject(Path.of("decisions/index.html")));
        assertFalse(contents.isOfProject(Path.of("other/one.html")));
    }

    @Test
    void theTutorialIsTheFirstPage() throws IOException {
        Files.writeString(root.resolve("docs/tutorial.md"), "# Tutorial\n");

        var files = SourceFiles.of(root);

        assertEquals(Path.of("index.html"), files.tutorial().orElseThrow());
        assertEquals(Path.of("overview.html"), files.addressOf(SourceFiles.README));
    }

    private Page read(String text) throws IOException {
        Files.writeString(root.resolve(PAGE), text);
        return new MarkdownReader(SourceFiles.of(root)).read(PAGE);
    }
}
