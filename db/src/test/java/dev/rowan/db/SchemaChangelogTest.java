package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmptyDatabaseExtension.class)
class SchemaChangelogTest {

    @TempDir
    private Path folder;

    private DataSource live;
    private DataSource copy;
    private DatabaseServer server;

    @BeforeEach
    void open(DataSource first, DataSource second, DatabaseServer its) {
        server = its;
        live = first;
        copy = second;
    }

    @Test
    void tablesComeBackAsTheyWere() throws Exception {
        assertSameAfter(
                """
                CREATE TABLE types (
                  id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, flag BOOLEAN NOT NULL DEFAULT TRUE, small TINYINT UNSIGNED ZEROFILL,
                  price DECIMAL(12, 3) NOT NULL DEFAULT 1.500, kind ENUM ('it''s', 'a,b', 'x--y') NOT NULL DEFAULT 'it''s',
                  tags SET ('a', 'b') DEFAULT 'a,b', at TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
                  day DATE DEFAULT '2020-02-29', made YEAR, bits BIT(8) DEFAULT b'101', document JSON, token BINARY(16),
                  place POINT NOT NULL, body LONGTEXT CHARACTER SET latin1 COLLATE latin1_bin, picture LONGBLOB,
                  word VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, `order` INT, `odd ``name` INT,
                  twice INT AS (id0 * 2) VIRTUAL, thrice INT AS (id0 * 3) STORED, id0 INT NOT NULL DEFAULT 0,
                  KEY by_word (word(5), day DESC), FULLTEXT KEY ft_body (body), SPATIAL KEY sp_place (place), UNIQUE KEY uk (`order`),
                  CONSTRAINT small_price CHECK (price < 1000)
                ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci AUTO_INCREMENT = 77
                  COMMENT = 'It''s -- no comment; /* nor this */ # or this\n-- rollback ${user.home} \\\\ "x"'
                """,
                "CREATE TABLE `select` (`a;b` INT PRIMARY KEY, `c\nd` INT COMMENT 'two\nlines')",
                "CREATE TABLE plain (id INT) ENGINE = MyISAM DEFAULT CHARSET = latin1 COMMENT = ' AUTO_INCREMENT=5'");

        assertFalse(SchemaChangelog.read(live).sql().contains("AUTO_INCREMENT=77"));
        assertTrue(SchemaChangelog.read(live).sql().contains(" AUTO_INCREMENT=5'"));
    }

    @Test
    void partitionsComeBackAsTheyWere() throws Exception {
        assertSameAfter(
                "CREATE TABLE log (id INT NOT NULL, day DATE NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE"
                        + " (YEAR(day)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE)",
                "CREATE TABLE counts (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3");
    }

    @Test
    void tablesComeInTheOrderOfTheirForeignKeysAndCyclesAreClosedAtTheEnd() throws Exception {
        assertSameAfter(
                "CREATE TABLE z (id INT PRIMARY KEY, parent INT, CONSTRAINT own FOREIGN KEY (parent) REFERENCES z (id))",
                "CREATE TABLE y (id INT PRIMARY KEY, z INT, CONSTRAINT to_z FOREIGN KEY (z) REFERENCES z (id) ON DELETE"
                        + " CASCADE ON UPDATE SET NULL)",
                "CREATE TABLE a (id INT PRIMARY KEY, y INT, CONSTRAINT to_y FOREIGN KEY (y) REFERENCES y (id))",
                "ALTER TABLE z ADD a INT, ADD CONSTRAINT to_a FOREIGN KEY (a) REFERENCES a (id)");

        assertEquals(List.of("table-z", "table-y", "table-a", "foreign-keys-z"), ids(SchemaChangelog.read(live)));
    }

    @Test
    void aZeroDateIsADefaultWhereTheServerRefusesIt() throws Exception {
        try (var connection = live.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = ''");
            statement.execute("CREATE TABLE posts (id INT PRIMARY KEY,"
                    + " at DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', day DATE NOT NULL DEFAULT '2000-00-00')");
        }

        assertSameAfter();
    }

    @Test
    void viewsComeInTheOrderInWhichTheyReadEachOther() throws Exception {
        var schema = SqlRunner.query(live, "SELECT DATABASE()").get(0);
        assertSameAfter(
                "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2",
                "CREATE VIEW z AS SELECT id, name, twice(id) AS double_id, '-- no ${user.home}' AS note FROM t WHERE id > 0",
                "CREATE SQL SECURITY INVOKER VIEW m AS SELECT z.id, t.name FROM t JOIN z ON t.id = z.id",
                "CREATE VIEW a AS SELECT m.id FROM (m JOIN z ON m.id = z.id) UNION SELECT id FROM t",
                "CREATE VIEW checked AS SELECT id FROM t WHERE id < 9 WITH CASCADED CHECK OPTION");

        var changelog = SchemaChangelog.read(live);
        assertEquals(
                List.of("table-t", "function-twice", "view-z", "view-m", "view-a", "view-checked"), ids(changelog));
        assertFalse(changelog.sql().contains(schema), changelog::sql);
        assertFalse(changelog.sql().contains("DEFINER="), changelog::sql);
    }

    @Test
    void aViewThatSelectsWhatItDoesNotGroupByComesBackAsItWas() throws Exception {
        apply(
                live,
                "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))",
                "SET SESSION sql_mode = ''",
                "CREATE VIEW z AS SELECT id, name FROM t GROUP BY name",
                "CREATE VIEW a AS SELECT id FROM z",
                "CREATE VIEW plain AS SELECT MAX(id) AS id, name FROM t GROUP BY name");
        var changelog = SchemaChangelog.read(live).sql();

        migrate();
        apply(copy, "DROP TABLE DATABASECHANGELOG, DATABASECHANGELOGLOCK");

        assertEquals(changelog, SchemaChangelog.read(copy).sql());
        assertEquals(3, changelog.split("SET SESSION sql_mode = REPLACE", -1).length, changelog);
    }

    @Test
    void aFunctionWithFromReadsNoOtherDatabaseAndAStraightJoinIsAJoin() throws Exception {
        assertSameAfter(
                "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), at DATETIME)",
                "CREATE VIEW z AS SELECT EXTRACT(YEAR FROM at) AS y, TRIM(LEADING '(x' FROM name) AS n, id FROM t",
                "CREATE VIEW a AS SELECT z.id FROM t STRAIGHT_JOIN z ON z.id = t.id");

        var changelog = SchemaChangelog.read(live);
        assertEquals(List.of(), changelog.omissions());
        assertEquals(List.of("table-t", "view-z", "view-a"), ids(changelog));
    }

    @Test
    void bodiesComeBackWordForWordExceptForWhatLiquibaseWouldTakeForItsOwn() throws Exception {
        var schema = SqlRunner.query(live, "SELECT DATABASE()").get(0);
        assertSameAfter(
                "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(99))",
                """
                CREATE TRIGGER second BEFORE INSERT ON t FOR EACH ROW
                BEGIN
                  # a comment; with a semicolon
                  IF NEW.name = 'it''s \\' -- no comment; $$ // /' THEN
                    /* and one
                       more; */
                    SET NEW.name = CONCAT("x", '', ';');
                  END IF;
                END""",
                "CREATE TRIGGER `first` BEFORE INSERT ON t FOR EACH ROW FOLLOWS second SET NEW.id = NEW.id + 1",
                "CREATE TRIGGER " + schema + ".zero BEFORE INSERT ON " + schema
                        + ".t FOR EACH ROW precedes `second` SET NEW.id = 1",
                """
                CREATE PROCEDURE fill(IN n INT, OUT done INT) COMMENT 'it''s; --' MODIFIES SQL DATA
                BEGIN
                  DECLARE i INT DEFAULT 0;
                  again: WHILE i < n DO
                    INSERT INTO t VALUES (i, CASE WHEN i = 1 THEN 'one' ELSE 'many' END);
                    SET i = i + 1;
                  END WHILE again;
                  SELECT COUNT(*) INTO done FROM t;
                END""",
                "CREATE EVENT clean ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM t WHERE id < 0");

        assertEquals(
                List.of("table-t", "procedure-fill", "trigger-zero", "trigger-second", "trigger-first", "event-clean"),
                ids(SchemaChangelog.read(live)));
    }

    @Test
    void instructionsToLiquibaseInABodyAreNone() throws Exception {
        apply(live, """
                CREATE FUNCTION answer() RETURNS VARCHAR(200) DETERMINISTIC
                BEGIN
                  -- rollback DROP TABLE t;
                -- changeset ann:hidden
                  -- ${user.home}
                /*
                --rollback x
                */
                  RETURN 'one
                --rollback ${user.home}
                \\
                two';
                END""");
        var expected = SqlRunner.query(live, "SELECT answer()");

        migrate();

        assertEquals(expected, SqlRunner.query(copy, "SELECT answer()"));
    }

    @Test
    void aRoutineKeepsItsSqlMode() throws Exception {
        try (var connection = live.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = 'PIPES_AS_CONCAT,ANSI_QUOTES'");
            statement.execute("CREATE FUNCTION joined() RETURNS VARCHAR(20) DETERMINISTIC RETURN 'a' || 'b'");
        }

        assertSameAfter();

        assertEquals(List.of("ab"), SqlRunner.query(copy, "SELECT joined()"));
    }

    @Test
    void whatWasMadeWithTheSettingsOfTheReadingSessionKeepsThem() throws Exception {
        var modes = "'NO_BACKSLASH_ESCAPES,NO_ENGINE_SUBSTITUTION'";
        apply(
                live,
                "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))",
                "SET SESSION sql_mode = " + modes + ", time_zone = '+05:00'",
                "CREATE FUNCTION two_paths() RETURNS VARCHAR(20) DETERMINISTIC RETURN CONCAT('a\\', ' -- b\\')",
                "CREATE TRIGGER named BEFORE INSERT ON t FOR EACH ROW SET NEW.name = 'c\\d'",
                "CREATE EVENT noon ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 12:00:00' DISABLE DO SELECT 'e\\'");
        var expected = shown(live);
        var reading = new MysqlDataSource();
        reading.setUrl(url(live));
        reading.setUser(server.user());
        reading.setPassword(server.password());
        reading.setSessionVariables("sql_mode=" + modes + ",time_zone='+05:00'");

        migrator(copy, SchemaChangelog.read(reading)).update();

        assertEquals(expected, shown(copy));
        assertEquals(List.of("a\\ -- b\\"), SqlRunner.query(copy, "SELECT two_paths()"));
    }

    @Test
    void literalsKeepTheirCollation() throws Exception {
        assertSameAfter(
                "CREATE TABLE t (id INT PRIMARY KEY, same INT)",
                "SET SESSION collation_connection = 'utf8mb4_bin'",
                "CREATE FUNCTION same() RETURNS INT DETERMINISTIC RETURN 'a' = 'A'",
                "CREATE VIEW v AS SELECT 'a' = 'A' AS same",
                "CREATE TRIGGER fill BEFORE INSERT ON t FOR EACH ROW SET NEW.same = 'a' = 'A'",
                "CREATE EVENT look ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 'a' = 'A'");
        SqlRunner.execute(copy, "INSERT INTO t VALUES (1, NULL)");

        assertEquals(List.of("0"), SqlRunner.query(copy, "SELECT same()"));
        assertEquals(List.of("0"), SqlRunner.query(copy, "SELECT same FROM v"));
        assertEquals(List.of("0"), SqlRunner.query(copy, "SELECT same FROM t"));
    }

    @Test
    void theOrdinaryCollationIsNotWritten() throws Exception {
        apply(live, "CREATE FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1");

        assertFalse(SchemaChangelog.read(live).sql().contains("collation_connection"));
    }

    @Test
    void bytesThatAreNoCharactersAreRefused() throws Exception {
        apply(live, "CREATE TABLE t (id INT PRIMARY KEY, token BINARY(3) DEFAULT X'FF0041')");
        var written = SqlRunner.query(live, "SHOW CREATE TABLE t").get(0);
        assumeFalse(written.toUpperCase(Locale.ROOT).contains("FF0041"), "MySQL and MariaDB 11.8 write them as hex");

        var failure = assertThrows(MigrationException.class, () -> SchemaChangelog.read(live));

        assertMessageContains(failure, "The table t contains bytes that are no characters");
    }

    @Test
    void whatReadsWhatIsLeftOutIsLeftOutToo() throws Exception {
        var other = SqlRunner.query(copy, "SELECT DATABASE()").get(0);
        SqlRunner.execute(copy, "CREATE TABLE far (id INT PRIMARY KEY)");
        SqlRunner.execute(copy, "CREATE FUNCTION g() RETURNS INT DETERMINISTIC RETURN 1");
        apply(
                live,
                "CREATE TABLE t (id INT PRIMARY KEY)",
                "CREATE VIEW calls AS SELECT " + other + ".g() AS one, id FROM t",
                "CREATE VIEW wide AS SELECT far.id FROM " + other + ".far",
                "CREATE VIEW b AS SELECT id FROM wide",
                "CREATE VIEW a AS SELECT b.id FROM t JOIN b ON b.id = t.id");

        var changelog = SchemaChangelog.read(live);

        assertEquals(List.of("table-t"), ids(changelog));
        assertEquals(
                List.of(
                        "the view calls, because it reads another database.",
                        "the view wide, because it reads another database.",
                        "the view b, because it reads wide, which is left out.",
                        "the view a, because it reads b, which is left out."),
                changelog.omissions());
    }

    @Test
    void triggersAndViewsOfATableThatIsLeftOutAreLeftOutToo() throws Exception {
        apply(
                live,
                "CREATE TABLE t (id INT PRIMARY KEY)",
                "CREATE TABLE remote (id INT PRIMARY KEY) CONNECTION = 'mysql://me@elsewhere/shop/t'",
                "CREATE TRIGGER one BEFORE INSERT ON remote FOR EACH ROW SET NEW.id = 1",
                "CREATE VIEW a AS SELECT id FROM remote");

        var changelog = SchemaChangelog.read(live);

        assertEquals(List.of("table-t"), ids(changelog));
        assertEquals(
                List.of(
                        "the table remote, because its rows are on another server, and the connection to that may have"
                                + " a password.",
                        "the view a, because it reads remote, which is left out.",
                        "the trigger one, because its table remote is left out."),
                changelog.omissions());
    }

    @Test
    void whatTheUserMayNotSeeIsNamed() throws Exception {
        var schema = SqlRunner.query(live, "SELECT DATABASE()").get(0);
        var reader = schema.replace("rowan_test_", "reader_");
        apply(
                live,
                "CREATE TABLE t (id INT PRIMARY KEY)",
                "CREATE TRIGGER hidden BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1",
                "CREATE USER " + reader + " IDENTIFIED BY 'secret'",
                "GRANT SELECT, SHOW VIEW, EXECUTE ON " + schema + ".* TO " + reader);
        try {
            var changelog = SchemaChangelog.read(UnpooledDataSource.of(url(live), reader, "secret"));

            assertEquals(List.of("table-t"), ids(changelog));
            assertEquals(
                    List.of(
                            "each event that this user may not see: it was not granted EVENT on the database itself.",
                            "each trigger that this user may not see: it was not granted TRIGGER on the database itself."),
                    changelog.omissions());
        } finally {
            SqlRunner.execute(live, "DROP USER " + reader);
        }
    }

    @Test
    void whatNeedsAnotherDatabaseIsLeftOutAndNamed() throws Exception {
        var other = SqlRunner.query(copy, "SELECT DATABASE()").get(0);
        SqlRunner.execute(copy, "CREATE TABLE far (id INT PRIMARY KEY)");
        apply(
                live,
                "CREATE TABLE near (id INT PRIMARY KEY, CONSTRAINT fk FOREIGN KEY (id) REFERENCES " + other
                        + ".far (id))",
                "CREATE VIEW wide AS SELECT far.id FROM " + other + ".far",
                "CREATE TABLE gone (id INT)",
                "CREATE VIEW broken AS SELECT id FROM gone",
                "DROP TABLE gone");

        var changelog = SchemaChangelog.read(live);

        assertEquals(List.of("table-near"), ids(changelog));
        assertEquals(
                List.of(
                        "a foreign key of near to " + other + ".far, because that is in another database.",
                        "the view broken, because what it reads no longer exists.",
                        "the view wide, because it reads another database."),
                changelog.omissions());
        SqlRunner.execute(live, "DROP TABLE near");
    }

    @Test
    void aSequenceOfMariaDbComesBeforeTheTableThatReadsIt() throws Exception {
        assumeTrue(SqlRunner.query(live, "SELECT VERSION()").get(0).contains("MariaDB"), "MySQL has no sequences");

        assertSameAfter(
                "CREATE SEQUENCE numbers START WITH 7 INCREMENT BY 3",
                "CREATE TABLE a (id INT PRIMARY KEY DEFAULT NEXTVAL(numbers))",
                "INSERT INTO a VALUES ()");
        SqlRunner.execute(copy, "INSERT INTO a VALUES ()");

        assertEquals(List.of("7"), SqlRunner.query(copy, "SELECT id FROM a"));
    }

    @Test
    void aDatabaseWithAChangelogIsRefused() throws Exception {
        SqlRunner.execute(live, "CREATE TABLE t (id INT PRIMARY KEY)");
        var migrator = migrator(live, SchemaChangelog.read(live));
        var marked = migrator.markApplied();

        assertEquals(List.of("table-t"), marked.stream().map(Changeset::id).toList());
        assertEquals(List.of(), migrator.pending());
        assertEquals(List.of(), migrator.update());
        var failure = assertThrows(MigrationException.class, () -> SchemaChangelog.read(live));
        assertMessageContains(failure, "has a changelog already", "DATABASECHANGELOG");
    }

    @Test
    void anEmptyDatabaseIsRefused() {
        var failure = assertThrows(MigrationException.class, () -> SchemaChangelog.read(live));

        assertMessageContains(failure, "has no tables");
    }

    private static List<String> ids(SchemaChangelog changelog) {
        return Pattern.compile("--changeset adopted:(\\S+)")
                .matcher(changelog.sql())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private void assertSameAfter(String... statements) throws Exception {
        apply(live, statements);
        migrate();
        assertEquals(shown(live), shown(copy));
    }

    private static String url(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            return connection.getMetaData().getURL().replaceFirst("\\?.*", "");
        }
    }

    private void migrate() throws Exception {
        migrator(copy, SchemaChangelog.read(live)).update();
    }

    private Migrator migrator(DataSource database, SchemaChangelog changelog) throws Exception {
        var files = new ChangelogFiles(folder).with("first.sql", changelog.sql());
        return Migrator.of(database, "first.sql", files.classLoader());
    }

    private static void apply(DataSource database, String... statements) throws SQLException {
        SqlRunner.execute(database, statements);
    }

    /** Returns what the server shows of each object, without Liquibase's tables and counters of keys. */
    private static List<String> shown(DataSource database) throws SQLException {
        var shown = new ArrayList<String>();
        for (var table : SqlRunner.query(
                database,
                "SELECT CONCAT('`', REPLACE(table_name, '`', '``'), '`') FROM information_schema.tables WHERE"
                        + " table_schema = DATABASE() AND table_name NOT LIKE 'DATABASECHANGELOG%' ORDER BY 1")) {
            shown.add(SqlRunner.query(database, "SHOW CREATE TABLE " + table)
                    .get(0)
                    .replaceFirst("(?m)^(\\) ENGINE.*) AUTO_INCREMENT=\\d+ ", "$1 ")
                    .replace(" CHARACTER SET utf8mb4", "") // MySQL shows it if the collation is written out
                    .replaceAll("nextval\\(`\\w+`\\.", "nextval("));
        }
        for (var trigger : SqlRunner.query(
                database,
                "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1")) {
            shown.addAll(SqlRunner.query(
                    database,
                    "SELECT trigger_name, action_timing, event_manipulation, event_object_table, action_order,"
                            + " action_statement, sql_mode, collation_connection FROM information_schema.triggers WHERE trigger_schema ="
                            + " DATABASE() AND trigger_name = '" + trigger + "'"));
        }
        shown.addAll(
                SqlRunner.query(
                        database,
                        "SELECT routine_type, routine_name, routine_definition, sql_mode, security_type, routine_comment,"
                                + " sql_data_access, collation_connection FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1, 2"));
        shown.addAll(
                SqlRunner.query(
                        database,
                        "SELECT event_name, event_definition, interval_value, interval_field, starts, status, time_zone, sql_mode,"
                                + " collation_connection FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1"));
        return shown;
    }
}
