package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.OptionKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which keys the sources have, and those that are configured. */
final class ConfiguredKeysTest {

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createDatabase() {
        generator = new GeneratorFixture(TestServers.configured(), output);
    }

    @Test
    void aKeyOfAViewGivesItAFinder() throws Exception {
        generator.execute(
                "CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(9))",
                "CREATE VIEW tame AS SELECT id, name FROM cats",
                "CREATE VIEW wild AS SELECT id, name FROM cats");

        generator.configure(OptionKeys.KEYS, "tame = ID").generate("cats");

        String tame = read("repositories/TameRepository");
        assertTrue(tame.contains("extends ReadRepository<TameRecord>"), tame);
        assertTrue(tame.contains("Optional<TameRecord> findById(Integer id)"), tame);
        assertFalse(read("repositories/WildRepository").contains("findById"));
    }

    @Test
    void aUniqueKeyBecomesThePrimaryKeyOfATableWithoutOne() throws Exception {
        generator.execute("CREATE TABLE cats (chip INT NOT NULL, name VARCHAR(9), UNIQUE uk_chip (chip))");

        generator.configure(OptionKeys.KEYS, "cats = chip").generate("cats");

        String cats = read("repositories/CatsRepository");
        assertTrue(cats.contains("extends Repository<CatsRecord, Integer>"), cats);
        assertTrue(cats.contains("Cats.CATS.CHIP"), cats);
    }

    @Test
    void aTableWithoutSuchAUniqueKeyIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (chip INT UNIQUE, name VARCHAR(9))");

        assertRejected(
                "Line 1 of <keys>, \"cats = chip\", is about the table cats, which has no unique key of these columns, or"
                        + " they may be NULL: a write could change several rows. Add the key in a changeset.",
                "cats = chip");
    }

    @Test
    void aTableWithAPrimaryKeyIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY, chip INT NOT NULL UNIQUE)");

        assertRejected(
                "Line 1 of <keys>, \"cats = chip\", is about cats, which has a primary key. Remove the line.",
                "cats = chip");
    }

    @Test
    void aLineThatMatchesNothingIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY)");

        assertRejected(
                "Line 1 of <keys>, \"tame = id\", matches no view or table. Write the name as in the database.",
                "tame = id");
    }

    @Test
    void aColumnThatDoesNotExistIsAnError() throws Exception {
        generator.execute("CREATE TABLE cats (id INT PRIMARY KEY)", "CREATE VIEW tame AS SELECT id FROM cats");

        assertRejected(
                "Line 1 of <keys>, \"tame = idd\", names idd, which is no column of tame."
                        + " Write its name as in the database.",
                "tame = idd");
    }

    @Test
    void aUniqueKeyOfThePrimaryKeysColumnsIsLeftOut() throws Exception {
        generator.execute(
                "CREATE TABLE cats (id SERIAL PRIMARY KEY, a INT, b INT, UNIQUE uk_id (id), UNIQUE uk_ab (a, b))");

        generator.generate("cats");

        String cats = read("repositories/CatsRepository");
        assertTrue(cats.contains("findByAAndB"), cats);
        assertFalse(cats.contains("findById"), cats);
        assertFalse(read("Keys").contains("UK_ID"));
    }

    private void assertRejected(String message, String... lines) {
        generator.configure(OptionKeys.KEYS, lines);

        var error = assertThrows(IllegalArgumentException.class, () -> generator.generate("cats"));

        assertEquals(message, error.getMessage());
    }

    private String read(String className) throws Exception {
        return Files.readString(output.resolve("cats/" + className + ".java"));
    }
}
