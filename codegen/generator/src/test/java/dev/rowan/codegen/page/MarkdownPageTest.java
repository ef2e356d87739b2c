package dev.rowan.codegen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownPageTest {

    @Test
    void theDiagramHasTheEndsOfEachForeignKey() {
        var text = new MarkdownPage(SampleSchema.shop()).text();
        assertTrue(text.contains("  \"users\" |o--o{ \"users\" : \"boss_id\"\n"), text);
        assertTrue(text.contains("  \"users\" ||--o{ \"orders\" : \"user_id\"\n"), text);
        assertTrue(text.contains("    bigint user_id PK, FK\n"), text);
    }

    @Test
    void namesAndCommentsAreTextWhateverTheyContain() {
        var text = new MarkdownPage(SampleSchema.named(List.of("a|b`c", "# <b>*x*</b>\n```\n- \"q\" % \\"))).text();
        assertEquals(1, text.lines().filter(line -> line.startsWith("# ")).count(), text);
        assertEquals(2, text.lines().filter(line -> line.matches("`{3,}[^`]*")).count(), text); // else it is code
        assertTrue(text.contains("## \\# \\<b\\>\\*x\\*\\</b\\> \\`\\`\\` - \"q\" % \\\\\n"), text);
        assertTrue(text.contains("| `` a\\|b`c `` |"), text);
        assertTrue(text.contains("- unique index `` a|b`c ``: `` a|b`c ``\n"), text);
        assertTrue(text.contains("  \"# <b>*x*</b> ``` - ″q″ ％ ＼\" {\n"), text);
    }

    @Test
    void wordsOfMermaidAreNoNamesOfColumns() {
        var text = new MarkdownPage(SampleSchema.named(List.of("pk", "größe 1", "1st", "nº"))).text();
        for (var word : List.of("_pk _pk", "größe größe_1", "_1st _1st", "n_ n_")) {
            assertTrue(text.contains("    " + word + " PK, FK\n"), text);
        }
    }

    @Test
    void aCommentIsNoItemOfAList() {
        var text = new MarkdownPage(SampleSchema.named(List.of("- a", "12. b", "3) c"))).text();
        for (var comment : List.of("\n\\- a\n", "\n12\\. b\n", "\n3\\) c\n")) {
            assertTrue(text.contains(comment), text);
        }
    }

    @Test
    void aDiagramIsNoLongerThanMermaidShows() {
        var columns = diagram(220);
        assertTrue(columns.contains(" PK\n"));
        var tablesAlone = diagram(280);
        assertFalse(tablesAlone.isEmpty());
        assertFalse(tablesAlone.contains(" PK\n"));
        assertEquals("", diagram(600));
        assertTrue(columns.length() <= 50_000 && tablesAlone.length() <= 50_000);
    }

    private static String diagram(int tables) {
        var text = new MarkdownPage(SampleSchema.large(tables)).text();
        var start = text.indexOf("erDiagram");
        return start < 0 ? "" : text.substring(start, text.indexOf("```", start));
    }
}
