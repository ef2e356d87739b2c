package dev.rowan.internal.unitofwork;

import dev.rowan.error.StaleRecord;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.flush.Change;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.write.BatchInsert;
import dev.rowan.internal.write.BatchRecordWriter;
import dev.rowan.internal.write.RecordWriter;
import dev.rowan.internal.write.RowCheck;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Writes the changes of one table that a step of a flush consists of, by one statement where it can. Not thread-safe.
 */
final class ChangeWriter<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final RecordWriter<R> writer;
    private final BatchRecordWriter<R> batchWriter;
    private final UndoLog undo;
    private final Predicate<R> isStale;

    /**
     * @param undo takes what a rollback undoes
     * @param isStale whether a statement of the session may have written the row without the record
     */
    ChangeWriter(TableMapping<R> mapping, RecordWriter<R> writer, UndoLog undo, Predicate<R> isStale) {
        this.mapping = mapping;
        this.writer = writer;
        this.batchWriter = new BatchRecordWriter<>(mapping, writer);
        this.undo = undo;
        this.isStale = isStale;
    }

    /** Inserts new rows. Those that they reference are written already. */
    void insert(List<Change> changes, Executor executor) {
        var records = records(changes);
        withholding(changes, () -> {
            records.forEach(this::resolveReferences);
            RowCheck.each(records, writer::prepareInsert);
            if (records.size() == 1) {
                writer.insert(records.getFirst(), executor);
            } else {
                new BatchInsert<>(mapping).insert(records, executor);
            }
        });
    }

    /** Updates rows with the modified columns of their records. */
    void update(List<Change> changes, Executor executor) {
        withholding(changes, () -> updateAll(stillStored(changes), executor));
    }

    /** Runs a write of changes without the columns that they leave out. */
    private void withholding(List<Change> changes, Runnable write) {
        var giveBack = new ArrayList<Runnable>();
        for (var change : changes) {
            if (!change.leftOut().isEmpty()) {
                undo.add(change.record());
                giveBack.add(RecordAccess.withhold(change.record(), change.leftOut()));
            }
        }
        write.run();
        giveBack.forEach(Runnable::run);
    }

    /** Sets columns of rows to NULL or to placeholders; the changes of their records stay to be written. */
    void clear(List<Change> changes, Executor executor) {
        var records = stillStored(changes);
        var giveBack = new ArrayList<Runnable>();
        for (var change : changes) {
            var record = change.record();
            undo.add(record);
            giveBack.add(RecordAccess.withholdAll(record, change.cleared().keySet()));
            change.cleared().forEach((field, value) -> RecordAccess.setStored(record, field, value));
        }
        updateAll(records, executor);
        giveBack.forEach(Runnable::run);
    }

    /** Writes new records over the rows of deleted ones. */
    void replace(List<Change> changes, Executor executor) {
        var rows = changes.stream()
                .map(change -> new BatchRecordWriter.Replacement<>(
                        typed(Objects.requireNonNull(change.replaced())), typed(change.record())))
                .toList();
        rows.forEach(row -> {
            undo.add(row.values());
            resolveReferences(row.values());
            RecordState.loadedRelations(row.values()).removeRows(); // others may refer to the row that it takes over
        });
        explainingStale(
                rows.stream().map(BatchRecordWriter.Replacement::stored).toList(),
                () -> batchWriter.replace(rows, executor));
    }

    /** Deletes rows. */
    void delete(List<Change> changes, Executor executor) {
        var records = stillStored(changes);
        if (records.isEmpty()) {
            return;
        }
        if (records.size() == 1) {
            explainingStale(records, () -> writer.delete(records.getFirst(), executor));
        } else {
            explainingStale(records, () -> batchWriter.delete(records, executor));
        }
    }

    private List<R> records(List<Change> changes) {
        return changes.stream().map(change -> typed(change.record())).toList();
    }

    /** Returns the records whose rows no earlier step has deleted, by a foreign key with ON DELETE CASCADE. */
    private List<R> stillStored(List<Change> changes) {
        return records(changes).stream()
                .filter(record -> !RecordAccess.isNew(record))
                .toList();
    }

    /** Updates the rows of these records with their modified columns. */
    void updateAll(List<R> records, Executor executor) {
        if (records.isEmpty()) {
            return;
        }
        records.forEach(this::resolveReferences);
        if (records.size() == 1) {
            explainingStale(records, () -> writer.update(records.getFirst(), executor));
        } else {
            explainingStale(records, () -> batchWriter.update(records, executor));
        }
    }

    /** Adds to the message of a StaleRecord that this session may itself have written the row without the record. */
    private void explainingStale(List<R> records, Runnable write) {
        try {
            write.run();
        } catch (StaleRecord e) {
            if (records.stream().noneMatch(isStale)) {
                throw e;
            }
            throw new StaleRecord(
                    e.getMessage()
                            + " This session may have changed the row itself: it wrote to the table by a condition"
                            + " or by dsl(). Read the rows again after such a write, which refreshes their records.",
                    e.table());
        }
    }

    private void resolveReferences(R record) {
        var references = RecordState.pendingReferences(record);
        if (references == null || !references.hasUnresolved()) {
            return;
        }
        undo.add(record);
        references.resolve();
    }

    @SuppressWarnings("unchecked") // the records of a table are of its own type
    private R typed(KeyedRecord<?> record) {
        return (R) record;
    }
}
