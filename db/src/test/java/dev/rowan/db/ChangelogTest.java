package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Rowan's own changelogs, up and down. */
@ExtendWith(FreshDatabase.class)
class ChangelogTest {

    /** Each is a changelog by itself, under the name by which the master includes it. */
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
    void updateMakesTheWholeSchema() throws SQLException {
        var applied = migrator.update();

        assertEquals(
                List.of("users", "user-profiles", "orders", "order-items", "roles", "user-roles", "user-totals"),
                applied.stream().map(Changeset::id).toList());
        assertEquals(
                Set.of("users", "orders", "order_items", "roles", "user_roles", "user_totals"),
                Sql.schema(database).keySet());
    }

    @Test
    void theSecondUpdateChangesNothing() throws SQLException {
        migrator.update();
        var schema = Sql.schema(database);
        var history = Sql.query(database, "SELECT * FROM DATABASECHANGELOG ORDER BY orderexecuted");

        assertEquals(List.of(), migrator.update());
        assertEquals(schema, Sql.schema(database));
        assertEquals(history, Sql.query(database, "SELECT * FROM DATABASECHANGELOG ORDER BY orderexecuted"));
    }

    @Test
    void rollbackAllLeavesOnlyLiquibasesOwnTables() throws SQLException {
        migrator.update();

        assertEquals(7, migrator.rollbackAll().size());
        assertEquals(Map.of(), Sql.schema(database));
        assertEquals(List.of(), Sql.query(database, "SELECT * FROM DATABASECHANGELOG"));
    }

    @Test
    void updateAfterRollbackAllMakesTheSameSchema() throws SQLException {
        migrator.update();
        var first = Sql.schema(database);
        migrator.rollbackAll();
        migrator.update();

        assertEquals(first, Sql.schema(database));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void eachRollbackRestoresTheSchemaBefore(int number) throws SQLException {
        for (var earlier : FILES.subList(0, number)) {
            Migrator.of(database, earlier).update();
        }
        var before = Sql.schema(database);
        var file = Migrator.of(database, FILES.get(number));
        var applied = file.update();
        file.rollback(applied.size());

        assertEquals(before, Sql.schema(database));
    }

    @Test
    void theTutorialsStatementsRun() throws SQLException {
        migrator.update();
        Sql.execute(database, "INSERT INTO users (name, age) VALUES ('John Doe', 30)");
        assertEquals(List.of("1 John Doe 30"), Sql.query(database, "SELECT id, name, age FROM users"));

        Sql.execute(database, "UPDATE users SET age = 31 WHERE users.id = 1");
        assertEquals(List.of("1 John Doe 31"), Sql.query(database, "SELECT id, name, age FROM users WHERE age > 30"));

        Sql.execute(database, "DELETE FROM users WHERE users.id = 1");
        assertEquals(List.of(), Sql.query(database, "SELECT id, name, age FROM users"));
    }

    @Test
    void theViewCountsAndSumsTheOrdersOfEachUser() throws SQLException {
        migrator.update();
        Sql.execute(
                database,
                "INSERT INTO users (name, email) VALUES ('Ann', 'ann@example.org'), ('Bob', NULL)",
                "INSERT INTO orders (user_id, total) VALUES (1, 10.50), (1, 2.25)");

        assertEquals(
                List.of("1 2 12.75", "2 0 null"),
                Sql.query(database, "SELECT user_id, order_count, total FROM user_totals ORDER BY user_id"));
        assertEquals(List.of("example.org", "null"), Sql.query(database, "SELECT email_domain FROM users ORDER BY id"));
    }
}
