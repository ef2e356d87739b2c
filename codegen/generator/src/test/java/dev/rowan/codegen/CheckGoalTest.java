package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckGoalTest {

    private static final String CHANGELOG = """
            --liquibase formatted sql
            --changeset ann:cats
            CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20));
            --changeset ann:age
            ALTER TABLE cats ADD age INT;
            --rollback ALTER TABLE cats DROP COLUMN age;
            """;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private GeneratorFixture database;

    @BeforeEach
    void createDatabase() {
        database = new GeneratorFixture(TestServers.configured(), folder);
    }

    @Test
    void theTableShowsTheVerdictOfEachStatementAndWhatItMeans() throws Exception {
        assertEquals(List.of(), check(CHANGELOG, "", false));

        var start = lines.indexOf("ann:cats in log.sql");
        assertEquals(
                List.of(
                        "ann:cats in log.sql",
                        "  new                         CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20))",
                        "ann:age in log.sql",
                        "  instant                     ALTER TABLE cats ADD age INT",
                        "new:                          nobody uses it yet",
                        "instant:                      takes no time, however many rows there are"),
                lines.subList(start, start + 6));
        assertTrue(lines.getLast().contains("lock_wait_timeout"), lines::toString);
    }

    @Test
    void theReasonOfTheServerAndOfTheAuthorIsShown() throws Exception {
        var accepted = CHANGELOG + """
                --changeset ann:wide
                --comment rowan:accept blocks-writes, rollback: few cats
                ALTER TABLE cats MODIFY id BIGINT;
                """;
        assertEquals(List.of(), check(accepted, "", false));

        var row = lines.indexOf("  blocks writes               ALTER TABLE cats MODIFY id BIGINT");
        assertTrue(lines.get(row + 1).startsWith(" ".repeat(30) + "while it copies the table: "), lines::toString);
        assertEquals(" ".repeat(30) + "accepted: few cats", lines.get(row + 2));
    }

    @Test
    void warningsFailOnlyTheStrict() throws Exception {
        assertEquals(List.of(), check(CHANGELOG, "", false));
        assertTrue(warnings.getFirst().contains("ann:cats in log.sql: it has no rollback"), warnings::toString);
        assertEquals(List.of("1 warning, listed above, and -Drowan.strict is set."), check(CHANGELOG, "", true));
    }

    @Test
    void theReferenceSaysWhatIsNew() throws Exception {
        var reference = new GeneratorFixture(TestServers.configured(), folder);
        reference.execute("CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(20))");
        Files.writeString(folder.resolve("log.sql"), CHANGELOG.substring(0, CHANGELOG.indexOf("--changeset ann:age")));
        try (var server = DatabaseServer.start(reference.database())) {
            var source = ChangelogSource.in(folder, "log.sql");
            source.migrator(server.dataSource(), source.loader()).markApplied();
        }

        check(CHANGELOG, reference.database().server(), false);

        assertTrue(lines.contains("ann:age in log.sql"), lines::toString);
        assertTrue(!lines.contains("ann:cats in log.sql"), lines::toString);
    }

    @Test
    void theReferenceIsADatabase() {
        var failure = assertThrows(IllegalArgumentException.class, () -> check(CHANGELOG, "docker", false));
        assertTrue(String.valueOf(failure.getMessage()).contains("-Drowan.reference=jdbc:mysql://"), failure::toString);
    }

    private List<String> check(String sql, String reference, boolean isStrict) throws Exception {
        Files.writeString(folder.resolve("log.sql"), sql);
        var options = new CheckOptions(database.database(), reference, ChangelogSource.in(folder, "log.sql"), isStrict);
        return new CheckGoal(options, lines::add, warnings::add).run();
    }
}
