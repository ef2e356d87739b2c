package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an SQL file says runs as on the server, or is refused before anything runs. */
@ExtendWith(EmptyDatabaseExtension.class)
class SqlChangelogTest {

    private static final String FIRST_LINE = "--liquibase formatted sql";

    @TempDir
    private Path folder;

    private ChangelogFiles files;
    private DataSource database;

    @BeforeEach
    void open(DataSource fresh) {
        database = fresh;
        files = new ChangelogFiles(folder);
    }

    /** As in a file that mysqldump wrote; a MariaDB of a user ignores the versions of MySQL 5.7 and later. */
    @Test
    void executableCommentsRun() throws Exception {
        var migrator = migrator(
                FIRST_LINE,
                "--changeset ann:dump",
                "-- MySQL dump 10.13; don't care",
                "/*!40101 SET NAMES utf8mb4 */;",
                "# the server's other comment; don't care",
                "CREATE TABLE `places` (",
                "  `id` int NOT NULL, /* plain; 'comment */",
                "  `name` varchar(30) DEFAULT '/*!40000 no comment */',",
                "  /*!50705 `location` varchar(9), */",
                "  /*!80016 `kind` int, */",
                "  /*!999999 `later` int, */",
                "  /*!080016 `six_digits` int, */",
                "  PRIMARY KEY (`id`)",
                ") /*!50100 PARTITION BY HASH (`id`) PARTITIONS 2 */;",
                "/*!50001 CREATE VIEW `place_names` AS SELECT `name` FROM `places` */;",
                "-- Dump completed");

        migrator.update();

        var version = SqlRunner.query(database, "SELECT VERSION()").get(0);
        assertEquals(
                !version.contains("MariaDB") || version.endsWith(ServerProduct.STAND_IN)
                        ? List.of("id", "name", "location", "kind", "six_digits")
                        : List.of("id", "name"),
                SqlRunner.query(
                        database,
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                                + " AND table_name = 'places' ORDER BY ordinal_position"));
        assertEquals(
                List.of("2"),
                SqlRunner.query(
                        database,
                        "SELECT COUNT(*) FROM information_schema.partitions WHERE table_schema = DATABASE()"
                                + " AND table_name = 'places' AND partition_name IS NOT NULL"));
        assertEquals(
                List.of("places", "place_names"),
                SqlRunner.query(
                        database,
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                                + " AND table_name LIKE 'place%' ORDER BY table_type"));
    }

    @Test
    void aTriggerInAnExecutableCommentIsCreated() throws Exception {
        migrator(
                        FIRST_LINE,
                        "--changeset ann:table",
                        "CREATE TABLE users (id INT, touched INT);",
                        "--changeset ann:trigger endDelimiter:;;",
                        "/*!50003 CREATE TRIGGER touch BEFORE INSERT ON users FOR EACH ROW BEGIN",
                        "  SET NEW.touched = 1;",
                        "END */;;")
                .update();
        SqlRunner.execute(database, "INSERT INTO users (id) VALUES (1)");

        assertEquals(List.of("1 1"), SqlRunner.query(database, "SELECT * FROM users"));
    }

    /** Liquibase's own checksum, so that databases that were migrated by other means stay valid. */
    @Test
    void aChecksumDoesNotDependOnHowCommentsAreRead() throws Exception {
        migrator(FIRST_LINE, "--changeset ann:users", "CREATE TABLE users (id INT /*!80023 INVISIBLE */, name INT);")
                .update();

        assertEquals(
                List.of("9:2cabc4907a9cb15008bf8f35d3634104"),
                SqlRunner.query(database, "SELECT md5sum FROM DATABASECHANGELOG"));
    }

    @Test
    void delimiterIsNamedBeforeAnythingRuns() throws Exception {
        var migrator = migrator(
                FIRST_LINE,
                "--changeset ann:first",
                "CREATE TABLE first (id INT,",
                "  delimiter TEXT,",
                "  Delimiter VARCHAR(2) DEFAULT ';'",
                ");",
                "--changeset ann:trigger",
                "DELIMITER //",
                "CREATE PROCEDURE p() BEGIN SELECT 1; END//",
                "DELIMITER ;");

        assertRefused(migrator, "ann:trigger in log.sql", "DELIMITER", "line 8", "endDelimiter://");
    }

    @Test
    void statementsEndAsTheErrorOfDelimiterSays() throws Exception {
        migrator(
                        FIRST_LINE,
                        "--changeset ann:procedures endDelimiter://",
                        "CREATE PROCEDURE one() BEGIN SELECT 1; END//",
                        "CREATE PROCEDURE two() BEGIN SELECT 2; END",
                        "//")
                .update();

        assertEquals(List.of("2"), SqlRunner.query(database, "CALL two()"));
    }

    @Test
    void aColumnMayBeCalledDelimiter() throws Exception {
        migrator(
                        FIRST_LINE,
                        "--changeset ann:csv",
                        "CREATE TABLE csv (",
                        "  delimiter",
                        "  CHAR,",
                        "  note VARCHAR(99) DEFAULT '",
                        "DELIMITER //",
                        "'",
                        ");")
                .update();

        assertEquals(List.of("csv"), List.copyOf(SqlRunner.schema(database).keySet()));
    }

    @Test
    void aFileWithoutTheFirstLineIsRefused() throws Exception {
        assertRefused(
                migrator("--changeset ann:users", "CREATE TABLE users (id INT);"),
                "The changelog log.sql does not begin with the line --liquibase formatted sql");
        assertRefused(
                migrator("CREATE TABLE users (id INT);", "CREATE TABLE orders (id INT);"),
                "The changelog log.sql does not begin with the line --liquibase formatted sql");
    }

    @Test
    void anIncludedFileIsNamed() throws Exception {
        files.with("sql/users.sql", "CREATE TABLE users (id INT);", "CREATE TABLE orders (id INT);");
        files.with("master.yaml", "databaseChangeLog:", "  - includeAll: {path: sql/}");

        assertRefused(
                Migrator.of(database, "master.yaml", files.classLoader()), "The changelog sql/users.sql does not");
    }

    @Test
    void aFileOfOneStatementNeedsNoFirstLine() throws Exception {
        migrator("-- creates; users", "CREATE TABLE users (id INT);", "-- done").update();

        assertEquals(List.of("users"), List.copyOf(SqlRunner.schema(database).keySet()));
    }

    @Test
    void aFileWithoutAChangesetIsRefused() throws Exception {
        assertRefused(migrator(FIRST_LINE, "CREATE TABLE users (id INT);"), "log.sql has no changeset", "--changeset ");
        assertRefused(migrator(FIRST_LINE), "log.sql has no changeset");
        assertRefused(migrator(""), "log.sql is empty");
    }

    @Test
    void sqlBeforeTheFirstChangesetIsRefused() throws Exception {
        assertRefused(
                migrator(
                        FIRST_LINE,
                        "-- a comment",
                        "/*!40101 SET NAMES latin1 */;",
                        "--changeset ann:users",
                        "CREATE TABLE users (id INT);"),
                "log.sql has SQL before its first changeset, in line 3");
    }

    @Test
    void propertiesAndIgnoredLinesMayStandBeforeTheFirstChangeset() throws Exception {
        files.with("names.sql", FIRST_LINE, "--property name:table value:users");
        files.with(
                "users.sql",
                FIRST_LINE,
                "--ignoreLines:start",
                "SET NAMES latin1;",
                "--ignoreLines:end",
                "/* a comment */",
                "--changeset ann:users",
                "CREATE TABLE ${table} (id INT);");
        files.with(
                "master.yaml",
                "databaseChangeLog:",
                "  - include: {file: names.sql}",
                "  - include: {file: users.sql}");

        Migrator.of(database, "master.yaml", files.classLoader()).update();

        assertEquals(List.of("users"), List.copyOf(SqlRunner.schema(database).keySet()));
    }

    @Test
    void classPathNamesMayHaveTheirPrefix() throws Exception {
        files.with("sql/users.sql", FIRST_LINE, "--changeset ann:users", "CREATE TABLE users (id INT);");
        files.with("sql/more/orders.sql", FIRST_LINE, "--changeset ann:orders", "CREATE TABLE orders (id INT);");
        files.with(
                "master.yaml",
                "databaseChangeLog:",
                "  - include: {file: 'classpath:sql/users.sql'}",
                "  - includeAll: {path: 'classpath:sql/more'}");

        assertEquals(
                2,
                Migrator.of(database, "classpath:master.yaml", files.classLoader())
                        .update()
                        .size());
        assertEquals(
                List.of(),
                Migrator.of(database, "/master.yaml", files.classLoader()).update());
    }

    private void assertRefused(Migrator migrator, String... parts) throws Exception {
        var failure = assertThrows(MigrationException.class, migrator::update);
        assertMessageContains(failure, parts);
        assertEquals(List.of(), SqlRunner.query(database, "SHOW TABLES"));
    }

    private Migrator migrator(String... lines) throws IOException {
        return Migrator.of(database, "log.sql", files.with("log.sql", lines).classLoader());
    }
}
