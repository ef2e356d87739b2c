package dev.rowan.codegen.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.meta.CatalogDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.mysql.MySQLDatabase;
import org.junit.jupiter.api.Test;

final class RememberedNamesTest {

    private final List<Mode> asked = new ArrayList<>();
    private final GeneratorStrategy names = new RememberedNames(new DefaultGeneratorStrategy() {
        @Override
        public String getJavaClassName(Definition definition, Mode mode) {
            asked.add(mode);
            return mode + " " + asked.size();
        }
    });
    private final MySQLDatabase database = new MySQLDatabase();
    private final Definition definition = new CatalogDefinition(database, "orders", "");

    @Test
    void aNameIsAskedForOnce() {
        assertEquals("DEFAULT 1", names.getJavaClassName(definition));
        assertEquals("RECORD 2", names.getJavaClassName(definition, Mode.RECORD));
        assertEquals("DEFAULT 1", names.getJavaClassName(definition));
        assertEquals(List.of(Mode.DEFAULT, Mode.RECORD), asked);
    }

    @Test
    void definitionsThatEqualEachOtherHaveNamesOfTheirOwn() {
        var other = new CatalogDefinition(database, "orders", "");
        assertEquals(definition, other);

        assertEquals("DEFAULT 1", names.getJavaClassName(definition));
        assertEquals("DEFAULT 2", names.getJavaClassName(other));
    }
}
