package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database and its changelog, which is applied to another database of the same server. */
final class ComparisonTest {

    private static final String CHANGELOG = """
            --liquibase formatted sql
            --changeset ann:cats
            CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20));
            """;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private GeneratorFixture database;
    private GeneratorFixture reference;

    @BeforeEach
    void createDatabases() throws Exception {
        database = new GeneratorFixture(TestServers.configured(), folder);
        reference = new GeneratorFixture(TestServers.configured(), folder);
        Files.writeString(folder.resolve("log.sql"), CHANGELOG);
    }

    @Test
    void aDatabaseThatIsAsItsChangelogSaysHasNoDifference() throws Exception {
        database.execute("CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20))");
        Files.writeString(output(), "of an earlier run");

        assertEquals(0, compare(reference.database().server()));

        assertTrue(lines.getLast().contains("no difference"), lines::toString);
        assertFalse(Files.exists(output()));
    }

    @Test
    void eachDifferenceIsAWarningAndTheyAreAChangelog() throws Exception {
        database.execute("CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(40))");
        database.execute("CREATE TABLE dogs (id INT PRIMARY KEY)");

        assertEquals(2, compare(reference.database().server()));

        assertTrue(warnings.stream().anyMatch(line -> line.contains("cats: the column name is")), warnings::toString);
        assertTrue(warnings.contains("The table dogs is not in the changelog."), warnings::toString);
        var sql = Files.readString(output());
        assertTrue(sql.startsWith("--liquibase formatted sql\n"), sql);
        assertTrue(sql.contains("CREATE TABLE `dogs`"), sql);
        assertEquals(List.of("cats", "dogs"), database.tables());
    }

    @Test
    void onlyADatabaseThatIsNamedIsCompared() {
        var options = ServerOptions.of("embedded");
        var failure = assertThrows(
                IllegalArgumentException.class,
                () -> new ComparisonOptions(options, "auto", ChangelogSource.in(folder, "log.sql"), output()));
        assertTrue(String.valueOf(failure.getMessage()).contains("-Drowan.server=jdbc:mysql://"), failure::toString);
    }

    private int compare(String server) throws Exception {
        var options =
                new ComparisonOptions(database.database(), server, ChangelogSource.in(folder, "log.sql"), output());
        return new Comparison(options, lines::add, warnings::add).run();
    }

    private Path output() {
        return folder.resolve("diff.sql");
    }
}
