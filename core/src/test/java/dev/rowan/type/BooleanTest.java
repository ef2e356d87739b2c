package dev.rowan.type;

import static dev.rowan.types.Tables.SPECIMENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.SpecimensRepository;
import dev.rowan.types.tables.records.SpecimensRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A TINYINT(1) that holds more than a boolean. */
class BooleanTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/changelog.sql");

    private final Database database = SCHEMA.database();
    private final SpecimensRepository specimens = new SpecimensRepository(database);

    @Test
    void aConditionFindsWhatIsReadAsTrue() {
        specimens.insert(new SpecimensRecord().setFlag(true));
        specimens.insert(new SpecimensRecord().setFlag(false));
        specimens.insert(new SpecimensRecord());

        var isTrue = specimens.all().list().stream()
                .filter(row -> Boolean.TRUE.equals(row.getFlag()))
                .count();

        assertEquals(1, isTrue);
        assertEquals(1, specimens.where(SPECIMENS.FLAG.eq(true)).count());
        assertEquals(1, specimens.where(SPECIMENS.FLAG.isTrue()).count());
        assertEquals(1, specimens.where(SPECIMENS.FLAG.isFalse()).count());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 127})
    void aNumberThatIsNeitherZeroNorOneIsAnErrorAndNotTrue(int number) {
        database.dsl().execute("INSERT INTO specimens (flag) VALUES (" + number + ")");

        assertUnreadable(() -> specimens.all().list());
        assertUnreadable(() -> specimens.all().select(SPECIMENS.FLAG).list());
        assertUnreadable(() -> database.dsl().selectFrom(SPECIMENS).fetch());
    }

    private static void assertUnreadable(Executable read) {
        var failure = assertThrows(IllegalStateException.class, read);

        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("specimens.flag: the number in the row is neither 0 nor 1"), message);
        assertTrue(message.contains("<type>table.column = java.lang.Byte</type>"), message);
    }
}
