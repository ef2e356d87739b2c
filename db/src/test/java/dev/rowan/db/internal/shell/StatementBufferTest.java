package dev.rowan.db.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementBufferTest {

    private final StatementBuffer buffer = new StatementBuffer();

    @Test
    void aStatementMayHaveSeveralLinesAndALineSeveralStatements() {
        assertEquals(List.of(), buffer.add("select 1,"));
        assertFalse(buffer.isEmpty());
        assertEquals(List.of("select 1,\n2", "select 3"), buffer.add("2; select 3; "));
        assertTrue(buffer.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s; \\'; '",
                "select \";\"",
                "select `;` from t",
                "select 1 /* ; */",
                "select 1 -- ;\n",
                "select 1 # ;\n",
                "select 5--1",
                "select /*! 1 ; */ 2",
            })
    void aSemicolonWithinALiteralANameOrACommentEndsNothing(String statement) {
        assertFalse(buffer.isCompleteWith(statement));
        assertEquals(List.of(statement.strip()), buffer.add(statement + ";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ";", " ; ; ", "-- nothing", "/* nothing */;", "# nothing"})
    void whatTheServerWouldFindNothingInIsNoStatement(String text) {
        assertTrue(buffer.isCompleteWith(text));
        assertEquals(List.of(), buffer.add(text));
        assertEquals(List.of(), buffer.rest());
    }

    @Test
    void aStatementMayHaveManyLinesAndALineManyStatements() {
        var many = 40_000;
        var lines = "insert into t values\n" + "('it''s; here'),\n".repeat(many) + "('z')";
        for (var line : (lines + ";").split("\n", -1)) {
            var ended = buffer.add(line);
            assertEquals(line.endsWith("'z');") ? List.of(lines) : List.of(), ended);
        }
        assertEquals(many, buffer.add("select ';', 1 /* ; */;".repeat(many)).size());
        assertTrue(buffer.isEmpty());
    }

    @Test
    void aLiteralGoesOnInTheNextLine() {
        assertEquals(List.of("a"), buffer.add("a; select 'b;"));
        assertEquals(List.of(), buffer.add("c; /* d"));
        assertEquals(List.of("select 'b;\nc; /* d\n;'", "e /*\n;*/", "f"), buffer.add(";'; e /*\n;*/; f;"));
        assertTrue(buffer.isEmpty());
    }

    @Test
    void theDelimiterMayBeWhatBeginsAComment() {
        assertEquals(List.of("begin a; b; end", "c"), buffer.add("delimiter #\nbegin a; b; end#c#\n"));
        assertTrue(buffer.isEmpty());
    }

    @Test
    void theLastStatementNeedsNoSemicolon() {
        buffer.add("select 1");

        assertEquals(List.of("select 1"), buffer.rest());
        assertTrue(buffer.isEmpty());
    }

    @Test
    void anotherDelimiterLetsAStatementHaveSemicolons() {
        assertEquals(List.of("begin a; b; end"), buffer.add("delimiter //\nbegin a; b; end//"));
        assertEquals(List.of(), buffer.add("DELIMITER ;"));
        assertEquals(List.of("select 1"), buffer.add("select 1;"));
    }
}
