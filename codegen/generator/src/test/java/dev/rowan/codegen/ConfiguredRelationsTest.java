package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.codegen.config.OptionKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kind of relation a foreign key or a link table gives, and those that are configured. */
final class ConfiguredRelationsTest {

    private static final Pattern RELATION = Pattern.compile("public static final (\\w+)<\\w+, \\w+> (\\w+) = new");

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createTables() throws Exception {
        generator = new GeneratorFixture(TestServers.configured(), output);
        generator.execute(
                "CREATE TABLE cats (id INT PRIMARY KEY)",
                "CREATE TABLE toys (id INT PRIMARY KEY)",
                "CREATE TABLE chips (cat_id INT UNIQUE, CONSTRAINT fk_chip FOREIGN KEY (cat_id) REFERENCES cats (id))",
                "CREATE TABLE meals (cat_id INT, CONSTRAINT fk_meal FOREIGN KEY (cat_id) REFERENCES cats (id))",
                "CREATE TABLE cat_toys (cat_id INT, toy_id INT, since DATE NOT NULL, PRIMARY KEY (cat_id, toy_id),"
                        + " CONSTRAINT fk_cat FOREIGN KEY (cat_id) REFERENCES cats (id),"
                        + " CONSTRAINT fk_toy FOREIGN KEY (toy_id) REFERENCES toys (id))");
    }

    @Test
    void theInverseSideOfAUniqueKeyIsOneToOne() throws Exception {
        assertEquals(
                List.of("ToMany CAT_TOYS", "OneToOne CHIPS", "ToMany MEALS", "ReadManyToMany TOYS"), relationsOfCats());
    }

    @Test
    void linksThatNeedNoOtherColumnCanBeWritten() throws Exception {
        generator.execute("ALTER TABLE cat_toys MODIFY since DATE NOT NULL DEFAULT (CURRENT_DATE), ADD note TEXT,"
                + " ADD id INT NOT NULL AUTO_INCREMENT UNIQUE");

        assertEquals(
                List.of("ToMany CAT_TOYS", "OneToOne CHIPS", "ToMany MEALS", "ManyToMany TOYS"), relationsOfCats());
    }

    @Test
    void linksThatAreMarkedAsDeletedAreOnlyRead() throws Exception {
        generator.execute(
                "ALTER TABLE cat_toys MODIFY since DATE NOT NULL DEFAULT (CURRENT_DATE), ADD deleted_at DATETIME");
        assertEquals(
                List.of("ToMany CAT_TOYS", "OneToOne CHIPS", "ToMany MEALS", "ReadManyToMany TOYS"), relationsOfCats());

        generator.configure(OptionKeys.RELATIONS, "cat_toys = write");
        assertEquals(
                List.of("ToMany CAT_TOYS", "OneToOne CHIPS", "ToMany MEALS", "ManyToMany TOYS"), relationsOfCats());
    }

    @Test
    void aLineMakesLinksReadOnly() throws Exception {
        generator.execute("ALTER TABLE cat_toys MODIFY since DATE NOT NULL DEFAULT (CURRENT_DATE)");
        generator.configure(OptionKeys.RELATIONS, ".*_toys = read");

        assertEquals(
                List.of("ToMany CAT_TOYS", "OneToOne CHIPS", "ToMany MEALS", "ReadManyToMany TOYS"), relationsOfCats());
    }

    @Test
    void aLineAboutLinksThatCannotBeFollowedIsAnError() {
        assertRejected(
                "Line 1 of <relations>, \"cat_toys = write\", cannot be followed: an insert of a link must set more than"
                        + " its two foreign keys. Remove the line, or give the other columns a default.",
                "cat_toys = write");
        assertRejected(
                "Line 1 of <relations>, \"meals.fk_meal = read\", matches no link table: only links are read or written.",
                "meals.fk_meal = read");
    }

    @Test
    void aLineTakesARelationAway() throws Exception {
        generator.configure(OptionKeys.RELATIONS, "meals\\.fk_.* = none", "cat_toys = none");

        assertEquals(List.of("ToMany CAT_TOYS", "OneToOne CHIPS"), relationsOfCats());
        assertEquals(List.of(), relationsOf("Meals"));
    }

    @Test
    void aLineMakesTheInverseSideToMany() throws Exception {
        generator.configure(OptionKeys.RELATIONS, "chips.fk_chip = many");

        assertEquals(
                List.of("ToMany CAT_TOYS", "ToMany CHIPS", "ToMany MEALS", "ReadManyToMany TOYS"), relationsOfCats());
    }

    @Test
    void aLineThatSaysManyLeavesLinksAsTheyAre() throws Exception {
        generator.configure(OptionKeys.RELATIONS, "c.* = many");

        assertEquals(
                List.of("ToMany CAT_TOYS", "ToMany CHIPS", "ToMany MEALS", "ReadManyToMany TOYS"), relationsOfCats());
    }

    @Test
    void aLineThatMatchesNothingIsAnError() {
        assertRejected(
                "Line 1 of <relations>, \"meals.fk_meel = none\", matches no foreign key and no link table."
                        + " Foreign keys are matched as table.constraint, link tables by their name.",
                "meals.fk_meel = none");
    }

    @Test
    void aLineThatChangesNothingIsAnError() {
        assertRejected(
                "Line 1 of <relations>, \"meals.fk_meal = many\", changes nothing: only a unique foreign key has one row"
                        + " on its inverse side. Remove the line, or write none.",
                "meals.fk_meal = many");
    }

    private void assertRejected(String message, String... lines) {
        generator.configure(OptionKeys.RELATIONS, lines);

        var error = assertThrows(IllegalArgumentException.class, this::relationsOfCats);

        assertEquals(message, error.getMessage());
    }

    private List<String> relationsOfCats() throws Exception {
        generator.generate("pets");
        return relationsOf("Cats");
    }

    /** Returns the kinds and names of the relations in a repository, in alphabetical order of their names. */
    private List<String> relationsOf(String table) throws Exception {
        return RELATION.matcher(Files.readString(output.resolve("pets/repositories/" + table + "Repository.java")))
                .results()
                .sorted((one, other) -> one.group(2).compareTo(other.group(2)))
                .map(match -> match.group(1) + " " + match.group(2))
                .toList();
    }
}
