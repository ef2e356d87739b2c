package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The road from a server to sources. */
final class GenerationTest {

    private static final TestServers servers = new TestServers();

    private final ServerOptions database = servers.emptyDatabase(servers.get());

    @TempDir
    private Path output;

    @AfterAll
    static void closeServers() {
        servers.close();
    }

    @Test
    void aGivenDatabaseIsReadAndNotAltered() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY)");

        generate("no/such/changelog.yaml", "");

        assertTrue(Files.exists(output.resolve("cats/tables/Cats.java")));
        assertEquals(List.of("cats"), tables());
    }

    @Test
    void whatIsPendingInAGivenDatabaseIsSaidAndLeftAsItIs() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY)");
        List<String> lines = new ArrayList<>();

        generatePending(lines);

        assertTrue(
                lines.get(1).startsWith("pending   7 changesets of rowan/changelog/master.yaml not in this database;"),
                lines.toString());
        assertEquals(List.of("cats"), tables());
    }

    @Test
    void aGivenDatabaseWithoutTablesDoesNotRemoveTheSourcesWhileChangesetsArePending() throws Exception {
        Files.writeString(output.resolve("Users.java"), "");

        var error = assertThrows(Exception.class, () -> generatePending(new ArrayList<>()));

        assertTrue(
                String.valueOf(error.getMessage())
                        .endsWith(" has no tables yet, so that the sources stay as they are."
                                + " Apply the pending changesets, by -Drowan.migrate=true or with your own tools."),
                error.getMessage());
        assertTrue(Files.exists(output.resolve("Users.java")));
    }

    @Test
    void anEmptyDatabaseGivesNoSources() throws Exception {
        Files.writeString(output.resolve("Stale.java"), "");

        generate("", "");

        try (var files = Files.list(output)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void anExcludedTableGetsNoSources() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY)", "CREATE TABLE dogs (id INT PRIMARY KEY)");

        generate("", "dogs");

        assertTrue(Files.exists(output.resolve("cats/tables/Cats.java")));
        assertFalse(Files.exists(output.resolve("cats/tables/Dogs.java")));
    }

    @Test
    void aViewOfWhatIsGoneIsAClearError() throws Exception {
        execute(
                "CREATE TABLE cats (id INT PRIMARY KEY)",
                "CREATE VIEW kittens AS SELECT id FROM cats",
                "DROP TABLE cats");

        var error = assertThrows(Exception.class, () -> generate("", ""));

        assertEquals(
                "No column of kittens could be read. A view may refer to what is gone: mend it, drop it, or exclude it.",
                error.getMessage());
    }

    @Test
    void typesOfTheUsersOwnAreThoseOfTheirColumns() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY, collar JSON, chip JSON, mood ENUM ('calm', 'wild'),"
                + " weight DECIMAL(6, 2))");

        generateTypes(
                "collar = com.example.Collar",
                "chip = com.example.Chip by com.example.C",
                "CATS\\.mood = com.example.Mood",
                "weight = com.example.Weight by com.example.W");

        String cats = Files.readString(output.resolve("cats/tables/Cats.java"));
        assertTrue(cats.contains("new dev.rowan.type.JsonConverter<com.example.Collar>() {}"), cats);
        assertTrue(cats.contains("new dev.rowan.type.JsonBinding<>(new com.example.C())"), cats);
        assertTrue(
                cats.contains("new dev.rowan.type.EnumConverter<cats.enums.CatsMood, com.example.Mood>"
                        + "(\"cats.mood\", cats.enums.CatsMood.class, com.example.Mood.class)"),
                cats);
        assertTrue(cats.contains("TableField<CatsRecord, Weight> WEIGHT"), cats);
    }

    @Test
    void aTypeThatMatchesNoColumnIsAClearError() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY)");

        var error = assertThrows(Exception.class, () -> generateTypes("cats.colour = com.example.Colour"));

        assertEquals(
                "<type>cats.colour = com.example.Colour</type> matches no column."
                        + " Columns are matched as table.column, or by their name alone.",
                error.getMessage());
    }

    @Test
    void aColumnThatTwoTypesMatchIsAClearError() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY, weight DECIMAL(6, 2), max_weight DECIMAL(6, 2))");

        var error = assertThrows(
                Exception.class,
                () -> generateTypes(
                        ".*weight = com.example.Weight by com.example.W",
                        "cats.weight = com.example.Mass by com.example.M"));

        assertEquals(
                "<type>.*weight = com.example.Weight by com.example.W</type> matches cats.weight, and so does"
                        + " <type>cats.weight = com.example.Mass by com.example.M</type>. Let one line match each column.",
                error.getMessage());
    }

    @Test
    void aTypeThatNeedsAConverterSaysSo() throws Exception {
        execute("CREATE TABLE cats (id INT PRIMARY KEY, weight DECIMAL(6, 2))");

        var error = assertThrows(Exception.class, () -> generateTypes("cats.weight = com.example.Weight"));

        assertEquals(
                "<type>cats.weight = com.example.Weight</type> needs a converter, as cats.weight is of the type DECIMAL."
                        + " Name one: cats.weight = com.example.Weight by com.example.MyConverter",
                error.getMessage());
    }

    @Test
    void aMigrationIsToldLineByLine() throws Exception {
        List<String> lines = servers.generate(servers.get(), "rowan/changelog/master.yaml", "shop", output);

        assertEquals(3, lines.size());
        assertTrue(lines.get(0).matches("server    M\\S+ \\d+\\.\\d+.*, \\d+\\.\\d s"), lines.get(0));
        assertTrue(
                lines.get(1).matches("applied   \\d+ changesets of rowan/changelog/master.yaml, \\d+\\.\\d s"),
                lines.get(1));
        assertTrue(
                lines.get(2).matches("written   (\\d+) sources \\(\\1 changed, 0 removed\\) to .*, \\d+\\.\\d s"),
                lines.get(2));
    }

    private void generate(String changelog, String excludes) throws Exception {
        var options = new GeneratorOptions(database, false, changelog, "cats", output, ".*", excludes, List.of());
        new Generation(options, line -> {}).run();
    }

    private void generatePending(List<String> lines) throws Exception {
        var options = new GeneratorOptions(
                database, false, "rowan/changelog/master.yaml", "cats", output, ".*", "", List.of());
        new Generation(options, lines::add).run();
    }

    private void generateTypes(String... lines) throws Exception {
        var types = Stream.of(lines).map(UserType::of).toList();
        new Generation(new GeneratorOptions(database, false, "", "cats", output, ".*", "", types), line -> {}).run();
    }

    private void execute(String... statements) throws SQLException {
        try (var server = DatabaseServer.start(database);
                var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (var server = DatabaseServer.start(database);
                var connection = server.dataSource().getConnection();
                var result = connection.createStatement().executeQuery("SHOW TABLES")) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
        }
        return tables;
    }
}
