package dev.rowan.internal.write;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.MergeLimits;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Merges concurrent inserts of single rows into one statement. Immutable and thread-safe. */
final class MergedInserts<R extends KeyedRecord<R>> implements Mergeable<Long> {

    private final TableMapping<R> mapping;
    private final BitSet columns;
    private final boolean isNumbered;

    /**
     * Merges inserts that set the same columns.
     *
     * @param columns the columns that each sets
     */
    MergedInserts(TableMapping<R> mapping, BitSet columns) {
        this.mapping = mapping;
        this.columns = columns;
        var identity = mapping.identityIndex();
        this.isNumbered = identity >= 0 && !columns.get(identity);
    }

    @Override
    public @Nullable Object shape(SqlCommand<Long> call) {
        return columns.isEmpty() || !MergeLimits.isSmall(call) ? null : List.of(mapping, StatementKind.INSERT, columns);
    }

    @Override
    public StatementKind statementKind() {
        return StatementKind.INSERT;
    }

    @Override
    public int batchSize(int waiting) {
        return MergeLimits.rows(waiting, columns.cardinality());
    }

    @Override
    public SqlCommand<Long> prepared(SqlCommand<Long> call) {
        return call.with(call.binds().wired(columns.cardinality()));
    }

    /** Reads the step between ids before the insert: after the insert, nothing may fail. */
    @Override
    public void run(MergeExecutor executor, Supplier<List<MergedCall<Long>>> calls) {
        executor.runWithoutRetry(() -> {
            var rows = calls.get();
            var values = new BindValues();
            for (var row : rows) {
                values.addAll(row.call().binds());
            }
            var text = mapping.text(List.of("insert", columns, rows.size()), () -> query(rows.size()));
            var step = new long[1];
            return SqlCommand.<Long>write(StatementKind.INSERT, mapping.table(), text, values, executed -> {
                        var id = isNumbered ? GeneratedKeys.of(executed) : 0;
                        for (int i = 0; i < rows.size(); i++) {
                            rows.get(i).answer(id == 0 ? 0 : id + i * step[0]);
                        }
                        return id;
                    })
                    .merging(rows.size())
                    .with(statement -> step[0] = isNumbered ? executor.keyStep(statement.getConnection()) : 0);
        });
    }

    private Query query(int rows) {
        var fields = columns.stream().<Field<?>>mapToObj(mapping.table()::field).toList();
        var placeholders = fields.stream()
                .map(field -> TableMapping.writePlaceholder(field, null))
                .toList();
        var insert = mapping.dsl().insertInto(mapping.table()).columns(fields);
        for (int i = 0; i < rows; i++) {
            insert = insert.values(placeholders);
        }
        return insert;
    }
}
