package dev.rowan.junit.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionEffectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            START TRANSACTION                          | BEGIN
            start transaction read only                | BEGIN
            Begin Work;                                | BEGIN
            /* a note */ -- and one more               | NONE
            "/* a note */ COMMIT ; "                   | COMMIT
            commit work                                | COMMIT
            COMMIT AND CHAIN                           | UNEMULATED_END
            ROLLBACK                                   | ROLLBACK
            ROLLBACK RELEASE                           | UNEMULATED_END
            rollback to savepoint a                    | SAVEPOINT
            ROLLBACK WORK TO a                         | SAVEPOINT
            SAVEPOINT a                                | SAVEPOINT
            RELEASE SAVEPOINT a                        | SAVEPOINT
            SET autocommit = 0                         | AUTOCOMMIT_OFF
            set session autocommit=off                 | AUTOCOMMIT_OFF
            SET @@session.autocommit := 1              | AUTOCOMMIT_ON
            SET TRANSACTION READ ONLY                  | SET_TRANSACTION
            SET SESSION TRANSACTION READ ONLY          | NONE
            CREATE TABLE t (id INT)                    | UNEMULATED_END
            create or replace view v as select 1       | UNEMULATED_END
            CREATE TEMPORARY TABLE t (id INT)          | NONE
            DROP TABLE t                               | UNEMULATED_END
            DROP TEMPORARY TABLE t                     | NONE
            TRUNCATE t                                 | UNEMULATED_END
            LOCK TABLES t READ                         | UNEMULATED_END
            SELECT 'COMMIT'                            | NONE
            INSERT INTO t SELECT 1                     | NONE
            "(SELECT 1)"                               | NONE
            """)
    void aStatementIsClassifiedByItsFirstWords(String sql, TransactionEffect effect) {
        assertEquals(effect, TransactionEffect.of(sql));
    }
}
