package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.junit.testing.SqlRunner;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestoringTest {

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").restoring();

    /** Written before the test, and after the rows were restored. */
    private final List<String> founder = addFounder();

    /** Each repetition finds the same rows and changes them. */
    @RepeatedTest(3)
    void eachTestBeginsWithTheRowsAndCountersOfTheChangelog() throws SQLException {
        var shop = DB.dataSource();

        assertEquals(List.of("3"), founder);
        SqlRunner.execute(shop, "DELETE FROM customers WHERE id = 3", "DELETE FROM diary");
        assertEquals(
                List.of("1 the house THE HOUSE", "2 the keeper THE KEEPER"),
                SqlRunner.query(shop, "SELECT id, name, upper_name FROM customers ORDER BY id"));
        assertEquals(
                List.of("0 none", "100 {fruit}"), SqlRunner.query(shop, "SELECT id, name FROM aisles ORDER BY id"));
        assertEquals(List.of(), SqlRunner.query(shop, "SELECT entry FROM diary"));

        SqlRunner.execute(
                shop,
                "INSERT INTO customers (name, mentor) VALUES ('Ann', 1)",
                "INSERT INTO aisles (name) VALUES ('fish')",
                "UPDATE aisles SET keeper = NULL, name = 'changed' WHERE id = 100",
                "DELETE FROM customers WHERE id = 2");
        assertEquals(List.of("1", "4"), SqlRunner.query(shop, "SELECT id FROM customers ORDER BY id"));
        assertEquals(List.of("0", "100", "102"), SqlRunner.query(shop, "SELECT id FROM aisles ORDER BY id"));
        assertEquals(
                List.of("+Ann", "-the keeper"), SqlRunner.query(shop, "SELECT entry FROM diary ORDER BY entry DESC"));
    }

    private static List<String> addFounder() {
        try {
            SqlRunner.execute(DB.dataSource(), "INSERT INTO customers (name) VALUES ('the founder')");
            return SqlRunner.query(DB.dataSource(), "SELECT id FROM customers WHERE name = 'the founder'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
