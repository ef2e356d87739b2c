package dev.rowan.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL as traces show it. */
class QueryTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select `a1` from `t` where `b` = ? | select `a1` from `t` where `b` = ?",
                "select 'it''s', \"x\", 'a\\'b', 4.5e3, x'ff' | select ?, x?",
                "where id in (?, ?, ?, ?) and a = -5 | where id in (?) and a = -?",
                "insert into `t` (`a`, `b`) values (?, ?), (?, 2), ('x', ?) | insert into `t` (`a`, `b`) values (?)",
                "where id in (1,2,3) and a in ( 4 , 5 ,6) | where id in (?) and a in ( ?)",
                "insert into t values (1,2),(3,4) , (5,6) | insert into t values (?)",
                "/* checkout */ select 1 -- a comment | select ?",
                "select a1, _b2 from t3 # a comment | select a1, _b2 from t3",
                "select 'no end | select ?",
                "select /* no end | select",
                "select `it``s 1` | select `it``s 1`"
            })
    void eachValueAndEachListIsAQuestionMark(String sql, String shown) {
        assertEquals(shown, QueryText.withoutValues(sql));
    }

    /** Else the quote in the comment would begin a literal, and end before the value. */
    @Test
    void aCommentMayBeginWithATab() {
        assertEquals(
                "select id \n from users where email = ?",
                QueryText.withoutValues("select id --\tdon't\n from users where email = 'ann'"));
    }

    @Test
    void aLongTextIsShortened() {
        var shown = QueryText.withoutValues("select " + "`column`, ".repeat(1_000) + "1");

        assertEquals('…', shown.charAt(shown.length() - 1));
        assertEquals(2_000, shown.length(), 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1 | SELECT",
                "/* checkout */ (SELECT 1) | SELECT",
                "load data local infile | LOAD DATA",
                "START TRANSACTION READ ONLY | START TRANSACTION",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE | SET TRANSACTION",
                "set @a = 1 | SET",
                "ROLLBACK | ROLLBACK",
                "ROLLBACK TO SAVEPOINT rowan_1 | ROLLBACK TO SAVEPOINT",
                "/* checkout */ SAVEPOINT rowan_1 | SAVEPOINT",
                "4711 | OTHER",
                "secret word | OTHER"
            })
    void anOperationIsOneOfFewWords(String sql, String operation) {
        assertEquals(operation, QueryText.operation(sql));
    }
}
