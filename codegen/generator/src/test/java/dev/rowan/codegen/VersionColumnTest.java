package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.codegen.config.OptionKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which column is the version of a table's rows. */
final class VersionColumnTest {

    private static final Pattern VERSION = Pattern.compile("getRecordVersion\\(\\) \\{\\s+return (?:\\w+\\.)*(\\w+);");

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createDatabase() {
        generator = new GeneratorFixture(TestServers.configured(), output);
    }

    @Test
    void anIntegerNamedVersionWithADefaultIsTheVersion() throws Exception {
        assertEquals("VERSION", versionOf("version INT NOT NULL DEFAULT 0"));
    }

    @Test
    void aColumnThatMayBeNullNeedsNoDefault() throws Exception {
        assertEquals("VERSION", versionOf("version BIGINT UNSIGNED"));
    }

    @Test
    void aColumnOfAPrimaryKeyIsNoVersion() throws Exception {
        generator.execute("CREATE TABLE cats (id INT, version INT, name VARCHAR(9), PRIMARY KEY (id, version))");

        assertEquals("", generatedVersion());
    }

    @Test
    void aColumnOfAUniqueKeyIsNoVersion() throws Exception {
        assertEquals("", versionOf("name INT, version INT NOT NULL DEFAULT 0, UNIQUE (name, version)"));
    }

    @Test
    void aColumnOfAForeignKeyIsNoVersion() throws Exception {
        generator.execute("CREATE TABLE releases (id INT PRIMARY KEY)");

        assertEquals("", versionOf("version INT, FOREIGN KEY (version) REFERENCES releases (id)"));
    }

    @Test
    void aBooleanIsNoVersion() throws Exception {
        assertEquals("", versionOf("version TINYINT(1) NOT NULL DEFAULT 0"));
    }

    @Test
    void aColumnThatInsertsMustSetIsNoVersion() throws Exception {
        assertEquals("", versionOf("version INT NOT NULL"));
    }

    @Test
    void aColumnWithAComputedDefaultIsNoVersion() throws Exception {
        assertEquals("", versionOf("version INT NOT NULL DEFAULT (1 + 1)"));
    }

    @Test
    void aColumnWithATypeOfItsOwnIsNoVersion() throws Exception {
        generator.mapTypes("cats.version = com.example.Version by com.example.VersionConverter");

        assertEquals("", versionOf("version INT NOT NULL DEFAULT 0"));
    }

    @Test
    void aLineNamesTheVersionOfATable() throws Exception {
        generator.configure(OptionKeys.VERSION, "CATS = Revision");

        assertEquals("REVISION", versionOf("version INT NOT NULL DEFAULT 0, revision INT NOT NULL DEFAULT 0"));
    }

    @Test
    void aLineSaysThatATableHasNone() throws Exception {
        generator.configure(OptionKeys.VERSION, "cats = none");

        assertEquals("", versionOf("version INT NOT NULL DEFAULT 0"));
    }

    @Test
    void aTableWithoutTheColumnOfAPatternKeepsTheDefault() throws Exception {
        generator.execute("CREATE TABLE dogs (id INT PRIMARY KEY, revision INT)");
        generator.configure(OptionKeys.VERSION, ".* = revision");

        assertEquals("VERSION", versionOf("version INT NOT NULL DEFAULT 0"));
    }

    @Test
    void aLineThatMatchesNoTableIsAnError() throws Exception {
        assertRejected(
                "Line 1 of <version>, \"cast = revision\", matches no table with a primary key."
                        + " Write the name as in the database.",
                "revision INT",
                "cast = revision");
    }

    @Test
    void aLineThatNamesNoColumnIsAnError() throws Exception {
        assertRejected(
                "Line 1 of <version>, \"cats = revison\", names no column of cats."
                        + " Write its name as in the database, or none.",
                "revision INT",
                "cats = revison");
    }

    @Test
    void aLineThatNamesAColumnThatCannotBeAVersionIsAnError() throws Exception {
        assertRejected(
                "Line 1 of <version>, \"cats = revision\", names a column that cannot be a version: cats.revision is NOT"
                        + " NULL and has no constant default, as inserts need it. Declare it NOT NULL DEFAULT 0.",
                "revision INT NOT NULL",
                "cats = revision");
    }

    @Test
    void aTableThatTwoLinesMatchIsAnError() throws Exception {
        assertRejected(
                "Line 2 of <version>, \"cats = none\", matches cats, and so does line 1, \"c.* = revision\"."
                        + " Only one line may match cats.",
                "revision INT",
                "c.* = revision",
                "cats = none");
    }

    private void assertRejected(String message, String columns, String... lines) {
        generator.configure(OptionKeys.VERSION, lines);

        var error = assertThrows(IllegalArgumentException.class, () -> versionOf(columns));

        assertEquals(message, error.getMessage());
    }

    private String versionOf(String columns) throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, " + columns + ")");
        return generatedVersion();
    }

    /** Returns the constant of the version column of {@code cats}; empty if there is none. */
    private String generatedVersion() throws Exception {
        generator.generate("cats");
        return VERSION.matcher(Files.readString(output.resolve("cats/tables/Cats.java")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.joining());
    }
}
