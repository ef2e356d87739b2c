package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applies and rolls back the changelogs of the example shop, which this module contains. */
@ExtendWith(EmptyDatabaseExtension.class)
class ChangelogTest {

    /** The files that the master includes; each is also a changelog of its own. */
    private static final List<String> FILES = Stream.of(
                    "001-users", "002-user-profiles", "003-orders", "004-roles", "005-user-totals")
            .map(name -> "rowan/changelog/" + name + ".sql")
            .toList();

    private DataSource database;
    private Migrator migrator;

    @BeforeEach
    void open(DataSource fresh) {
        database = fresh;
        migrator = Migrator.of(fresh, "rowan/changelog/master.yaml");
    }

    @Test
    void updateCreatesTheWholeSchema() throws SQLException {
        var applied = migrator.update();

        assertEquals(
                List.of("users", "user-profiles", "orders", "order-items", "roles", "user-roles", "user-totals"),
                applied.stream().map(Changeset::id).toList());
        assertEquals(
                Set.of("users", "orders", "order_items", "roles", "user_roles", "user_totals"),
                SqlRunner.schema(database).keySet());
    }

    @Test
    void updateIsIdempotent() throws SQLException {
        migrator.update();
        var schema = SqlRunner.schema(database);
        var history = SqlRunner.query(database, "SELECT * FROM DATABASECHANGELOG ORDER BY orderexecuted");

        assertEquals(List.of(), migrator.update());
        assertEquals(schema, SqlRunner.schema(database));
        assertEquals(history, SqlRunner.query(database, "SELECT * FROM DATABASECHANGELOG ORDER BY orderexecuted"));
    }

    @Test
    void rollbackAllLeavesOnlyLiquibasesOwnTables() throws SQLException {
        migrator.update();

        assertEquals(7, migrator.rollbackAll().size());
        assertEquals(Map.of(), SqlRunner.schema(database));
        assertEquals(List.of(), SqlRunner.query(database, "SELECT * FROM DATABASECHANGELOG"));
    }

    @Test
    void updateAfterRollbackAllCreatesTheSameSchema() throws SQLException {
        migrator.update();
        var first = SqlRunner.schema(database);
        migrator.rollbackAll();
        migrator.update();

        assertEquals(first, SqlRunner.schema(database));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void eachRollbackRestoresTheSchemaBefore(int number) throws SQLException {
        for (var earlier : FILES.subList(0, number)) {
            Migrator.of(database, earlier).update();
        }
        var before = SqlRunner.schema(database);
        var file = Migrator.of(database, FILES.get(number));
        var applied = file.update();
        file.rollback(applied.size());

        assertEquals(before, SqlRunner.schema(database));
    }

    @Test
    void theTutorialsStatementsRun() throws SQLException {
        migrator.update();
        SqlRunner.execute(database, "INSERT INTO users (name, age) VALUES ('John Doe', 30)");
        assertEquals(List.of("1 John Doe 30"), SqlRunner.query(database, "SELECT id, name, age FROM users"));

        SqlRunner.execute(database, "UPDATE users SET age = 31 WHERE users.id = 1");
        assertEquals(
                List.of("1 John Doe 31"), SqlRunner.query(database, "SELECT id, name, age FROM users WHERE age > 30"));

        SqlRunner.execute(database, "DELETE FROM users WHERE users.id = 1");
        assertEquals(List.of(), SqlRunner.query(database, "SELECT id, name, age FROM users"));
    }

    @Test
    void theViewCountsAndSumsTheOrdersOfEachUser() throws SQLException {
        migrator.update();
        SqlRunner.execute(
                database,
                "INSERT INTO users (name, email) VALUES ('Ann', 'ann@example.org'), ('Bob', NULL)",
                "INSERT INTO orders (user_id, total) VALUES (1, 10.50), (1, 2.25)");

        assertEquals(
                List.of("1 2 12.75", "2 0 null"),
                SqlRunner.query(database, "SELECT user_id, order_count, total FROM user_totals ORDER BY user_id"));
        assertEquals(
                List.of("example.org", "null"),
                SqlRunner.query(database, "SELECT email_domain FROM users ORDER BY id"));
    }
}
