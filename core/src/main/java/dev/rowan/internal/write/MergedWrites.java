package dev.rowan.internal.write;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.MergeLimits;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.query.KeyLookup;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Merges concurrent updates or deletes of single rows by primary key into one transaction. It first locks the rows that
 * exist and are not locked by another transaction. So each caller learns whether its own row exists, and no caller
 * waits for the row of another. Immutable and thread-safe.
 */
final class MergedWrites<R extends KeyedRecord<R>> implements Mergeable<Long> {

    private final TableMapping<R> mapping;
    private final KeyLookup<R> lookup;
    private final StatementKind kind;
    private final BitSet columns;

    /**
     * Merges writes of one kind.
     *
     * @param columns the columns that an update writes; none for a delete
     */
    MergedWrites(TableMapping<R> mapping, KeyLookup<R> lookup, StatementKind kind, BitSet columns) {
        this.mapping = mapping;
        this.lookup = lookup;
        this.kind = kind;
        this.columns = columns;
    }

    @Override
    public @Nullable Object shape(SqlCommand<Long> call) {
        return lookup.isEqualInJava() && MergeLimits.isSmall(call) ? List.of(mapping, kind, columns) : null;
    }

    @Override
    public StatementKind statementKind() {
        return kind;
    }

    @Override
    public int batchSize(int waiting) {
        return MergeLimits.rows(waiting, columns.cardinality() + lookup.fields().size());
    }

    @Override
    public SqlCommand<Long> prepared(SqlCommand<Long> call) {
        return call.with(call.binds().wired(columns.cardinality()));
    }

    @Override
    public void run(MergeExecutor executor, Supplier<List<MergedCall<Long>>> calls) {
        var written = executor.<List<MergedCall<Long>>, RuntimeException>withoutRetry(
                false, session -> write(session, calls.get()));
        for (var call : written) {
            call.answer(1L);
        }
    }

    /** Writes the rows that it can lock, and returns their calls. The other calls are left out. */
    private List<MergedCall<Long>> write(Executor session, List<MergedCall<Long>> calls) {
        Map<List<Object>, MergedCall<Long>> byKey = new LinkedHashMap<>();
        for (var call : calls) {
            if (byKey.putIfAbsent(key(call.call()), call) != null) {
                call.leaveOut();
            }
        }
        var locked = session.run(lookup.locking(List.copyOf(byKey.keySet())).merging(byKey.size()));
        var found =
                locked.stream().map(byKey::remove).map(Objects::requireNonNull).toList();
        byKey.values().forEach(MergedCall::leaveOut);
        if (!found.isEmpty()) {
            session.run(call(found));
        }
        return found;
    }

    private SqlCommand<Long> call(List<MergedCall<Long>> calls) {
        var text = mapping.textOf(List.of(kind, columns, calls.size()), () -> text(calls.size()));
        var binds = new BindValues();
        var values = columns.cardinality();
        for (var call : calls) {
            var single = call.call().binds();
            binds.addAll(single.from(values, single.size())).addAll(single.from(0, values)); // the key comes first
        }
        return SqlCommand.write(kind, mapping.table(), text, binds).merging(calls.size());
    }

    private String text(int rows) {
        if (kind == StatementKind.DELETE) {
            return lookup.delete(rows);
        }
        var fields = columns.stream().<Field<?>>mapToObj(mapping.table()::field).toList();
        return new ValuesJoin(mapping.dsl(), mapping.table(), List.copyOf(lookup.fields()), fields).update(rows);
    }

    private List<Object> key(SqlCommand<Long> call) {
        var values = call.binds().values();
        return values.subList(columns.cardinality(), values.size());
    }
}
