package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseGoalTest {

    private static final String CHANGELOG = """
            --liquibase formatted sql
            --changeset ann:cats
            CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20));
            CREATE TABLE dogs (id INT PRIMARY KEY);
            """;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void theFileOfTheReleaseIsBesideItsChangelogAndComparedByTheCheck() throws Exception {
        var file = changelog();
        var database = new GeneratorFixture(TestServers.configured(), folder).database();
        new ReleaseGoal(options(database, new Properties()), lines::add).run();

        assertTrue(lines.stream().anyMatch(line -> line.contains("db/log.release: commit it")), lines::toString);
        assertTrue(Files.readString(folder.resolve("db/log.release")).contains("\ntable cats\n"));
        var errors = errorsAfterTheDrop(file, database);
        assertEquals(2, errors.size(), errors::toString);
        assertTrue(errors.getFirst().contains("ann:drop in db/log.sql breaks the last release"), errors::toString);
    }

    @Test
    void whatTheClassesDoWithoutIsNotInTheFileAndCanBeDropped() throws Exception {
        var file = changelog();
        var database = new GeneratorFixture(TestServers.configured(), folder).database();
        var rules = new Properties();
        rules.setProperty(OptionKeys.TYPES, "cats.name = none");
        rules.setProperty(OptionKeys.EXCLUDES, "dogs");
        new ReleaseGoal(options(database, rules), lines::add).run();

        var release = Files.readString(folder.resolve("db/log.release"));
        assertTrue(release.contains("\ntable cats\n  column id int\n  unique"), release);
        assertFalse(release.contains("dogs"), release);
        assertEquals(List.of(), errorsAfterTheDrop(file, database));
    }

    private Path changelog() throws IOException {
        var file = Files.createDirectory(folder.resolve("db")).resolve("log.sql");
        Files.writeString(file, CHANGELOG);
        return file;
    }

    private ReleaseOptions options(ServerOptions database, Properties rules) {
        var options = new Properties();
        options.putAll(rules);
        options.setProperty(OptionKeys.SERVER, "auto");
        options.setProperty(OptionKeys.CHANGELOG, "none");
        options.setProperty(OptionKeys.RESOURCES, folder.toString());
        var read = ReleaseOptions.of(options, coordinates -> folder);
        return new ReleaseOptions(
                database, ChangelogSource.in(folder, "db/log.sql"), folder, read.tables(), read.columns());
    }

    private List<String> errorsAfterTheDrop(Path file, ServerOptions database) throws IOException {
        Files.writeString(
                file, CHANGELOG + "--changeset ann:drop\nALTER TABLE cats DROP COLUMN name;\nDROP TABLE dogs;\n");
        var changelog = ChangelogSource.in(folder, "db/log.sql");
        return new CheckGoal(new CheckOptions(database, "", changelog, false), lines::add, lines::add).run();
    }
}
