package dev.rowan.internal.query;

import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Merges concurrent finds by primary key into one statement. Immutable and thread-safe. */
final class MergedFinds<R extends KeyedRecord<R>> implements Mergeable<Optional<R>> {

    /** The most keys of one statement. */
    private static final int MOST_KEYS = 256;

    private final TableMapping<R> mapping;
    private final KeyLookup<R> lookup;
    private final @Nullable Object shape;

    MergedFinds(TableMapping<R> mapping, KeyLookup<R> lookup) {
        this.mapping = mapping;
        this.lookup = lookup;
        this.shape = lookup.isEqualInJava() ? List.of(mapping, StatementKind.READ) : null;
    }

    @Override
    public @Nullable Object shape(SqlCommand<Optional<R>> call) {
        return shape;
    }

    @Override
    public StatementKind statementKind() {
        return StatementKind.READ;
    }

    @Override
    public int batchSize(int waiting) {
        return Math.min(waiting, MOST_KEYS);
    }

    @Override
    public void run(MergeExecutor executor, Supplier<List<MergedCall<Optional<R>>>> calls) {
        Map<List<Object>, List<MergedCall<Optional<R>>>> byKey = new HashMap<>();
        executor.runWithoutRetry(() -> {
            var merged = calls.get();
            for (var call : merged) {
                byKey.computeIfAbsent(call.call().binds().values(), key -> new ArrayList<>(1))
                        .add(call);
            }
            return lookup.call(List.copyOf(byKey.keySet()), rows -> read(rows, byKey))
                    .merging(merged.size());
        });
        for (var callers : byKey.values()) {
            for (var caller : callers) {
                caller.answer(Optional.empty());
            }
        }
    }

    /** Reads a row as many times as there are callers with its key: each caller receives a record of its own. */
    private R read(ResultSet rows, Map<List<Object>, List<MergedCall<Optional<R>>>> byKey) throws SQLException {
        var row = mapping.read(rows);
        var callers = Objects.requireNonNull(byKey.remove(lookup.key(row)));
        callers.getFirst().answer(Optional.of(row));
        for (var other : callers.subList(1, callers.size())) {
            other.answer(Optional.of(mapping.read(rows)));
        }
        return row;
    }
}
