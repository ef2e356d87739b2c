package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The privileges that the docs name for migrating, and no more. */
@ExtendWith(EmptyDatabaseExtension.class)
class PrivilegesTest {

    private static final String TABLES = """
            --liquibase formatted sql
            --changeset ann:tables
            CREATE TABLE owners (id INT PRIMARY KEY);
            CREATE TABLE cats (id INT PRIMARY KEY, owner_id INT, FOREIGN KEY (owner_id) REFERENCES owners (id));
            ALTER TABLE cats ADD name VARCHAR(50);
            CREATE INDEX ix_name ON cats (name);
            INSERT INTO owners VALUES (1);
            --rollback DROP TABLE cats;
            --rollback DROP TABLE owners;
            """;
    private static final String PRIVILEGES = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES";

    private final String migrating = "migrates_" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    private DataSource admin;

    @BeforeEach
    void createUser(DataSource fresh) throws SQLException {
        admin = fresh;
        SqlRunner.execute(admin, "CREATE USER " + migrating + " IDENTIFIED BY 'migrates'");
    }

    @AfterEach
    void dropUser() throws SQLException {
        SqlRunner.execute(admin, "DROP USER " + migrating);
    }

    @Test
    void theDocumentedPrivilegesMigrateAndRollBack() throws Exception {
        grant(PRIVILEGES);

        assertEquals(1, migrator(TABLES).update().size());
        assertEquals(List.of(), migrator(TABLES).pending());
        assertEquals(1, migrator(TABLES).rollback(1).size());
    }

    @Test
    void aMissingPrivilegeIsNamedWithTheTable() throws Exception {
        grant(PRIVILEGES.replace(", INDEX", ""));

        assertMessageContains(
                assertThrows(MigrationException.class, () -> migrator(TABLES).update()),
                "ann:tables",
                "INDEX command denied",
                "cats");
    }

    @Test
    void viewsAndTriggersNeedPrivilegesOfTheirOwn() throws Exception {
        var views = TABLES + """
                --changeset ann:view
                CREATE VIEW names AS SELECT name FROM cats;
                """;
        grant(PRIVILEGES);
        assertMessageContains(
                assertThrows(MigrationException.class, () -> migrator(views).update()),
                "ann:view",
                "CREATE VIEW command denied",
                "names");

        grant("CREATE VIEW");
        assertEquals(1, migrator(views).update().size());
    }

    @Test
    void aUserThatMayOnlyReadComparesASchemaWithItsChangelog(DataSource changelog) throws Exception {
        migrator(TABLES, admin).update();
        Migrator.of(changelog, "log.sql", files()).update();
        SqlRunner.execute(admin, "ALTER TABLE cats ADD age INT");
        grant("SELECT, SHOW VIEW, TRIGGER, EVENT");

        var diff = SchemaDiff.between(changelog, own());

        assertEquals(List.of("cats: the column age is not in the changelog."), diff.differences());
        assertEquals(1, diff.notes().size(), diff::toString);
        assertMessageContains(new Exception(diff.notes().getFirst()), "each routine that this user may not see");
    }

    private void grant(String privileges) throws SQLException {
        var database = SqlRunner.query(admin, "SELECT DATABASE()").getFirst();
        SqlRunner.execute(admin, "GRANT " + privileges + " ON `" + database + "`.* TO " + migrating);
    }

    private Migrator migrator(String changelog) throws Exception {
        return migrator(changelog, own());
    }

    private Migrator migrator(String changelog, DataSource target) throws Exception {
        Files.writeString(folder.resolve("log.sql"), changelog);
        return Migrator.of(target, "log.sql", files());
    }

    private ClassLoader files() throws Exception {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }

    /** Returns the database for the user of the test. */
    private DataSource own() {
        return UnpooledDataSource.of(((MysqlDataSource) admin).getUrl(), migrating, "migrates");
    }
}
