package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which foreign keys the sources have. */
final class ForeignKeyTest {

    private static final Pattern KEY = Pattern.compile("ForeignKey<\\w+, \\w+> (\\w+) =");

    @TempDir
    private Path output;

    private DatabaseServer server;
    private GeneratorFixture generator;

    @BeforeEach
    void createDatabase() {
        server = TestServers.configured();
        generator = new GeneratorFixture(server, output);
    }

    @Test
    void aKeyToAnotherDatabaseIsNotOneToATableOfTheSameName() throws Exception {
        var other = new GeneratorFixture(server, output);
        other.execute("CREATE TABLE city (id INT PRIMARY KEY)");
        generator.execute(
                "CREATE TABLE city (id INT PRIMARY KEY)",
                "CREATE TABLE shop (id INT PRIMARY KEY, city_id INT, near_id INT,"
                        + " CONSTRAINT fk_other FOREIGN KEY (city_id) REFERENCES " + other.databaseName()
                        + ".city (id),"
                        + " CONSTRAINT fk_near FOREIGN KEY (near_id) REFERENCES city (id))");

        generator.generate("shop");

        assertEquals(List.of("FK_NEAR"), keys("shop"));
        assertFalse(read("shop/repositories/CityRepository.java").contains("FK_OTHER"));
    }

    @Test
    void aKeyToAPartOfAKeyHasNoRelation() throws Exception {
        var allow = server.description().startsWith("MariaDB")
                ? "DO 1"
                : "SET SESSION restrict_fk_on_non_standard_key = OFF";
        generator.execute(
                allow,
                "CREATE TABLE parent (a INT, b INT, PRIMARY KEY (a, b), INDEX (b))",
                "CREATE TABLE child (id INT PRIMARY KEY, a INT, b INT,"
                        + " CONSTRAINT fk_part FOREIGN KEY (a) REFERENCES parent (a),"
                        + " CONSTRAINT fk_index FOREIGN KEY (b) REFERENCES parent (b),"
                        + " CONSTRAINT fk_whole FOREIGN KEY (a, b) REFERENCES parent (a, b))");

        generator.generate("family");

        assertEquals(List.of("FK_WHOLE"), keys("family"));
    }

    @Test
    void theColumnsOfAKeyMayReferToAUniqueKeyInAnotherOrder() throws Exception {
        generator.execute(
                "CREATE TABLE parent (id INT PRIMARY KEY, a INT, b INT, UNIQUE uk (a, b), UNIQUE (b, a))",
                "CREATE TABLE child (id INT PRIMARY KEY, x INT, y INT,"
                        + " CONSTRAINT fk_parent FOREIGN KEY (x, y) REFERENCES parent (b, a))");

        generator.generate("family");

        var keys = read("family/Keys.java").replaceAll("\\s+", " ");
        assertTrue(
                keys.contains("{ Child.CHILD.X, Child.CHILD.Y }")
                        && keys.contains("{ Parent.PARENT.B, Parent.PARENT.A }, true, ForeignKeyRule"),
                keys);
    }

    private List<String> keys(String packageName) throws Exception {
        return KEY.matcher(read(packageName + "/Keys.java"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private String read(String source) throws Exception {
        return Files.readString(output.resolve(source));
    }
}
