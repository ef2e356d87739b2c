package dev.rowan.internal.failure;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.junit.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnDeclarationTest {

    @RegisterExtension
    static final TestDatabase TYPES = TestDatabase.of("types/master.yaml");

    @Test
    void everyTypeOfTheServerEqualsThatOfTheClasses() {
        try (var database = Database.open(DatabaseOptions.of(TYPES.url(), TYPES.user(), TYPES.password()))) {
            assertDoesNotThrow(() -> database.check(dev.rowan.types.DefaultSchema.DEFAULT_SCHEMA));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            varchar(10)        | varchar(5)         | is varchar(5), which holds less than varchar(10)
            varchar(10)        | varchar(11)        |
            varchar(10)        | char(10)           | is char(10), not varchar(10)
            varbinary(10)      | varbinary(20)      |
            binary(3)          | binary(5)          | is binary(5), not binary(3)
            text               | longtext           |
            text               | tinytext           | is tinytext, which holds less than text
            mediumblob         | blob               | is blob, which holds less than mediumblob
            blob               | text               | is text, not blob
            int                | bigint             | is bigint, not int
            int                | int unsigned       | is int unsigned, not int
            mediumint          | int                | is int, not mediumint
            tinyint(1)         | tinyint            |
            tinyint(1)         | smallint           | is smallint, not tinyint(1)
            decimal(10,2)      | decimal(12,2)      |
            decimal(10,2)      | decimal(9,2)       | is decimal(9,2), which holds less than decimal(10,2)
            decimal(10,2)      | decimal(12,4)      | is decimal(12,4), not decimal(10,2)
            decimal(5,2)       | decimal(5,2) unsigned | is decimal(5,2) unsigned, not decimal(5,2)
            float              | double             | is double, not float
            datetime           | datetime(6)        |
            datetime(6)        | datetime           | is datetime, which holds less than datetime(6)
            datetime(6)        | timestamp(6)       | is timestamp(6), not datetime(6)
            time(3)            | time(2)            | is time(2), which holds less than time(3)
            bit(8)             | bit(16)            | is bit(16), not bit(8)
            enum('a','b')      | enum('a')          | has no 'b'
            enum('a','b')      | enum('a','b','c')  | has 'c', which the classes cannot read
            enum('a','b')      | enum('b','a')      | has its literals in another order, so that it sorts differently
            enum('a,b','it''s')| enum('a,b','it''s')|
            set('a','b')       | set('a','c')       | has 'c', which the classes cannot read; has no 'b'
            point              | geometry           | is geometry, not point
            json               | longtext           | is longtext, not json
            """)
    void aLiveTypeMayBeLargerButNotAnother(String declared, String live, @Nullable String differences) {
        var found = ColumnDeclaration.of(declared).differences(ColumnDeclaration.of(live));

        assertEquals(differences == null ? "" : differences, String.join("; ", found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            varchar(10)   | varchar(5)    |
            enum('a','b') | enum('a')     |
            enum('a')     | enum('a','b') | has 'b', which the classes cannot read
            json          | longtext      |
            int           | bigint        | is bigint, not int
            bigint        | int unsigned  |
            bigint        | year          |
            bigint        | varchar(5)    | is varchar(5), not bigint
            decimal(65,30) | decimal(34,2) |
            longtext      | json          |
            longtext      | enum('a')     |
            longtext      | datetime      | is datetime, not longtext
            datetime(6)   | datetime      |
            time(6)       | time          |
            time(6)       | timestamp     | is timestamp, not time(6)
            """)
    void aColumnOfAViewMayAlsoBeSmaller(String declared, String live, @Nullable String differences) {
        var found = ColumnDeclaration.of(declared).differencesInView(ColumnDeclaration.of(live));

        assertEquals(differences == null ? "" : differences, String.join("; ", found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            int(11)                        | int
            int(10) unsigned               | int unsigned
            tinyint(4)                     | tinyint
            tinyint(1)                     | tinyint(1)
            tinyint(1) unsigned            | tinyint unsigned
            mediumint(8) unsigned zerofill | mediumint unsigned zerofill
            year(4)                        | year
            geomcollection                 | geometrycollection
            varchar(9) /*M!100301 COMPRESSED*/ | varchar(9)
            enum('int(4)','year(4)')       | enum('int(4)','year(4)')
            """)
    void aTypeIsTheSameFromEitherServer(String reported, String type) {
        assertEquals(
                type, ColumnDeclaration.live(reported, null, true, false, "").type());
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_uca1400_nopad_ai_ci, utf8mb4_0900_ai_ci",
        "utf8mb4_uca1400_nopad_as_cs, utf8mb4_0900_as_cs",
        "utf8mb4_uca1400_ai_ci, utf8mb4_uca1400_ai_ci",
        "utf8_general_ci, utf8mb3_general_ci"
    })
    void aCollationIsTheSameFromEitherServer(String reported, String collation) {
        assertEquals(
                collation,
                ColumnDeclaration.live("text", reported, true, false, "").collation());
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, '', int",
        "true, true, '', int DEFAULT …",
        "false, true, DEFAULT_GENERATED on update CURRENT_TIMESTAMP, int NOT NULL DEFAULT …",
        "false, false, auto_increment, int NOT NULL AUTO_INCREMENT",
        "true, false, VIRTUAL GENERATED INVISIBLE, int GENERATED ALWAYS AS (…)"
    })
    void howAColumnIsFilledIsPartOfItsDeclaration(boolean nullable, boolean hasDefault, String extra, String sql) {
        assertEquals(
                sql,
                ColumnDeclaration.live("int(11)", null, nullable, hasDefault, extra)
                        .sql());
    }

    @Test
    void aDeclarationIsParsedWhateverItsLiteralsContain() {
        assertEquals(
                new ColumnDeclaration("enum('x collate y not null')", "utf8mb4_bin", false, "default"),
                ColumnDeclaration.of("enum('x collate y not null') collate utf8mb4_bin not null default"));
        assertEquals(
                List.of(),
                ColumnDeclaration.of("set(' default')").differences(ColumnDeclaration.of("set(' default')")));
    }
}
