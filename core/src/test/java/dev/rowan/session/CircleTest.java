package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.StaffRepository;
import dev.rowan.types.repositories.StoresRepository;
import dev.rowan.types.tables.records.StaffRecord;
import dev.rowan.types.tables.records.StoresRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** New rows of tables whose references to each other are NOT NULL. */
class CircleTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/circle.sql");

    @Test
    void theErrorDoesNotAdviseToLeaveOutWhatMayNotBeNull() {
        var error = assertThrows(
                IllegalStateException.class,
                () -> SCHEMA.database().transaction(session -> {
                    var store = session.add(new StoresRecord());
                    var ann = session.add(new StaffRecord());
                    StoresRepository.MANAGER.set(store, ann);
                    StaffRepository.STORE.set(ann, store);
                }));

        assertEquals(
                "New rows of staff, stores reference one another in a cycle, so none can be inserted first. All these"
                        + " references are NOT NULL: make the column of one nullable, or refer to a row that is stored"
                        + " already and set the reference after a flush().",
                error.getMessage());
    }
}
