package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmptyDatabaseExtension.class)
class SchemaDiffTest {

    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE users (
              id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              name VARCHAR(50) NOT NULL,
              email VARCHAR(100),
              age INT,
              UNIQUE KEY uk_users_email (email),
              CONSTRAINT ck_users_age CHECK (age >= 0)
            )
            """,
            """
            CREATE TABLE orders (
              id INT NOT NULL PRIMARY KEY,
              user_id INT NOT NULL,
              note TEXT,
              CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)
            )
            """,
            "CREATE VIEW adults AS SELECT id, name FROM users WHERE age >= 18",
            "CREATE TRIGGER touch BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = COALESCE(NEW.note, '')");

    @TempDir
    private Path folder;

    private DataSource changelog;
    private DataSource database;

    @BeforeEach
    void createTheSameSchemaTwice(DataSource first, DataSource second) throws Exception {
        changelog = first;
        database = second;
        for (var sql : SCHEMA) {
            SqlRunner.execute(changelog, sql);
            SqlRunner.execute(database, sql);
        }
    }

    @Test
    void equalSchemasHaveNoDifference() throws Exception {
        SqlRunner.execute(database, "INSERT INTO users (name) VALUES ('Ann'), ('Bob')"); // counts the keys on
        assertEquals(List.of(), differences());
    }

    @Test
    void theTablesOfLiquibaseAreNoDifference() throws Exception {
        update(database, "--liquibase formatted sql\n--changeset ann:1\nDO 1;\n");
        assertEquals(List.of(), differences());
    }

    @Test
    void eachDifferenceIsNamed() throws Exception {
        apply(
                "ALTER TABLE users MODIFY age BIGINT, DROP COLUMN email, ADD COLUMN phone VARCHAR(20) AFTER name",
                "ALTER TABLE users ADD INDEX ix_users_name (name)",
                "ALTER TABLE orders DROP FOREIGN KEY fk_orders_user",
                "CREATE TABLE audit (id INT PRIMARY KEY)",
                "CREATE OR REPLACE VIEW adults AS SELECT id, name FROM users WHERE age >= 21",
                "DROP TRIGGER touch");

        var differences = differences();
        assertNamed(differences, "users: the column age is int", "bigint");
        assertNamed(differences, "users: the column email is missing in the database.");
        assertNamed(differences, "users: the column phone is not in the changelog.");
        assertNamed(differences, "users: the index uk_users_email is missing in the database.");
        assertNamed(differences, "users: the index ix_users_name is not in the changelog.");
        assertNamed(differences, "orders: the foreign key fk_orders_user is missing in the database.");
        assertNamed(differences, "The table audit is not in the changelog.");
        assertNamed(differences, "The view adults differs between the changelog and the database.");
        assertNamed(differences, "The trigger touch is missing in the database.");
        assertEquals(9, differences.size(), differences::toString);
    }

    @Test
    void triggersThatRunInAnotherOrderAreADifference() throws Exception {
        var first = "CREATE TRIGGER first BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = 'first'";
        var last = "CREATE TRIGGER last BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = 'last'";
        SqlRunner.execute(changelog, first, last);
        apply(last, first);
        assertEquals(List.of("The triggers run in another order in the database: touch, last, first."), differences());
        update(changelog, SchemaDiff.between(changelog, database).sql());
        assertEquals(List.of(), differences());
    }

    @Test
    void theChangelogOfTheDifferencesMakesTheSchemaOfTheDatabase() throws Exception {
        apply(
                "ALTER TABLE users MODIFY age BIGINT, ADD COLUMN phone VARCHAR(20) AFTER name, ADD COLUMN no INT FIRST",
                "ALTER TABLE users DROP INDEX uk_users_email, ADD INDEX ix_users_name (name)",
                "ALTER TABLE users DROP CONSTRAINT ck_users_age, ADD CONSTRAINT ck_users_old CHECK (age < 150)",
                "ALTER TABLE users COMMENT 'Who orders'",
                "ALTER TABLE orders DROP FOREIGN KEY fk_orders_user",
                "ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)"
                        + " ON DELETE CASCADE",
                "CREATE TABLE audit (id INT PRIMARY KEY, order_id INT NOT NULL,"
                        + " CONSTRAINT fk_audit_order FOREIGN KEY (order_id) REFERENCES orders (id))",
                "CREATE OR REPLACE VIEW adults AS SELECT id, name FROM users WHERE age >= 21",
                "CREATE VIEW names AS SELECT name FROM users",
                "DROP TRIGGER touch",
                "CREATE TRIGGER touch BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = ''");

        var diff = SchemaDiff.between(changelog, database);
        update(changelog, diff.sql());

        assertEquals(List.of(), differences());
    }

    @Test
    void theTextOfATableWithAnotherCharacterSetIsADifference() throws Exception {
        var made = "CREATE TABLE words (id INT PRIMARY KEY, word VARCHAR(20) NOT NULL DEFAULT 'a ''b''',"
                + " kind ENUM('a', 'it''s)') , text TEXT, coded VARCHAR(9) CHARACTER SET ascii)";
        SqlRunner.execute(changelog, made + " DEFAULT CHARSET=utf8mb4");
        apply(made + " DEFAULT CHARSET=latin1 COLLATE=latin1_bin");

        assertNamed(differences(), "words: the column word is varchar(20) C", "latin1");
        update(changelog, SchemaDiff.between(changelog, database).sql());

        assertEquals(List.of(), differences());
        assertEquals(
                List.of("kind latin1_bin", "text latin1_bin", "word latin1_bin"),
                SqlRunner.query(
                        changelog,
                        "SELECT CONCAT(COLUMN_NAME, ' ', COLLATION_NAME) FROM information_schema.COLUMNS WHERE"
                                + " TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'words' AND CHARACTER_SET_NAME = 'latin1'"
                                + " ORDER BY COLUMN_NAME"));
    }

    @Test
    void whatWouldLoseDataIsACommentOfTheChangelog() throws Exception {
        apply("DROP TABLE orders", "ALTER TABLE users DROP COLUMN age");

        var sql = SchemaDiff.between(changelog, database).sql();
        assertTrue(sql.contains("\n-- In the changelog only: DROP TABLE `orders`;"), sql);
        assertTrue(sql.contains("\n-- In the changelog only: ALTER TABLE `users` DROP COLUMN `age`;"), sql);
    }

    @Test
    void columnsInAnotherOrderAreADifference() throws Exception {
        apply("ALTER TABLE users MODIFY age INT AFTER id");
        assertNamed(differences(), "users: its columns are in another order in the database.");
    }

    @Test
    void theServerForTheChangelogIsOfTheSameProduct() throws Exception {
        var version = SqlRunner.query(database, "SELECT VERSION()").getFirst();
        if (version.contains("MariaDB") && !version.endsWith("-MariaDB-rowan")) {
            var failure = assertThrows(MigrationException.class, () -> SchemaDiff.serverFor(database));
            assertMessageContains(failure, "-Drowan.reference=jdbc:mysql://");
        } else {
            assertEquals(version.contains("MariaDB") ? "embedded" : "docker", SchemaDiff.serverFor(database));
        }
    }

    private void update(DataSource target, String sql) throws Exception {
        var files = new ChangelogFiles(folder).with("log.sql", sql);
        Migrator.of(target, "log.sql", files.classLoader()).update();
    }

    private void apply(String... statements) throws Exception {
        for (var sql : statements) {
            SqlRunner.execute(database, sql);
        }
    }

    private List<String> differences() {
        return new ArrayList<>(SchemaDiff.between(changelog, database).differences());
    }

    private static void assertNamed(List<String> differences, String... parts) {
        assertTrue(
                differences.stream()
                        .anyMatch(difference -> List.of(parts).stream().allMatch(difference::contains)),
                () -> List.of(parts) + " is not in " + differences);
    }
}
