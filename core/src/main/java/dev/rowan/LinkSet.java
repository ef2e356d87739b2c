package dev.rowan;

import java.util.List;

/**
 * The rows that one record is to be linked to by a way through a link table, none but them.
 *
 * @param rows each record once
 */
record LinkSet(Way<?, ?> way, Row<?> record, List<Row<?>> rows) {

    /** @throws IllegalArgumentException if the record or a row has no key, and is not to get one by being inserted */
    void requireKeys() {
        if (!Records.isNew(record)) {
            Links.requireKey(way.name(), record, way.near());
        }
        for (var row : rows) {
            if (!Records.isNew(row)) {
                Links.requireKey(way.name(), row, way.onwardKey());
            }
        }
    }

    /** Has the record's loaded rows be these, if they were loaded or it has none yet; what undoes it goes to the undo. */
    void show(WrittenRecords undo) {
        var before = Records.loads(record).find(way);
        if (before == null && !Records.isNew(record)) {
            return;
        }
        undo.add(() -> Records.loads(record).put(way, before));
        Records.loads(record).put(way, rows);
    }
}
