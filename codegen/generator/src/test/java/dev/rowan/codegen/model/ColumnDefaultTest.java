package dev.rowan.codegen.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Normalization of defaults as MySQL and MariaDB report them. */
final class ColumnDefaultTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", quoteCharacter = '"', textBlock = """
                    -,                      -,                 NULL,                 -
                    -,                      -,                 -,                    -
                    7,                      -,                 7,                    7
                    -1.50,                  -,                 -1.50,                -1.50
                    it's,                   -,                 'it''s',              it's
                    NULL,                   -,                 'NULL',               NULL
                    b'101',                 -,                 b'101',               b'101'
                    CURRENT_TIMESTAMP,      DEFAULT_GENERATED, current_timestamp(),  CURRENT_TIMESTAMP
                    CURRENT_TIMESTAMP(6),   DEFAULT_GENERATED, current_timestamp(6), CURRENT_TIMESTAMP(6)
                    _utf8mb4\\'{}\\',   DEFAULT_GENERATED, '{}',                 {}
                    uuid(),                 DEFAULT_GENERATED, uuid(),               expression
                    (1 + `a`),              DEFAULT_GENERATED, 1 + `a`,              expression
                    """)
    void bothNotationsYieldTheSameDefault(
            @Nullable String mySql, @Nullable String extra, @Nullable String mariaDb, @Nullable String expected) {
        String normal = "expression".equals(expected) ? ColumnDefault.EXPRESSION : expected;

        assertEquals(normal, ColumnDefault.ofMySql(mySql, extra == null ? "" : extra));
        assertEquals(normal, ColumnDefault.ofMariaDb(mariaDb));
    }
}
