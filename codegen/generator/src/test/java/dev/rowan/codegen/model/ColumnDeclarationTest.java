package dev.rowan.codegen.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Normalization of declarations as MySQL and MariaDB report them. */
final class ColumnDeclarationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int(11)                       | int
            int(10) unsigned              | int unsigned
            tinyint(4)                    | tinyint
            tinyint(1)                    | tinyint(1)
            tinyint(1) unsigned           | tinyint unsigned
            mediumint(8) unsigned zerofill| mediumint unsigned zerofill
            year(4)                       | year
            geomcollection                | geometrycollection
            point                         | point
            decimal(12,3)                 | decimal(12,3)
            datetime(6)                   | datetime(6)
            varchar(9) /*M!100301 COMPRESSED*/| varchar(9)
            "enum('int(4)','year(4)')"    | "enum('int(4)','year(4)')"
            """)
    void bothServersYieldTheSameType(String reported, String declared) {
        assertEquals(declared, ColumnDeclaration.ofView(reported));
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_uca1400_nopad_ai_ci, utf8mb4_0900_ai_ci",
        "utf8mb4_uca1400_nopad_as_cs, utf8mb4_0900_as_cs",
        "utf8mb4_0900_ai_ci, utf8mb4_0900_ai_ci",
        "utf8mb4_uca1400_ai_ci, utf8mb4_uca1400_ai_ci",
        "utf8_general_ci, utf8mb3_general_ci",
        "latin1_swedish_ci, latin1_swedish_ci"
    })
    void bothServersYieldTheSameCollation(String reported, String declared) {
        assertEquals("text collate " + declared, ColumnDeclaration.ofTable("text", reported, true, false, ""));
    }

    @Test
    void bytesHaveNoCollation() {
        assertEquals("enum('a')", ColumnDeclaration.ofTable("enum('a')", "binary", true, false, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, '', int",
        "true, true, '', int default",
        "false, false, '', int not null",
        "false, true, DEFAULT_GENERATED on update CURRENT_TIMESTAMP, int not null default",
        "false, false, auto_increment, int not null auto_increment",
        "true, false, STORED GENERATED, int generated",
        "true, false, VIRTUAL GENERATED INVISIBLE, int generated"
    })
    void theSourceOfTheValueIsOneWord(boolean nullable, boolean hasDefault, String extra, String declared) {
        assertEquals(declared, ColumnDeclaration.ofTable("int(11)", null, nullable, hasDefault, extra));
    }
}
