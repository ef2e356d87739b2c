package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.junit.testing.SqlRunner;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangelogContextsTest {

    private static final String SHOP = "shop/contexts.sql";
    private static final String NAMES = "SELECT name FROM customers";

    @RegisterExtension
    static final TestDatabase WITHOUT = TestDatabase.of(SHOP);

    @RegisterExtension
    static final TestDatabase WITH = TestDatabase.of(SHOP).withContexts("test").withParameters(Map.of("name", "Ann"));

    @Test
    void aTestDatabaseHasTheChangesetsOfItsContexts() throws SQLException {
        assertEquals(List.of(), SqlRunner.query(WITHOUT.dataSource(), NAMES));
        assertEquals(List.of("Ann"), SqlRunner.query(WITH.dataSource(), NAMES));
    }
}
