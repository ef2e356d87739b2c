package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseGoalTest {

    private static final String CHANGELOG = """
            --liquibase formatted sql
            --changeset ann:cats
            CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20));
            """;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void theFileOfTheReleaseIsBesideItsChangelogAndComparedByTheCheck() throws Exception {
        var database = new GeneratorFixture(TestServers.configured(), folder).database();
        var changelog = ChangelogSource.in(folder, "db/log.sql");
        var file = Files.createDirectory(folder.resolve("db")).resolve("log.sql");
        Files.writeString(file, CHANGELOG);

        new ReleaseGoal(new ReleaseOptions(database, changelog, folder), lines::add).run();
        Files.writeString(file, CHANGELOG + "--changeset ann:drop\nALTER TABLE cats DROP COLUMN name;\n");
        var errors = new CheckGoal(new CheckOptions(database, "", changelog, false), lines::add, lines::add).run();

        assertTrue(lines.stream().anyMatch(line -> line.contains("db/log.release: commit it")), lines::toString);
        assertTrue(Files.readString(folder.resolve("db/log.release")).contains("\ntable cats\n"));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().contains("ann:drop in db/log.sql breaks the last release"), errors::toString);
    }
}
