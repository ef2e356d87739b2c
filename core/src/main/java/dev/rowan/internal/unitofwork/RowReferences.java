package dev.rowan.internal.unitofwork;

import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The references among a set of records: by foreign key values, and to new records whose keys are not known yet. Values
 * are compared as Java does, which is good enough to find an order; the database checks the foreign keys itself.
 */
final class RowReferences {

    private final Map<Table<?>, List<KeyedRecord<?>>> rows = new HashMap<>();
    private final Map<List<TableField<?, ?>>, Map<List<Object>, KeyedRecord<?>>> byKey = new HashMap<>();
    private final BiFunction<KeyedRecord<?>, TableField<?, ?>, @Nullable Object> value;

    private RowReferences(
            List<KeyedRecord<?>> rows, BiFunction<KeyedRecord<?>, TableField<?, ?>, @Nullable Object> value) {
        this.value = value;
        for (var row : rows) {
            this.rows.computeIfAbsent(row.getTable(), t -> new ArrayList<>()).add(row);
        }
    }

    /**
     * Returns a function from a record to those of the rows that it references.
     *
     * @param value reads a column of a record: its stored value, or its new one
     */
    static Function<KeyedRecord<?>, List<KeyedRecord<?>>> of(
            List<KeyedRecord<?>> rows, BiFunction<KeyedRecord<?>, TableField<?, ?>, @Nullable Object> value) {
        return new RowReferences(rows, value)::referencedBy;
    }

    private List<KeyedRecord<?>> referencedBy(KeyedRecord<?> row) {
        var pending = RecordAccess.pendingReferences(row);
        var referenced = new ArrayList<KeyedRecord<?>>(pending == null ? List.of() : pending.targets());
        for (var key : row.getTable().getReferences()) {
            var values = values(row, key.getFields());
            var target = values == null ? null : index(key).get(values);
            if (target != null) {
                referenced.add(target);
            }
        }
        return referenced;
    }

    private Map<List<Object>, KeyedRecord<?>> index(ForeignKey<?, ?> key) {
        return byKey.computeIfAbsent(List.copyOf(key.getKeyFields()), fields -> {
            Map<List<Object>, KeyedRecord<?>> index = new HashMap<>();
            for (var row : rows.getOrDefault(key.getKey().getTable(), List.of())) {
                var values = values(row, fields);
                if (values != null) {
                    index.put(values, row);
                }
            }
            return index;
        });
    }

    /** Returns the values of the columns; null if one of them is null, which references nothing. */
    private @Nullable List<Object> values(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<>();
        for (var field : fields) {
            var columnValue = value.apply(row, field);
            if (columnValue == null) {
                return null;
            }
            values.add(KeyValues.comparable(columnValue));
        }
        return values;
    }
}
