package dev.rowan.db.internal.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmptyDatabaseExtension.class)
class ReleasedSchemaTest {

    private static final String USERS = """
            CREATE TABLE users (
              id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              name VARCHAR(50) NOT NULL,
              email VARCHAR(100),
              state ENUM('new', 'it''s', 'old') NOT NULL DEFAULT 'new',
              score DECIMAL(10, 4) NOT NULL DEFAULT 0,
              nick VARCHAR(10) DEFAULT 'x',
              age INT UNSIGNED,
              photo VARBINARY(100),
              born DATE,
              active TINYINT(1),
              marked BIT(1),
              level TINYINT,
              data JSON,
              upper_name VARCHAR(50) AS (UPPER(name)),
              seen DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
              UNIQUE KEY uk_users_email (email),
              CONSTRAINT ck_users_age CHECK (age < 200)
            ) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
            """;

    private static final String PETS = """
            CREATE TABLE pets (
              id INT NOT NULL PRIMARY KEY,
              owner_id INT NOT NULL,
              other_id INT,
              KEY ix_pets_owner (owner_id),
              CONSTRAINT fk_pets_owner FOREIGN KEY (owner_id) REFERENCES users (id)
            )
            """;

    private DataSource database;

    @BeforeEach
    void release(DataSource empty) throws Exception {
        database = empty;
        SqlRunner.execute(database, USERS, PETS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE users DROP INDEX uk_users_email | users has lost its unique key uk_users_email (email)
            ALTER TABLE users MODIFY state ENUM('new', 'it''s', 'gone', 'old') NOT NULL DEFAULT 'new' | the column users.state was
            ALTER TABLE users MODIFY score DECIMAL(10, 2) NOT NULL DEFAULT 0 | was decimal(10,4) and is decimal(10,2)
            ALTER TABLE users MODIFY email VARCHAR(100) COLLATE utf8mb4_bin | comparisons of the column users.email ignore case and accents, and now compare bytes
            ALTER TABLE pets DROP FOREIGN KEY fk_pets_owner | pets has lost its foreign key fk_pets_owner (owner_id) to users
            ALTER TABLE pets DROP FOREIGN KEY fk_pets_owner, ADD CONSTRAINT fk_new FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE | was ON DELETE RESTRICT and is ON DELETE CASCADE
            ALTER TABLE users MODIFY nick VARCHAR(10) | the column users.nick has lost its default
            ALTER TABLE users MODIFY seen DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) | has lost ON UPDATE CURRENT_TIMESTAMP
            ALTER TABLE users MODIFY seen DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP | was datetime(6) and is datetime
            ALTER TABLE users MODIFY born DATETIME | was date and is datetime
            ALTER TABLE users MODIFY photo BINARY(100) | was varbinary(100) and is binary(100)
            ALTER TABLE users DROP COLUMN upper_name, ADD COLUMN upper_name VARCHAR(50) | is no longer computed
            """)
    void whatWouldGoWrongInSilence(String sql, String expected) throws Exception {
        assertBreak(true, expected, sql);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE users DROP COLUMN age | the column users.age is gone
            ALTER TABLE users CHANGE nick nickname VARCHAR(10) | the column users.nick is gone
            DROP TABLE pets | the table pets is gone
            RENAME TABLE pets TO animals | the table pets is gone
            ALTER TABLE users ADD phone VARCHAR(20) NOT NULL | the new column users.phone is NOT NULL and has no default
            ALTER TABLE users MODIFY email VARCHAR(100) NOT NULL | the column users.email is NOT NULL
            ALTER TABLE users MODIFY name VARCHAR(20) NOT NULL | was varchar(50) and is varchar(20)
            ALTER TABLE users MODIFY age INT | was int unsigned and is int
            ALTER TABLE users MODIFY score DECIMAL(8, 4) NOT NULL DEFAULT 0 | was decimal(10,4) and is decimal(8,4)
            ALTER TABLE users MODIFY name VARCHAR(50) CHARACTER SET latin1 NOT NULL | had the character set utf8mb4 and has latin1
            ALTER TABLE users MODIFY active TINYINT | users.active was tinyint(1) and is tinyint
            ALTER TABLE users MODIFY marked BIT(3) | users.marked was bit(1) and is bit(3)
            ALTER TABLE users MODIFY data TEXT | was json and is text
            ALTER TABLE users DROP COLUMN nick, ADD COLUMN nick VARCHAR(10) AS (LEFT(name, 10)) | users.nick is computed by the server
            ALTER TABLE users MODIFY state ENUM('new', 'old') NOT NULL DEFAULT 'new' | users.state was
            ALTER TABLE users MODIFY age BIGINT | users.age was int unsigned and is bigint
            ALTER TABLE users MODIFY age DECIMAL(12) | users.age was int unsigned and is decimal(12
            ALTER TABLE users MODIFY state ENUM('new', 'it''s', 'old') NOT NULL | users.state has lost its default
            ALTER TABLE users ADD UNIQUE KEY uk_users_name (name) | users has a new unique key uk_users_name (name)
            ALTER TABLE users ADD CONSTRAINT ck_users_name CHECK (name <> '') | users has a new check constraint ck_users_name
            ALTER TABLE pets ADD CONSTRAINT fk_pets_other FOREIGN KEY (other_id) REFERENCES users (id) | pets has a new foreign key fk_pets_other (other_id)
            """)
    void whatWouldFail(String sql, String expected) throws Exception {
        assertBreak(false, expected, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users ADD phone VARCHAR(20)",
                "ALTER TABLE users ADD phone VARCHAR(20) NOT NULL DEFAULT ''",
                "ALTER TABLE users ADD birth INT AS (2026 - age)",
                "ALTER TABLE users MODIFY name VARCHAR(80) NOT NULL",
                "ALTER TABLE users MODIFY name TEXT NOT NULL",
                "ALTER TABLE users MODIFY score DECIMAL(12, 5) NOT NULL DEFAULT 0",
                "ALTER TABLE users MODIFY state ENUM('old', 'new', 'it''s') NOT NULL DEFAULT 'new'",
                "ALTER TABLE users MODIFY email VARCHAR(100) COLLATE utf8mb4_unicode_ci",
                "ALTER TABLE users MODIFY level TINYINT(1)",
                "ALTER TABLE users ADD INDEX ix_users_name (name)",
                "ALTER TABLE users RENAME INDEX uk_users_email TO uk_email",
                "ALTER TABLE users ADD phone VARCHAR(20), ADD UNIQUE KEY uk_users_phone (phone)",
                "ALTER TABLE users ADD UNIQUE KEY uk_both (id, name)",
                "ALTER TABLE users ADD phone INT, ADD CONSTRAINT ck_users_phone CHECK (phone > 0)",
                "CREATE TABLE toys (id INT PRIMARY KEY, pet_id INT NOT NULL, CONSTRAINT fk FOREIGN KEY (pet_id)"
                        + " REFERENCES pets (id))"
            })
    void whatTheReleaseDoesNotNotice(String sql) throws Exception {
        assertEquals(List.of(), breaks(sql));
    }

    @Test
    void aForeignKeyToAnotherColumnIsAnotherOne() throws Exception {
        SqlRunner.execute(
                database,
                "ALTER TABLE users ADD code INT NOT NULL DEFAULT 1, ADD UNIQUE KEY uk_users_code (code)",
                "ALTER TABLE pets DROP FOREIGN KEY fk_pets_owner",
                "ALTER TABLE pets ADD CONSTRAINT fk_pets_owner FOREIGN KEY (owner_id) REFERENCES users (code)");
        var breaks = breaks(
                "ALTER TABLE pets DROP FOREIGN KEY fk_pets_owner",
                "ALTER TABLE pets ADD CONSTRAINT fk_pets_user FOREIGN KEY (owner_id) REFERENCES users (id)");
        assertEquals(
                List.of(
                        "pets has lost its foreign key fk_pets_owner (owner_id) to users (code)",
                        "pets has a new foreign key fk_pets_user (owner_id) to users (id)"),
                whats(breaks));
    }

    @Test
    void aUniqueKeyOfAPartOfTheColumnKeepsItsRowsApartToo() throws Exception {
        var breaks = breaks("ALTER TABLE users DROP INDEX uk_users_email, ADD UNIQUE KEY uk_users_email (email(10))");
        assertEquals(List.of("users has a new unique key uk_users_email (email(10))"), whats(breaks));
    }

    @Test
    void aLongListOfMembersIsRead() throws Exception {
        var members =
                IntStream.range(0, 2000).mapToObj(i -> "'it''s " + i + "'").collect(Collectors.joining(","));
        SqlRunner.execute(database, "CREATE TABLE wide (id INT PRIMARY KEY, word ENUM(" + members + "))");
        assertEquals(List.of(), breaks("DO 1"));
    }

    @Test
    void aViewOfTheOldNameKeepsTheRelease() throws Exception {
        assertEquals(List.of(), breaks("RENAME TABLE users TO people", "CREATE VIEW users AS SELECT * FROM people"));
    }

    @Test
    void aViewInPlaceOfATableIsNamed() throws Exception {
        var release = ReleasedSchema.parse("a.release", read().text());
        SqlRunner.execute(database, "RENAME TABLE users TO people", "CREATE VIEW users AS SELECT * FROM people");
        assertEquals(List.of("users"), release.replacedByViews(read()));
    }

    @Test
    void aViewMustWriteWhatTheReleaseWrites() throws Exception {
        var release = ReleasedSchema.parse("a.release", read().text());
        SqlRunner.execute(
                database,
                "RENAME TABLE pets TO animals",
                "CREATE VIEW pets AS SELECT id, owner_id, other_id FROM animals");
        assertEquals(List.of(), refusedByViews(release));
        SqlRunner.execute(
                database, "CREATE OR REPLACE VIEW pets AS SELECT id, owner_id, other_id + 0 AS other_id FROM animals");
        assertRefused(release);
        SqlRunner.execute(
                database,
                "ALTER TABLE animals ADD legs INT NOT NULL",
                "CREATE OR REPLACE VIEW pets AS SELECT id, owner_id, other_id FROM animals");
        assertRefused(release);
        assertEquals(List.of("0"), SqlRunner.query(database, "SELECT COUNT(*) FROM animals"));
        SqlRunner.execute(
                database,
                "CREATE OR REPLACE VIEW pets AS SELECT a.id, a.owner_id, a.other_id FROM animals a JOIN users u ON u.id ="
                        + " a.owner_id");
        assertRefused(release);
    }

    private void assertRefused(ReleasedSchema release) throws Exception {
        var refused = refusedByViews(release);
        assertEquals(1, refused.size(), refused::toString);
        assertTrue(
                refused.getFirst().startsWith("pets is a view to which the server does not write"), refused::toString);
    }

    private List<String> refusedByViews(ReleasedSchema release) throws Exception {
        try (var connection = database.getConnection()) {
            return whats(release.refusedByViews(ReleasedSchema.read(connection), connection));
        }
    }

    @Test
    void aViewThatTakesNoRowsDoesNot() throws Exception {
        var breaks = breaks("RENAME TABLE pets TO animals", "CREATE VIEW pets AS SELECT DISTINCT * FROM animals");
        assertEquals(List.of("pets is a view that cannot be written to"), whats(breaks));
    }

    @Test
    void theColumnsOfAViewAreReliedOn() throws Exception {
        SqlRunner.execute(database, "CREATE VIEW names AS SELECT id, name, COUNT(*) AS n FROM users GROUP BY id, name");
        var breaks = breaks("CREATE OR REPLACE VIEW names AS SELECT id, name FROM users");
        assertEquals(List.of("the column names.n is gone"), whats(breaks));
    }

    @Test
    void aLostIdOfTheServerIsLoud() throws Exception {
        SqlRunner.execute(database, "DROP TABLE pets");
        var breaks = breaks("ALTER TABLE users MODIFY id INT NOT NULL");
        assertEquals(List.of("the column users.id has lost AUTO_INCREMENT"), whats(breaks));
        assertEquals(List.of(false), breaks.stream().map(Break::isSilent).toList());
    }

    @Test
    void whatIsSilentComesFirst() throws Exception {
        var breaks =
                breaks("ALTER TABLE users DROP COLUMN age, DROP CONSTRAINT ck_users_age, DROP INDEX uk_users_email");
        assertEquals(List.of(true, false), breaks.stream().map(Break::isSilent).toList());
    }

    @Test
    void theStepsNameWhatToDo() throws Exception {
        var steps = breaks("ALTER TABLE users DROP COLUMN nick").getFirst().steps();
        assertEquals(
                "Keep it, nullable or with a default, and add the new one beside it if it was renamed; release classes that"
                        + " do without nick, by <type>users.nick = none</type>; DROP COLUMN nick in a changeset after that"
                        + " release.",
                steps);
    }

    @Test
    void theTextHasALineForEachPart() throws Exception {
        var lines =
                ReleasedSchema.parse("a.release", read().text()).text().lines().toList();
        for (var line : List.of(
                "table users",
                "  column id int auto_increment",
                "  column name varchar(50) charset utf8mb4 compared ai_ci",
                "  column state enum('new','it''s','old') default charset utf8mb4 compared ai_ci",
                "  column age int unsigned null",
                "  column data json null",
                "  column seen datetime(6) default on_update",
                "  unique PRIMARY (id)",
                "  unique uk_users_email (email)",
                "  check ck_users_age",
                "  foreign key fk_pets_owner (owner_id) references users (id) on delete restrict on update restrict")) {
            assertTrue(lines.contains(line), () -> line + " is not in " + lines);
        }
    }

    @Test
    void anyNamesAreReadAgain() throws Exception {
        SqlRunner.execute(
                database,
                "CREATE TABLE `odd, ``table` (`a (1)` INT, `grün` ENUM('a\\\\b', 'c)\\nd', 'e charset f') NOT NULL, PRIMARY"
                        + " KEY (`a (1)`))");
        var text = read().text();
        assertEquals(text, ReleasedSchema.parse("a.release", text).text());
        assertEquals(List.of(), breaks("DO 1"));
    }

    @Test
    void aFileThatIsNoneNamesTheLine() {
        var failure = assertThrows(
                IllegalArgumentException.class,
                () -> ReleasedSchema.parse("db/a.release", "server MySQL\ntable users\n<<<<<<< HEAD\n"));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("Line 3 of db/a.release is not"), failure::toString);
        assertThrows(IllegalArgumentException.class, () -> ReleasedSchema.parse("db/a.release", "# nothing"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ReleasedSchema.parse("db/a.release", "server MySQL\ntable users\ntable users\nend\n"));
    }

    @Test
    void aFileThatIsCutOffIsNoRelease() throws Exception {
        var text = read().text();
        var tables = text.substring(0, text.lastIndexOf("\ntable "));
        var failure = assertThrows(IllegalArgumentException.class, () -> ReleasedSchema.parse("db/a.release", tables));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("The end of db/a.release is not"), failure::toString);
        assertThrows(
                IllegalArgumentException.class,
                () -> ReleasedSchema.parse("db/a.release", text + "table more\n"),
                "as after a bad merge");
    }

    @Test
    void aTableWhoseNameGetsAnotherCaseIsGoneOnAServerThatTellsThemApart() throws Exception {
        var isCaseSensitive = SqlRunner.query(database, "SELECT @@lower_case_table_names")
                .getFirst()
                .equals("0");
        var gone = breaks("RENAME TABLE pets TO Pets");
        assertEquals(isCaseSensitive ? 1 : 0, gone.size(), gone::toString);
    }

    @Test
    void aFileOfTheOtherProductNamesItsChecksItsOwnWay() throws Exception {
        SqlRunner.execute(database, "CREATE TABLE aged (age INT CHECK (age > 0), CHECK (age < 9))");
        var other = read().text().replaceAll("server \\w+", "server Other").replaceAll("\n  check (?!ck_).*", "");
        assertEquals(List.of(), ReleasedSchema.parse("a.release", other).breaks(read()));
    }

    private void assertBreak(boolean isSilent, String expected, String sql) throws Exception {
        var breaks = breaks(sql.replaceFirst("(?<=DROP COLUMN age)$", ", DROP CONSTRAINT ck_users_age"));
        assertEquals(1, breaks.size(), breaks::toString);
        assertTrue(breaks.getFirst().what().contains(expected), breaks::toString);
        assertEquals(isSilent, breaks.getFirst().isSilent(), breaks::toString);
    }

    /** Returns what the statements break of the schema, as it was written to a file before. */
    private List<Break> breaks(String... statements) throws Exception {
        var release = ReleasedSchema.parse("a.release", read().text());
        SqlRunner.execute(database, statements);
        return release.breaks(read());
    }

    private ReleasedSchema read() throws Exception {
        try (var connection = database.getConnection()) {
            return ReleasedSchema.read(connection);
        }
    }

    private static List<String> whats(List<Break> breaks) {
        return breaks.stream().map(Break::what).toList();
    }
}
