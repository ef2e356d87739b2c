package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.LogOutput;
import dev.rowan.db.testing.SqlRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which changesets of a changelog run: contexts, labels, parameters, products. */
@ExtendWith(EmptyDatabaseExtension.class)
class ChangesetSelectionTest {

    private static final String[] TEST_DATA = {
        "--liquibase formatted sql",
        "--changeset ann:users",
        "CREATE TABLE users (name VARCHAR(20));",
        "--changeset ann:test-data context:test",
        "INSERT INTO users VALUES ('Tester');",
        "--changeset ann:all-but-production context:!prod",
        "INSERT INTO users VALUES ('Dummy');",
    };

    @TempDir
    private Path folder;

    private ChangelogFiles files;
    private DataSource database;

    @BeforeEach
    void open(DataSource fresh) {
        database = fresh;
        files = new ChangelogFiles(folder);
    }

    @Test
    void withoutContextsNothingOfAContextRunsAndTheLogSaysSo() throws Exception {
        var migrator = migrator("log.sql", TEST_DATA);

        var log = LogOutput.of(migrator::update);

        assertEquals(List.of(), SqlRunner.query(database, "SELECT name FROM users"));
        assertTrue(
                log.contains(
                        "ann:test-data in log.sql (context test), ann:all-but-production in log.sql (context !prod)"),
                log);
        assertEquals(List.of(), migrator.pending());
    }

    @Test
    void theChangesetsOfTheGivenContextsRun() throws Exception {
        var migrator = migrator("log.sql", TEST_DATA);

        assertEquals(List.of("users"), ids(migrator.withContexts("prod").pending()));
        assertEquals(
                List.of("users", "all-but-production"),
                ids(migrator.withContexts("dev").pending()));
        var log = LogOutput.of(() -> migrator.withContexts("dev", "test").update());

        assertEquals(List.of("Tester", "Dummy"), SqlRunner.query(database, "SELECT name FROM users"));
        assertEquals("", log);
    }

    @Test
    void theContextOfAnIncludeCountsForAllThatItIncludes() throws Exception {
        files.with(
                "data.sql",
                "--liquibase formatted sql",
                "--changeset ann:data",
                "INSERT INTO users VALUES ('Tester');");
        var migrator = migrator("master.yaml", "databaseChangeLog:", "  - include: {file: data.sql, context: test}");

        assertEquals(List.of(), migrator.pending());
        assertEquals(List.of("data"), ids(migrator.withContexts("test").pending()));
    }

    @Test
    void aPropertyOfAContextHasNoValueWithoutIt() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--property name:kind value:INT context:test",
                "--property name:kind value:BIGINT",
                "--changeset ann:users",
                "CREATE TABLE users (id ${kind});");

        migrator.update();

        assertEquals(List.of("bigint"), columnTypes("users"));
    }

    @Test
    void rollbackUndoesWhatWasAppliedInAContext() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:users context:test",
                "CREATE TABLE users (id INT);",
                "--rollback DROP TABLE users;");
        migrator.withContexts("test").update();

        assertEquals(List.of("users"), ids(migrator.rollbackAll()));
    }

    @Test
    void labelsSelectChangesetsThatHaveSome() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:users",
                "CREATE TABLE users (id INT);",
                "--changeset ann:beta labels:beta",
                "CREATE TABLE beta (id INT);");

        assertEquals(List.of("users", "beta"), ids(migrator.pending()));
        assertEquals(List.of("users"), ids(migrator.withLabels("!beta").pending()));
        assertEquals(
                List.of("users", "beta"), ids(migrator.withLabels("beta or v2").pending()));
    }

    @Test
    void parametersReplaceTheirNames() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:users",
                "CREATE TABLE users_${suffix} (note VARCHAR(20) DEFAULT '${literal}');");

        migrator.withParameters(Map.of("suffix", "eu")).update();

        assertEquals(List.of("users_eu"), List.copyOf(SqlRunner.schema(database).keySet()));
    }

    @Test
    void aParameterWithoutAValueIsNamedBeforeAnythingRuns() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:first",
                "CREATE TABLE first (id INT);",
                "",
                "--changeset ann:users",
                "CREATE TABLE users (",
                "  `id_${suffix}` INT);");

        var failure = assertThrows(MigrationException.class, migrator::update);

        assertMessageContains(failure, "ann:users in log.sql", "${suffix}", "line 7", "withParameters");
        assertEquals(List.of(), SqlRunner.query(database, "SHOW TABLES"));
    }

    @Test
    void changesetsForMysqlOnlyRunOnMysqlAndOnTheServerThatStandsInForIt() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:mysql dbms:mysql",
                "CREATE TABLE shop (id INT);",
                "--changeset ann:mariadb dbms:mariadb",
                "CREATE TABLE shop (id INT);",
                "--changeset ann:postgresql dbms:postgresql",
                "CREATE TABLE shop (id SERIAL);");

        var log = LogOutput.of(migrator::update);

        assertEquals(List.of("shop"), List.copyOf(SqlRunner.schema(database).keySet()));
        var version = SqlRunner.query(database, "SELECT VERSION()").get(0);
        var standsIn = version.endsWith(ServerProduct.STAND_IN);
        assertEquals(
                List.of(standsIn || !version.contains("MariaDB") ? "mysql" : "mariadb"),
                SqlRunner.query(database, "SELECT id FROM DATABASECHANGELOG"));
        assertEquals(standsIn, log.contains("stands in for MySQL: ann:mariadb in log.sql."), log);
    }

    @Test
    void aProductThatNobodyKnowsIsNamed() throws Exception {
        var migrator = migrator(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:typo dbms:mysq",
                "CREATE TABLE shop (id INT);",
                "--changeset ann:other dbms:postgresql",
                "CREATE TABLE shop (id SERIAL);");

        var log = LogOutput.of(migrator::update);

        assertTrue(log.contains("attribute dbms names: ann:typo in log.sql."), log);
    }

    private Migrator migrator(String name, String... lines) throws IOException {
        return Migrator.of(database, name, files.with(name, lines).classLoader());
    }

    private List<String> columnTypes(String table) throws Exception {
        return SqlRunner.query(
                database,
                "SELECT data_type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '"
                        + table + "'");
    }

    private static List<String> ids(List<Changeset> changesets) {
        return changesets.stream().map(Changeset::id).toList();
    }
}
