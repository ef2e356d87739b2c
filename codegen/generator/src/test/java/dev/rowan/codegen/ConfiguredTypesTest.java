package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.codegen.naming.CoreTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java types that are configured for columns, from a real schema to the sources. */
final class ConfiguredTypesTest {

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createDatabase() {
        generator = new GeneratorFixture(TestServers.configured(), output);
    }

    @Test
    void configuredTypesReplaceTheTypesOfTheirColumns() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, collar JSON, chip JSON, mood ENUM ('calm', 'wild'),"
                + " weight DECIMAL(6, 2))");

        generator
                .mapTypes(
                        "collar = com.example.Collar",
                        "chip = com.example.Chip by com.example.C",
                        "CATS\\.mood = com.example.Mood",
                        "weight = com.example.Weight by com.example.W")
                .generate("cats");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("new " + CoreTypes.JSON_CONVERTER + "<com.example.Collar>() {}"), cats);
        assertTrue(cats.contains("new " + CoreTypes.JSON_BINDING + "<>(new com.example.C())"), cats);
        assertTrue(
                cats.contains("new " + CoreTypes.ENUM_CONVERTER + "<cats.enums.CatsMood, com.example.Mood>"
                        + "(\"cats.mood\", cats.enums.CatsMood.class, com.example.Mood.class)"),
                cats);
        assertTrue(cats.contains("TableField<CatsRecord, Weight> WEIGHT"), cats);
    }

    @Test
    void aTypeThatMatchesNoColumnIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY)");

        assertRejected(
                "Line 1 of <types>, \"cats.colour = com.example.Colour\", matches no column."
                        + " Columns are matched as table.column, or by their name alone.",
                "cats.colour = com.example.Colour");
    }

    @Test
    void aColumnThatTwoTypesMatchIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, weight DECIMAL(6, 2), max_weight DECIMAL(6, 2))");

        assertRejected(
                "Line 2 of <types>, \"cats.weight = com.example.Mass by com.example.M\", matches cats.weight, and so does"
                        + " line 1, \".*weight = com.example.Weight by com.example.W\"."
                        + " Only one line may match cats.weight.",
                ".*weight = com.example.Weight by com.example.W",
                "cats.weight = com.example.Mass by com.example.M");
    }

    @Test
    void aTypeWithoutTheConverterThatItNeedsIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, weight DECIMAL(6, 2))");

        assertRejected(
                "Line 1 of <types>, \"cats.weight = com.example.Weight\", needs a converter, because cats.weight is of the type"
                        + " DECIMAL(6,2). Add one: cats.weight = com.example.Weight by com.example.MyConverter",
                "cats.weight = com.example.Weight");
    }

    @Test
    void aTypeOfASqlTypeHoldsForAllItsColumns() throws Exception {
        generator.execute("CREATE TABLE cats (id INT UNSIGNED PRIMARY KEY, age TINYINT UNSIGNED, weight DECIMAL(6, 2),"
                + " height DECIMAL(6, 3), legs INT UNSIGNED)");

        generator
                .mapTypes(
                        "type int unsigned = java.lang.Long",
                        "legs = java.lang.Integer",
                        "age = java.lang.Short",
                        "type decimal\\(6,2\\) = com.example.Weight by com.example.W")
                .generate("cats");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("TableField<CatsRecord, Long> ID"), cats);
        assertTrue(cats.contains("TableField<CatsRecord, Integer> LEGS"), cats);
        assertTrue(cats.contains("TableField<CatsRecord, Short> AGE"), cats);
        assertTrue(cats.contains("TableField<CatsRecord, Weight> WEIGHT"), cats);
        assertTrue(cats.contains("TableField<CatsRecord, BigDecimal> HEIGHT"), cats);
    }

    @Test
    void aSmallNumberCanBeABoolean() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, tame TINYINT)");

        generator.mapTypes("cats.tame = java.lang.Boolean").generate("cats");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("TableField<CatsRecord, Boolean> TAME"), cats);
        assertTrue(cats.contains("new BooleanBinding()"), cats);
    }

    @Test
    void anAddressOfMariaDbIsAString() throws Exception {
        assumeTrue(TestServers.configured().description().startsWith("MariaDB"), "a type of MariaDB");
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, home INET6)");

        generator.generate("cats");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("TableField<CatsRecord, String> HOME"), cats);
    }

    @Test
    void aVectorIsAnArrayOfNumbers() throws Exception {
        assumeTrue(!TestServers.configured().description().startsWith("MariaDB"), "a type of MySQL");
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, looks VECTOR(3) NOT NULL, sound VECTOR)");

        generator.generate("cats");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("TableField<CatsRecord, float[]> LOOKS"), cats);
        assertTrue(cats.contains("TableField<CatsRecord, float[]> SOUND"), cats);
        try (var files = Files.walk(output)) {
            assertEquals(
                    List.of(),
                    SourceCompiler.compile(files.filter(file -> file.toString().endsWith(".java"))
                            .toList()));
        }
    }

    @Test
    void aSqlTypeThatNoColumnHasIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY)");

        assertRejected(
                "Line 1 of <types>, \"type int usigned = java.lang.Long\", matches no column. A SQL type is written as in"
                        + " the database: type int unsigned, type decimal\\(12,2\\), type decimal.*",
                "type int usigned = java.lang.Long");
    }

    @Test
    void aColumnCanBeLeftOut() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, legacy INT, name VARCHAR(9))");

        generator.mapTypes("legacy = none").generate("cats");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("NAME"), cats);
        assertFalse(cats.contains("LEGACY"), cats);
    }

    @Test
    void aColumnOfAKeyCannotBeLeftOut() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, chip INT UNIQUE)");

        assertRejected(
                "Line 1 of <types>, \"chip = none\", leaves out cats.chip, which is part of a primary, unique or foreign"
                        + " key. Remove it from the line.",
                "chip = none");
    }

    @Test
    void aColumnThatInsertsMustSetCannotBeLeftOut() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(9) NOT NULL)");

        assertRejected(
                "Line 1 of <types>, \"name = none\", leaves out cats.name, which is NOT NULL without a default, so that no"
                        + " row could be inserted. Give it a default in a changeset, or remove it from the line.",
                "name = none");
    }

    @Test
    void aColumnThatIsLeftOutMustExist() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY)");

        assertRejected(
                "Line 1 of <types>, \"nam = none\", matches no column."
                        + " Columns are matched as table.column, or by their name alone.",
                "nam = none");
    }

    private void assertRejected(String message, String... types) {
        generator.mapTypes(types);

        var error = assertThrows(IllegalArgumentException.class, () -> generator.generate("cats"));

        assertEquals(message, error.getMessage());
    }
}
