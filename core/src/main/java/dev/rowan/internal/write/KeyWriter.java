package dev.rowan.internal.write;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.query.KeyLookup;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;
import org.jooq.Condition;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Updates or deletes a row by its primary key, without its record. The values of a key are in the order of its fields.
 */
public final class KeyWriter<R extends KeyedRecord<R>> {

    private static final BitSet NO_COLUMNS = new BitSet();

    private final TableMapping<R> mapping;
    private final KeyLookup<R> lookup;

    /** Writes rows of a table by the key of the lookup. */
    public KeyWriter(TableMapping<R> mapping, KeyLookup<R> lookup) {
        this.mapping = mapping;
        this.lookup = lookup;
    }

    /** Writes the columns that were set on a blank record, and returns whether there is such a row. */
    public boolean update(List<Object> key, R values, Executor executor) {
        var patch = new Patch<>(mapping, values);
        if (patch.isEmpty()) {
            return lookup.exists(key, executor);
        }
        executor.tracker().beforeWrite(mapping.table(), key);
        if (patch.hasExpressions()) {
            return executor.run(Selection.all(mapping).and(isRow(key)).update(patch)) > 0;
        }
        var text = mapping.text(
                List.of("updateByKey", patch.shape()),
                () -> mapping.dsl()
                        .update(mapping.table())
                        .set(patch.assignments())
                        .where(TableMapping.equal(lookup.fields())));
        return write(StatementKind.UPDATE, text, lookup.bind(patch.values(), key), patch.shape(), executor);
    }

    /** Deletes the row, and returns whether there was one. */
    public boolean delete(List<Object> key, Executor executor) {
        executor.tracker().beforeWrite(mapping.table(), key);
        var text = mapping.text(
                "deleteByKey",
                () -> mapping.dsl().deleteFrom(mapping.table()).where(TableMapping.equal(lookup.fields())));
        return write(StatementKind.DELETE, text, lookup.bind(new BindValues(), key), NO_COLUMNS, executor);
    }

    private boolean write(StatementKind kind, String text, BindValues binds, BitSet columns, Executor executor) {
        var call = SqlCommand.write(kind, mapping.table(), text, binds);
        return executor.run(call, new MergedWrites<>(mapping, lookup, kind, columns)) > 0;
    }

    private Condition isRow(List<Object> key) {
        var condition = DSL.noCondition();
        for (int i = 0; i < key.size(); i++) {
            condition = condition.and(equal(lookup.fields().get(i), key.get(i)));
        }
        return condition;
    }

    @SuppressWarnings("unchecked") // the values of a key have the types of its fields, in their order
    private static <T> Condition equal(TableField<?, T> field, Object value) {
        return field.eq((T) value);
    }
}
