package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmptyDatabaseExtension.class)
class TableHistoryTest {

    @TempDir
    private Path folder;

    @Test
    void aTableHasTheChangesetsThatMadeAndAlteredIt(DataSource database) throws Exception {
        var history = history(database, """
                --changeset ann:users
                CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20));
                --changeset ann:orders
                CREATE TABLE orders (id INT PRIMARY KEY, user_id INT NOT NULL, FOREIGN KEY (user_id) REFERENCES users (id));
                --changeset bob:rows
                INSERT INTO users (name) VALUES ('users'), ('orders');
                --changeset bob:index
                CREATE INDEX ix_users_name ON users (name);
                ALTER TABLE orders COMMENT 'Of users';
                """);

        assertEquals(Map.of("users", List.of("users", "index"), "orders", List.of("orders", "index")), history);
    }

    @Test
    void dynamicSqlAndProceduresShapeTablesToo(DataSource database) throws Exception {
        var history = history(database, """
                --changeset ann:made
                CREATE TABLE users (id INT PRIMARY KEY);
                --changeset ann:procedure
                CREATE PROCEDURE grow() ALTER TABLE users ADD COLUMN name VARCHAR(20);
                --changeset ann:called
                CALL grow();
                --changeset ann:prepared splitStatements:true
                SET @ddl = CONCAT('CREATE TABLE us', 'ages (id INT PRIMARY KEY)');
                PREPARE made FROM @ddl;
                EXECUTE made;
                """);

        assertEquals(Map.of("users", List.of("made", "called"), "usages", List.of("prepared")), history);
    }

    @Test
    void aTableKeepsItsChangesetsWhenItIsRenamed(DataSource database) throws Exception {
        var history = history(database, """
                --changeset ann:made
                CREATE TABLE people (id INT PRIMARY KEY, boss INT, FOREIGN KEY (boss) REFERENCES people (id));
                --changeset ann:renamed
                RENAME TABLE people TO users;
                """);

        assertEquals(Map.of("users", List.of("made", "renamed")), history);
    }

    @Test
    void aTableThatWasDroppedAndMadeAgainBeginsAnew(DataSource database) throws Exception {
        var history = history(database, """
                --changeset ann:1
                CREATE TABLE users (id INT PRIMARY KEY);
                CREATE TABLE gone (id INT PRIMARY KEY);
                --changeset ann:2
                DROP TABLE users, gone;
                --changeset ann:3
                CREATE TABLE users (id INT PRIMARY KEY);
                CREATE VIEW ids AS SELECT id FROM users;
                """);

        assertEquals(Map.of("users", List.of("3"), "ids", List.of("3")), history);
    }

    @Test
    void aViewMayBeBrokenBetweenTwoChangesets(DataSource database) throws Exception {
        var history = history(database, """
                --changeset ann:made
                CREATE TABLE users (id INT PRIMARY KEY);
                CREATE VIEW ids AS SELECT id FROM users;
                --changeset ann:gone
                DROP TABLE users;
                --changeset ann:again
                CREATE TABLE users (id INT PRIMARY KEY);
                """);

        assertEquals(Map.of("users", List.of("again"), "ids", List.of("made")), history);
    }

    @Test
    void whatAChangesetSetsInItsSessionShapesNothing(DataSource database) throws Exception {
        var history = history(database, """
                --changeset ann:made
                CREATE TABLE users (id INT PRIMARY KEY);
                --changeset ann:mode
                SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES');
                --changeset ann:temporary
                CREATE TEMPORARY TABLE users (other INT);
                """);

        assertEquals(Map.of("users", List.of("made")), history);
    }

    private Map<String, List<String>> history(DataSource database, String changesets) throws Exception {
        var files = new ChangelogFiles(folder).with("log.sql", "--liquibase formatted sql\n" + changesets);
        var history = Migrator.of(database, "log.sql", files.classLoader()).updateWithHistory();
        var ids = new TreeMap<String, List<String>>();
        history.tables()
                .forEach((table, steps) ->
                        ids.put(table, steps.stream().map(Changeset::id).toList()));
        return ids;
    }
}
