package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a database without a changelog to the same classes with one. */
final class AdoptionTest {

    private static final String CATS = "CREATE TABLE cats (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) UNIQUE)";

    @TempDir
    private Path resources;

    @TempDir
    private Path liveSources;

    @TempDir
    private Path sources;

    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private GeneratorFixture live;

    @BeforeEach
    void createDatabase() {
        live = new GeneratorFixture(TestServers.configured(), liveSources);
    }

    @ParameterizedTest
    @CsvSource({
        "src/test/resources, golden/schema.sql",
        "../../core/src/test/resources, types/master.yaml",
        "src/test/resources, rowan/changelog/master.yaml"
    })
    void theFirstChangelogYieldsTheClassesOfTheLiveSchema(Path directory, String changelog) throws Exception {
        live.changelog(directory, changelog).migrate().generate("same");
        live.execute("DROP TABLE DATABASECHANGELOG, DATABASECHANGELOGLOCK");

        adopt("db/first.sql", true);

        assertSameClasses("db/first.sql");
    }

    @Test
    void cyclesViewsOnViewsTriggersAndRoutinesYieldTheClassesOfTheLiveSchema() throws Exception {
        live.execute(
                CATS,
                "CREATE TABLE owners (id INT PRIMARY KEY, cat_id INT, born DATE DEFAULT '2000-01-01' COMMENT 'It''s -- ${x}',"
                        + " CONSTRAINT fk_owners_cat FOREIGN KEY (cat_id) REFERENCES cats (id) ON DELETE SET NULL)",
                "ALTER TABLE cats ADD owner_id INT, ADD CONSTRAINT fk_cats_owner FOREIGN KEY (owner_id) REFERENCES owners (id)",
                "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2",
                "CREATE VIEW pairs AS SELECT cats.id, owners.born, twice(cats.id) AS again FROM cats JOIN owners"
                        + " ON cats.owner_id = owners.id",
                "CREATE VIEW all_pairs AS SELECT id, born, again FROM pairs",
                "CREATE TRIGGER names BEFORE INSERT ON cats FOR EACH ROW BEGIN SET NEW.name = TRIM(NEW.name); END");
        live.generate("same");

        adopt("db/master.yaml", true);

        assertSameClasses("db/master.yaml");
        assertTrue(Files.readString(resources.resolve("db/master.yaml")).contains("adopted.sql"));
    }

    @Test
    void theLiveDatabaseHasNothingPendingAfterwards() throws Exception {
        live.execute(CATS);

        adopt("db/first.sql", true);

        assertTrue(lines.get(1).startsWith("read      1 changeset for the schema of this database"), lines.toString());
        assertTrue(lines.get(2).startsWith("marked    1 changeset as applied to this database"), lines.toString());
        assertTrue(lines.get(3).endsWith("first.sql"), lines.toString());
        assertFalse(live.changelog(resources, "db/first.sql")
                .generate("cats")
                .toString()
                .contains("pending"));
        assertTrue(live.tables().contains("DATABASECHANGELOG"));
    }

    @Test
    void aDryRunLeavesTheDatabaseAsItIs() throws Exception {
        live.execute(CATS);

        adopt("db/first.sql", false);

        assertTrue(Files.readString(resources.resolve("db/first.sql")).contains("CREATE TABLE `cats`"));
        assertEquals(List.of("cats"), live.tables());
    }

    @Test
    void aFileInTheWayIsNeverReplaced() throws Exception {
        live.execute(CATS);
        Files.writeString(resources.resolve("first.sql"), "mine");

        var error = assertThrows(IllegalArgumentException.class, () -> adopt("first.sql", true));

        assertTrue(String.valueOf(error.getMessage()).contains("already, which is never replaced"), error.getMessage());
        assertEquals("mine", Files.readString(resources.resolve("first.sql")));
        assertEquals(List.of("cats"), live.tables());
    }

    @Test
    void aChangelogThatCannotBeMarkedIsNotLeftBehind() throws Exception {
        // Liquibase cannot make its table
        live.execute(CATS, "CREATE VIEW DATABASECHANGELOGLOCK AS SELECT id FROM cats");

        assertThrows(RuntimeException.class, () -> adopt("db/first.sql", true));

        assertFalse(Files.exists(resources.resolve("db/first.sql")));
    }

    @Test
    void whatIsLeftOutIsAWarning() throws Exception {
        live.execute(
                CATS, "CREATE VIEW kittens AS SELECT id FROM cats", "DROP TABLE cats", "CREATE TABLE dogs (id INT)");

        adopt("first.sql", true);

        assertEquals(List.of("Left out is the view kittens, because what it reads no longer exists."), warnings);
    }

    @Test
    void onlyADatabaseThatIsNamedIsAdopted() {
        var error = assertThrows(IllegalArgumentException.class, () -> options("auto", "first.sql", true));

        assertTrue(String.valueOf(error.getMessage()).startsWith("To adopt a database, name it: -Drowan.server=jdbc:"));
    }

    private void adopt(String changelog, boolean mark) throws IOException {
        new Adoption(options(live.database().server(), changelog, mark), lines::add, warnings::add).run();
    }

    private AdoptionOptions options(String server, String changelog, boolean mark) {
        var properties = new Properties();
        properties.setProperty(OptionKeys.SERVER, server);
        properties.setProperty(OptionKeys.USER, live.database().user());
        properties.setProperty(
                OptionKeys.PASSWORD, String.valueOf(live.database().password()));
        properties.setProperty(OptionKeys.RESOURCES, resources.toString());
        properties.setProperty(OptionKeys.CHANGELOG, changelog);
        properties.setProperty(OptionKeys.DRY_RUN, String.valueOf(!mark));
        return AdoptionOptions.of(properties, coordinates -> {
            throw new IOException("not needed");
        });
    }

    private void assertSameClasses(String changelog) throws Exception {
        assertEquals(List.of(), warnings);
        new GeneratorFixture(TestServers.configured(), sources)
                .changelog(resources, changelog)
                .migrate()
                .generate("same");

        var expected = files(liveSources);
        var actual = files(sources);
        assertFalse(expected.isEmpty());
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, text) -> assertEquals(text, actual.get(name), name));
    }

    private static SortedMap<String, String> files(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}
