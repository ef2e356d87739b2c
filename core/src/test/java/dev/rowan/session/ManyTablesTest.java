package dev.rowan.session;

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

class ManyTablesTest {

    private static final int MANY = 500;

    @RegisterExtension
    static final TestDatabase SERVER = TestDatabase.empty();

    private static DatabaseOptions options() {
        return DatabaseOptions.of(SERVER.url(), SERVER.user(), SERVER.password());
    }

    @BeforeAll
    static void createTables() {
        try (var database = Database.open(options())) {
            for (int i = 0; i < MANY; i++) {
                database.dsl()
                        .execute("CREATE TABLE t" + i + " (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                                + " name VARCHAR(50) COLLATE utf8mb4_bin, settings JSON)");
            }
        }
    }

    @Test
    void fiveHundredTablesTakeNoMoreStatementsThanOne() {
        assertEquals(statements(1), statements(MANY));
    }

    private static long statements(int tables) {
        try (var database = Database.open(options())) {
            database.check(new Many(tables));
            return database.statistics().statements();
        }
    }

    @Test
    void eachOfAllDifferencesIsListed() {
        try (var database = Database.open(options())) {
            var mismatch = assertThrows(SchemaMismatch.class, () -> database.check(new Many(MANY + 2)));
            assertEquals(2, mismatch.differences().size());
            assertTrue(mismatch.getMessage().contains("\n- t500 is missing"));
            assertTrue(mismatch.getMessage().contains("\n- t501 is missing"));
        }
    }

    /** A schema as the generator writes it, with many tables. */
    private static final class Many extends SchemaImpl {

        private final transient List<Table<?>> tables;

        Many(int size) {
            super(DSL.name(""), null, DSL.comment(""));
            tables = IntStream.range(0, size)
                    .<Table<?>>mapToObj(i -> new One("t" + i))
                    .toList();
        }

        @Override
        public List<Table<?>> getTables() {
            return tables;
        }
    }

    private static final class One extends TableImpl<Record> implements DeclaredTable {

        private final TableField<Record, Integer> id = createField(DSL.name("id"), SQLDataType.INTEGER);

        One(String name) {
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
