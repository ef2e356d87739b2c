package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.util.FieldNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a query selects, and the reader that maps a row to an object. Immutable.
 *
 * @param whole whether the fields are all columns of the table, in the table's order
 * @param distinct whether each combination of values is returned once
 * @param row reads the cursor's current row
 */
public record RowReader<E>(List<Field<?>> fields, boolean whole, boolean distinct, SqlCommand.Reader<E> row) {

    /** Returns the reader of whole records. */
    public static <R extends TableRecord<R>> RowReader<R> of(TableMapping<R> mapping) {
        return new RowReader<>(List.of(mapping.table().fields()), true, false, mapping::read);
    }

    /**
     * A row, and the values of other fields of it.
     *
     * @param others in the order of the fields
     */
    public record Extended<E>(E row, List<@Nullable Object> others) {}

    /** Returns the reader of these rows, each with the values of other fields. */
    public RowReader<Extended<E>> with(List<Field<?>> others) {
        var extended = new ArrayList<>(fields);
        extended.addAll(others);
        return new RowReader<>(List.copyOf(extended), whole && others.isEmpty(), distinct, rows -> {
            var first = row.read(rows);
            var values = new ArrayList<@Nullable Object>();
            for (int i = fields.size(); i < extended.size(); i++) {
                var field = extended.get(i);
                values.add(Codec.of(field.getDataType()).read(field, rows, i + 1));
            }
            return new Extended<>(first, values);
        });
    }

    /**
     * Returns the reader of jOOQ's typed records of these fields.
     *
     * @throws IllegalArgumentException if there is no field, or one is given twice
     */
    @SuppressWarnings("unchecked") // the record's type parameters are those of the fields, in their order
    public static <T extends Record> RowReader<T> of(TableMapping<?> mapping, List<Field<?>> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Name at least one field to select.");
        }
        Set<Field<?>> distinct = new HashSet<>();
        for (var field : fields) {
            if (!distinct.add(field)) {
                throw new IllegalArgumentException(
                        "Select " + FieldNames.shown(field) + " only once: it is given twice.");
            }
        }
        var types = fields.toArray(Field<?>[]::new);
        var codecs = fields.stream().map(field -> Codec.of(field.getDataType())).toList();
        return new RowReader<>(List.copyOf(fields), false, false, rows -> {
            var record = mapping.dsl().newRecord(types);
            for (int i = 0; i < types.length; i++) {
                record.set((Field<Object>) types[i], codecs.get(i).read(types[i], rows, i + 1));
            }
            record.touched(false);
            return (T) record;
        });
    }

    /** Returns this reader for a SELECT DISTINCT. */
    public RowReader<E> asDistinct() {
        return new RowReader<>(fields, whole, true, row);
    }
}
