package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.codegen.naming.RowanNamingStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run, from a server to sources. */
final class GenerationTest {

    private static final String SHOP = "rowan/changelog/master.yaml";
    private static final String CATS = "CREATE TABLE cats (id INT PRIMARY KEY)";

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createDatabase() {
        generator = new GeneratorFixture(TestServers.configured(), output);
    }

    @Test
    void aGivenDatabaseIsReadAndNotAltered() throws Exception {
        generator.execute(CATS);

        generator.changelog("no/such/changelog.yaml").generate("cats");

        assertTrue(Files.exists(output.resolve("cats/tables/Cats.java")));
        assertEquals(List.of("cats"), generator.tables());
    }

    @Test
    void pendingChangesetsOfAGivenDatabaseAreReportedAndNotApplied() throws Exception {
        generator.execute(CATS);

        List<String> lines = generator.changelog(SHOP).generate("cats");

        assertTrue(
                lines.get(1)
                        .startsWith("pending   7 changesets of " + SHOP
                                + " not applied to this database; -Drowan.migrate=true applies them"),
                lines.toString());
        assertEquals(List.of("cats"), generator.tables());
    }

    @Test
    void aGivenDatabaseWithoutTablesDoesNotRemoveTheSourcesWhileChangesetsArePending() throws Exception {
        Files.writeString(output.resolve("Users.java"), "");

        var error = assertThrows(
                IllegalArgumentException.class, () -> generator.changelog(SHOP).generate("cats"));

        assertTrue(
                String.valueOf(error.getMessage())
                        .endsWith(" has no tables yet, so the sources were left unchanged."
                                + " Apply the pending changesets with -Drowan.migrate=true or with your own tools."),
                error.getMessage());
        assertTrue(Files.exists(output.resolve("Users.java")));
    }

    @Test
    void anEmptyDatabaseYieldsNoSources() throws Exception {
        Files.writeString(output.resolve("Stale.java"), "// " + RowanNamingStrategy.FILE_HEADER);

        generator.generate("cats");

        try (var files = Files.list(output)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void anExcludedTableYieldsNoSources() throws Exception {
        generator.execute(CATS, "CREATE TABLE dogs (id INT PRIMARY KEY)");

        generator.exclude("dogs").generate("cats");

        assertTrue(Files.exists(output.resolve("cats/tables/Cats.java")));
        assertFalse(Files.exists(output.resolve("cats/tables/Dogs.java")));
    }

    @Test
    void aViewOfADroppedTableIsAnErrorWithAHint() throws Exception {
        generator.execute(CATS, "CREATE VIEW kittens AS SELECT id FROM cats", "DROP TABLE cats");

        var error = assertThrows(IllegalArgumentException.class, () -> generator.generate("cats"));

        assertTrue(
                String.valueOf(error.getMessage())
                        .matches(
                                "No column of kittens can be read with the settings that a service's session has: View"
                                        + " '.*kittens' references invalid table.* \\(1356\\)\\. Fix it, drop it, or exclude it\\."),
                error.getMessage());
    }

    @Test
    void aViewThatTheServerCannotRunIsAnErrorWithItsReason() throws Exception {
        assumeTrue(generator.version().contains("MariaDB"), "MySQL knows the columns of each view");
        generator.execute(
                "CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(9))",
                "SET SESSION sql_mode = ''",
                "CREATE VIEW cats_by_name AS SELECT id, name FROM cats GROUP BY name");

        var error = assertThrows(IllegalArgumentException.class, () -> generator.generate("cats"));

        assertTrue(String.valueOf(error.getMessage()).contains("isn't in GROUP BY (1055). Fix it"), error.getMessage());
    }

    @Test
    void aTableWithoutAnyColumnLeftIsAnErrorWithAHint() throws Exception {
        generator.execute("CREATE TABLE cats (id INT, name VARCHAR(9))");

        var error = assertThrows(
                IllegalArgumentException.class,
                () -> generator.mapTypes("cats.* = none").generate("cats"));

        assertEquals("All columns of cats are left out. Exclude it instead.", error.getMessage());
    }

    @Test
    void jsonColumnsOfOwnTypesWithoutJacksonAreAWarning() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, collar JSON, name JSON)");

        generator.generate("cats");
        assertEquals(List.of(), generator.warnings());

        generator.mapTypes("collar = com.example.Collar").generate("cats");
        assertEquals(1, generator.warnings().size(), generator.warnings()::toString);
        assertTrue(
                generator.warnings().get(0).contains("Add tools.jackson.core:jackson-databind"),
                generator.warnings()::toString);
    }

    @Test
    void jsonColumnsOfOwnTypesWithJacksonAreNoWarning(@TempDir Path dependency) throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, collar JSON)");
        Path jackson = Files.createDirectories(dependency.resolve("tools/jackson/databind"));
        Files.createFile(jackson.resolve("ObjectMapper.class"));

        generator
                .changelog(dependency, "")
                .mapTypes("collar = com.example.Collar")
                .generate("cats");

        assertEquals(List.of(), generator.warnings());
    }

    @Test
    void indexesOfOneNameComeInTheOrderOfTheirTables() throws Exception {
        generator.execute(
                "CREATE TABLE ac (id INT PRIMARY KEY, b INT, KEY ix (b))",
                "CREATE TABLE a_b (id INT PRIMARY KEY, b INT, KEY ix (b))");

        generator.generate("cats");

        String indexes = Files.readString(output.resolve("cats/Indexes.java"));
        assertTrue(indexes.indexOf(" A_B_IX = ") < indexes.indexOf(" AC_IX = "), indexes);
    }

    @Test
    void eachStepOfAMigrationIsReportedInOneLine() throws Exception {
        List<String> lines = generator.changelog(SHOP).migrate().generate("shop");

        assertEquals(3, lines.size());
        assertTrue(lines.get(0).matches("server    M\\S+ \\d+\\.\\d+.*, \\d+\\.\\d s"), lines.get(0));
        assertTrue(lines.get(1).matches("applied   \\d+ changesets of " + SHOP + ", \\d+\\.\\d s"), lines.get(1));
        assertTrue(
                lines.get(2).matches("written   (\\d+) sources \\(\\1 changed, 0 removed\\) to .*, \\d+\\.\\d s"),
                lines.get(2));
    }
}
