package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            START TRANSACTION                          | BEGIN
            start transaction read only                | BEGIN
            Begin Work;                                | BEGIN
            /* a note */ -- and one more               | WORK
            "/* a note */ COMMIT ; "                   | COMMIT
            commit work                                | COMMIT
            COMMIT AND CHAIN                           | END
            ROLLBACK                                   | ROLLBACK
            ROLLBACK RELEASE                           | END
            rollback to savepoint a                    | SAVEPOINT
            ROLLBACK WORK TO a                         | SAVEPOINT
            SAVEPOINT a                                | SAVEPOINT
            RELEASE SAVEPOINT a                        | SAVEPOINT
            SET autocommit = 0                         | AUTOCOMMIT_OFF
            set session autocommit=off                 | AUTOCOMMIT_OFF
            SET @@session.autocommit := 1              | AUTOCOMMIT_ON
            SET TRANSACTION READ ONLY                  | DESCRIBE
            SET SESSION TRANSACTION READ ONLY          | WORK
            CREATE TABLE t (id INT)                    | END
            create or replace view v as select 1       | END
            CREATE TEMPORARY TABLE t (id INT)          | WORK
            DROP TABLE t                               | END
            DROP TEMPORARY TABLE t                     | WORK
            TRUNCATE t                                 | END
            LOCK TABLES t READ                         | END
            SELECT 'COMMIT'                            | WORK
            INSERT INTO t SELECT 1                     | WORK
            "(SELECT 1)"                               | WORK
            """)
    void aTextIsReadByItsFirstWords(String text, Command command) {
        assertEquals(command, Command.of(text));
    }
}
