package dev.rowan.internal.relation;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.KeyLookup;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * Reads the references of records that may have been read without them: jOOQ leaves a column null that a query did not
 * select. Stateless.
 */
final class UnreadReferences {

    private UnreadReferences() {}

    /** Returns the records, each of those with an unread reference replaced by what its row holds. */
    @SuppressWarnings("unchecked") // a row is of the table of the record whose key it has
    static <R extends TableRecord<R>> List<R> read(
            List<R> records, List<TableField<R, ?>> reference, Executor executor) {
        Map<List<Object>, List<Object>> keys = new HashMap<>();
        for (var record : records) {
            if (isUnread(record, reference)) {
                keys.put(comparableKey(record), key(record));
            }
        }
        if (keys.isEmpty()) {
            return records;
        }
        Map<List<Object>, R> rows = new HashMap<>();
        for (var row : rows(records.getFirst().getTable(), List.copyOf(keys.values()), executor)) {
            rows.put(comparableKey((R) row), (R) row);
        }
        return records.stream()
                .map(record -> isUnread(record, reference) ? rows.getOrDefault(comparableKey(record), record) : record)
                .toList();
    }

    private static boolean isUnread(TableRecord<?> record, List<? extends TableField<?, ?>> reference) {
        return record instanceof KeyedRecord<?> keyed
                && !RecordAccess.isNew(keyed)
                && reference.stream()
                        .anyMatch(field -> keyed.get(field) == null
                                && !keyed.touched(field)
                                && RecordAccess.isUnread(keyed, field))
                && TableMapping.keyFields(keyed.getTable()).stream().noneMatch(field -> keyed.original(field) == null);
    }

    private static List<Object> key(TableRecord<?> record) {
        return TableMapping.keyFields(record.getTable()).stream()
                .<Object>map(record::original)
                .toList();
    }

    private static List<Object> comparableKey(TableRecord<?> record) {
        var key = new ArrayList<>();
        for (var value : key(record)) {
            key.add(KeyValues.comparable(value));
        }
        return key;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the records of a table with a primary key are keyed records
    private static List<? extends TableRecord<?>> rows(Table<?> table, List<List<Object>> keys, Executor executor) {
        return keyedRows((Table) table, keys, executor);
    }

    private static <K extends KeyedRecord<K>> List<K> keyedRows(
            Table<K> table, List<List<Object>> keys, Executor executor) {
        var mapping = executor.mappings().of(table);
        return new KeyLookup<>(mapping, TableMapping.primaryKey(table)).read(keys, executor);
    }
}
