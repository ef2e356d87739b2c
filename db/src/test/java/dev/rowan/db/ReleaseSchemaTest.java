package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmptyDatabaseExtension.class)
class ReleaseSchemaTest {

    private static final String USERS = """
            CREATE TABLE users (
              id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              email VARCHAR(100),
              age INT,
              UNIQUE KEY uk_users_email (email)
            )
            """;

    @TempDir
    private Path folder;

    private ChangelogFiles files;
    private DatabaseServer server;
    private DataSource database;

    /** A changelog with a file of its release beside it. */
    @BeforeEach
    void release(DatabaseServer configured, DataSource empty) throws Exception {
        server = configured;
        database = empty;
        files = new ChangelogFiles(folder);
        changelog();
        var release = ReleaseSchema.of(migrator());
        assertEquals("db/log.release", release.file());
        assertEquals(1, release.tables());
        files.with(release.file(), release.text());
    }

    @Test
    void theChangesetThatBreaksTheReleaseIsNamed() throws Exception {
        changelog(
                "ALTER TABLE users ADD phone VARCHAR(20)",
                "ALTER TABLE users DROP COLUMN age",
                "ALTER TABLE users DROP INDEX uk_users_email");

        var errors = errors();

        assertEquals(2, errors.size(), errors::toString);
        assertTrue(
                errors.getFirst()
                        .startsWith(
                                "The changeset ann:c3 in db/log.sql breaks the last release, and nothing reports it:"
                                        + " users has lost its unique key uk_users_email (email)."),
                errors::toString);
        assertTrue(
                errors.getLast()
                        .startsWith(
                                "The changeset ann:c2 in db/log.sql breaks the last release: the column users.age is"
                                        + " gone."),
                errors::toString);
        assertTrue(errors.getLast().endsWith("rowan:accept old-release: the reason"), errors::toString);
    }

    @Test
    void whatALaterChangesetMendsIsNoBreak() throws Exception {
        changelog("ALTER TABLE users DROP INDEX uk_users_email", "ALTER TABLE users ADD UNIQUE KEY uk_email (email)");
        var check = check();
        assertEquals(List.of(), check.errors());
        assertTrue(
                check.notes().contains("The last release can run on this schema, as far as db/log.release tells."),
                check.notes()::toString);
    }

    @Test
    void aBreakCanBeAcceptedForAReason() throws Exception {
        changelog("--comment rowan:accept old-release: nobody writes it\nALTER TABLE users DROP COLUMN age");
        var check = check();
        assertEquals(List.of(), check.errors());
        assertTrue(
                check.notes().stream().anyMatch(note -> note.endsWith("users.age is gone (nobody writes it).")),
                check.notes()::toString);
    }

    @Test
    void withoutTheFileNothingIsCompared() throws Exception {
        changelog("ALTER TABLE users DROP COLUMN age");
        Files.delete(folder.resolve("db/log.release"));
        var check = check();
        assertEquals(List.of(), check.errors());
        assertTrue(
                check.notes().stream().anyMatch(note -> note.contains("there is no db/log.release")),
                check.notes()::toString);
    }

    @Test
    void theFileOfAChangelogThatWasRenamedIsNoticed() throws Exception {
        Files.move(folder.resolve("db/log.release"), folder.resolve("db/old.release"));
        var warnings = check().warnings();
        assertTrue(
                warnings.stream()
                        .anyMatch(warning ->
                                warning.contains("there is no db/log.release, and no changelog for db/old.release.")),
                warnings::toString);
        files.with("db/old.sql", "--liquibase formatted sql", "--changeset ann:old", "DO 1;");
        assertTrue(check().warnings().stream().noneMatch(warning -> warning.contains("old.release")));
    }

    @Test
    void aViewThatDoesNotTakeTheWritesOfTheReleaseBreaksIt() throws Exception {
        changelog("RENAME TABLE users TO people", "CREATE VIEW users AS SELECT id, email, age + 0 AS age FROM people");
        var errors = errors();
        assertTrue(
                errors.stream()
                        .anyMatch(error -> error.startsWith(
                                "The changeset ann:c2 in db/log.sql breaks the last release: users is a view")),
                errors::toString);
    }

    @Test
    void aFileThatCannotBeReadIsAnError() throws Exception {
        files.with("db/log.release", "<<<<<<< HEAD");
        assertTrue(errors().getFirst().startsWith("Line 1 of db/log.release is not"), errors()::toString);
    }

    @Test
    void aChangelogThatIncludesItsDirectoryLeavesTheFileOut() throws Exception {
        files.with(
                "all/a.sql", "--liquibase formatted sql", "--changeset ann:a", "CREATE TABLE a (id INT PRIMARY KEY);");
        files.with("all/log.release", "server MySQL");
        files.with("log.yaml", "databaseChangeLog:", "  - includeAll: { path: all }");
        try (var other = server.temporaryDatabase("rowan_release_")) {
            Migrator.of(other.dataSource(), "log.yaml", files.classLoader()).update();
            assertEquals(List.of("1"), SqlRunner.query(other.dataSource(), "SELECT COUNT(*) FROM DATABASECHANGELOG"));
        }
    }

    /** Writes the changelog of the release, and a changeset for each statement: c1, c2 and so on. */
    private void changelog(String... statements) throws Exception {
        var lines = new ArrayList<>(List.of("--liquibase formatted sql", "--changeset ann:released", USERS + ";"));
        for (var i = 0; i < statements.length; i++) {
            lines.add("--changeset ann:c" + (i + 1));
            lines.add(statements[i] + ";");
        }
        files.with("db/log.sql", lines.toArray(String[]::new));
    }

    private Migrator migrator() throws Exception {
        return Migrator.of(database, "db/log.sql", files.classLoader());
    }

    private MigrationCheck check() throws Exception {
        var classLoader = files.classLoader();
        return MigrationCheck.of(server, tried -> Migrator.of(tried, "db/log.sql", classLoader));
    }

    /** Returns the errors that are about the release. */
    private List<String> errors() throws Exception {
        return check().errors().stream()
                .filter(error -> error.contains("release"))
                .toList();
    }
}
