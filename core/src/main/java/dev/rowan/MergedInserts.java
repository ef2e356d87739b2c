package dev.rowan;

import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Inserts single rows, for many callers by one statement. */
final class MergedInserts<R extends Row<R>> implements Mergeable<Long> {

    private final Mapping<R> mapping;
    private final BitSet columns;
    private final boolean isNumbered;
    private final boolean isMixed;

    /**
     * @param record one that is to be inserted, with others that set the same columns
     * @param columns those that it sets
     */
    MergedInserts(Mapping<R> mapping, R record, BitSet columns) {
        this.mapping = mapping;
        this.columns = columns;
        var identity = mapping.identityIndex();
        var isSet = identity >= 0 && columns.get(identity);
        this.isNumbered = identity >= 0 && !isSet;
        this.isMixed = isSet && record.get(identity) == null;
    }

    /** An id that is set to null is made by the server: with others that are given, out of sequence. */
    @Override
    public @Nullable Object shape(Call<Long> call) {
        return isMixed || columns.isEmpty() || !MergeLimits.isSmall(call)
                ? null
                : List.of(mapping, Verb.INSERT, columns);
    }

    @Override
    public Verb verb() {
        return Verb.INSERT;
    }

    @Override
    public int batchSize(int waiting) {
        return MergeLimits.rows(waiting, columns.cardinality());
    }

    @Override
    public Call<Long> prepared(Call<Long> call) {
        return call.with(call.binds().wired(columns.cardinality()));
    }

    /** Asks for the step between ids before the insert, after which nothing may fail any more. */
    @Override
    public void run(MergeExecutor executor, Supplier<List<MergedCall<Long>>> calls) {
        executor.runUnretried(() -> {
            var rows = calls.get();
            var values = new Binds();
            for (var row : rows) {
                values.addAll(row.call().binds());
            }
            var text = mapping.text(List.of("insert", columns, rows.size()), () -> query(rows.size()));
            var step = new long[1];
            return Call.<Long>write(Verb.INSERT, mapping.table(), text, values, executed -> {
                        var id = isNumbered ? GeneratedKey.of(executed) : 0;
                        for (int i = 0; i < rows.size(); i++) {
                            rows.get(i).answer(id == 0 ? 0 : id + i * step[0]);
                        }
                        return id;
                    })
                    .with(statement -> step[0] = isNumbered ? executor.keyStep(statement.getConnection()) : 0);
        });
    }

    private Query query(int rows) {
        var fields = columns.stream().<Field<?>>mapToObj(mapping.table()::field).toList();
        var places = fields.stream().map(field -> Mapping.written(field, null)).toList();
        var insert = mapping.dsl().insertInto(mapping.table()).columns(fields);
        for (int i = 0; i < rows; i++) {
            insert = insert.values(places);
        }
        return insert;
    }
}
