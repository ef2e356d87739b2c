package dev.rowan.internal.table;

import dev.rowan.internal.util.RecordDoor;
import dev.rowan.record.KeyedRecord;
import org.jooq.TableRecord;

/** Finds the accessor of a record. */
final class RecordDoors {

    private RecordDoors() {}

    /**
     * Tells the kinds of records apart by a class, as a check of an interface is slow where records are of many
     * classes.
     */
    static RecordDoor of(TableRecord<?> record) {
        return record instanceof KeyedRecord<?> ? RecordDoor.keyed() : RecordDoor.keyless();
    }
}
