package dev.rowan.db.internal.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Duplicate entry '1' for key 'a.PRIMARY' | INSERT INTO a VALUES (1)",
                "Can't DROP 'x'; check that column/key exists | ALTER TABLE a DROP x",
                "Unknown column 'x' in 'a' | ALTER TABLE a DROP x",
                "Table 'shop.a' doesn't exist | SELECT 1 FROM a",
            })
    void namesOfTheStatementAndKeysAreShown(String message, String sql) {
        assertEquals(message, shown(message, sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Duplicate entry 'secret' for key 'k' | Duplicate entry '…' for key 'k'",
                "Duplicate entry 'name's secret' for key 'k' | Duplicate entry '…' for key 'k'",
                "Incorrect integer value: 'it's' for column 'name' at row 1 | Incorrect integer value: '…' for column 'name' at row 1",
                "Incorrect value 'secret' | Incorrect value '…'",
            })
    void valuesAreNot(String message, String expected) {
        assertEquals(expected, shown(message, "UPDATE people SET name = age"));
    }

    private static String shown(String message, String sql) {
        return new ServerText(new SQLException(message, "23000", 1), sql).withoutValues();
    }
}
