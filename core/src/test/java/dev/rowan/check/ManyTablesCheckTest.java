package dev.rowan.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.junit.TestDatabase;
import dev.rowan.record.DeclaredTable;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.SchemaImpl;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schema check takes the same number of statements for any number of tables, and lists every difference. */
class ManyTablesCheckTest {

    private static final int TABLES = 100;

    @RegisterExtension
    static final TestDatabase SERVER = TestDatabase.empty();

    private static DatabaseOptions options() {
        return DatabaseOptions.of(SERVER.url(), SERVER.user(), SERVER.password());
    }

    @BeforeAll
    static void createTables() {
        try (var database = Database.open(options())) {
            for (int i = 0; i < TABLES; i++) {
                database.dsl()
                        .execute("CREATE TABLE t" + i + " (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                                + " name VARCHAR(50) COLLATE utf8mb4_bin, settings JSON)");
            }
        }
    }

    @Test
    void aHundredTablesTakeAsManyStatementsAsOne() {
        assertEquals(statementsOfCheck(1), statementsOfCheck(TABLES));
    }

    private static long statementsOfCheck(int tables) {
        try (var database = Database.open(options())) {
            database.check(new ManyTables(tables));
            return database.statistics().statements();
        }
    }

    @Test
    void everyMissingTableIsListed() {
        try (var database = Database.open(options())) {
            var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(new ManyTables(TABLES + 2)));
            assertEquals(2, mismatch.differences().size());
            assertTrue(mismatch.getMessage().contains("\n- t100 is missing"));
            assertTrue(mismatch.getMessage().contains("\n- t101 is missing"));
        }
    }

    /** A schema as the generator writes it, with many tables. */
    private static final class ManyTables extends SchemaImpl {

        private final transient List<Table<?>> tables;

        ManyTables(int size) {
            super(DSL.name(""), null, DSL.comment(""));
            tables = IntStream.range(0, size)
                    .<Table<?>>mapToObj(i -> new GeneratedTable("t" + i))
                    .toList();
        }

        @Override
        public List<Table<?>> getTables() {
            return tables;
        }
    }

    private static final class GeneratedTable extends TableImpl<Record> implements DeclaredTable {

        private final TableField<Record, Integer> id = createField(DSL.name("id"), SQLDataType.INTEGER);

        GeneratedTable(String name) {
            super(DSL.name(name));
            createField(DSL.name("name"), SQLDataType.VARCHAR(50));
            createField(DSL.name("settings"), SQLDataType.JSON);
        }

        @Override
        public UniqueKey<Record> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_PRIMARY"), id);
        }

        @Override
        public List<String> declarations() {
            return List.of("id int not null auto_increment", "name varchar(50) collate utf8mb4_bin", "settings json");
        }
    }
}
