package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.util.FieldNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableRecord;

/**
 * What a query reads of each row: which fields, and what is made of them. Immutable.
 *
 * @param whole whether the fields are all columns of the table, in its order
 * @param row reads the row that the cursor stands on
 */
public record RowReader<E>(List<Field<?>> fields, boolean whole, boolean distinct, SqlCommand.Reader<E> row) {

    /** Returns the columns of whole records. */
    public static <R extends TableRecord<R>> RowReader<R> of(TableMapping<R> mapping) {
        return new RowReader<>(List.of(mapping.table().fields()), true, false, mapping::read);
    }

    /**
     * Returns the columns of jOOQ's typed rows.
     *
     * @throws IllegalArgumentException if there are none, or one is named twice
     */
    @SuppressWarnings("unchecked") // the record's type parameters are those of the fields, in their order
    public static <T extends Record> RowReader<T> of(TableMapping<?> mapping, List<Field<?>> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Name at least one field to select.");
        }
        Set<Field<?>> seen = new HashSet<>();
        for (var field : fields) {
            if (!seen.add(field)) {
                throw new IllegalArgumentException("Select " + FieldNames.shown(field) + " once: it is there twice.");
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

    /** Returns these columns, each combination of their values once. */
    public RowReader<E> asDistinct() {
        return new RowReader<>(fields, whole, true, row);
    }

    Optional<E> readFirst(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
}
