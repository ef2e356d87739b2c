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
 * Which rows of a set refer to which others of it: those whose keys they wait for, and those whose values they hold.
 * Values are compared as Java does, which is good enough for an order: the database has the last word on it.
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
     * Returns what tells to which others each of the rows refers.
     *
     * @param value a row's value that counts: that which is stored, or that which is to be
     */
    static Function<KeyedRecord<?>, List<KeyedRecord<?>>> of(
            List<KeyedRecord<?>> rows, BiFunction<KeyedRecord<?>, TableField<?, ?>, @Nullable Object> value) {
        return new RowReferences(rows, value)::from;
    }

    private List<KeyedRecord<?>> from(KeyedRecord<?> row) {
        var references = RecordAccess.pendingReferences(row);
        var referred = new ArrayList<KeyedRecord<?>>(references == null ? List.of() : references.targets());
        for (var key : row.getTable().getReferences()) {
            var values = values(row, key.getFields());
            var to = values == null ? null : index(key).get(values);
            if (to != null) {
                referred.add(to);
            }
        }
        return referred;
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

    private @Nullable List<Object> values(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<>();
        for (var field : fields) {
            var of = value.apply(row, field);
            if (of == null) {
                return null;
            }
            values.add(KeyValues.comparable(of));
        }
        return values;
    }
}
