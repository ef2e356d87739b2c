package dev.rowan;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Updates or deletes single rows by their primary keys, for many callers by one transaction: it first locks the rows that
 * are there and that nobody else holds, so that each caller is told of its own row, and none waits for the row of another.
 */
final class MergedWrites<R extends Row<R>> implements Mergeable<Long> {

    private final Mapping<R> mapping;
    private final KeyLookup<R> lookup;
    private final Verb verb;
    private final BitSet columns;

    /** @param columns those that an update writes; none for a delete */
    MergedWrites(Mapping<R> mapping, KeyLookup<R> lookup, Verb verb, BitSet columns) {
        this.mapping = mapping;
        this.lookup = lookup;
        this.verb = verb;
        this.columns = columns;
    }

    @Override
    public @Nullable Object shape(Call<Long> call) {
        return lookup.isEqualInJava() && MergeLimits.isSmall(call) ? List.of(mapping, verb, columns) : null;
    }

    @Override
    public Verb verb() {
        return verb;
    }

    @Override
    public int batchSize(int waiting) {
        return MergeLimits.rows(waiting, columns.cardinality() + lookup.fields().size());
    }

    @Override
    public Call<Long> prepared(Call<Long> call) {
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

    /** Writes to the rows that it can, and returns the calls that meant them; the others are run alone. */
    private List<MergedCall<Long>> write(Channel session, List<MergedCall<Long>> calls) {
        Map<List<Object>, MergedCall<Long>> byKey = new LinkedHashMap<>();
        for (var call : calls) {
            if (byKey.putIfAbsent(key(call.call()), call) != null) {
                call.leaveOut();
            }
        }
        var locked = session.run(lookup.locking(List.copyOf(byKey.keySet())));
        var found =
                locked.stream().map(byKey::remove).map(Objects::requireNonNull).toList();
        byKey.values().forEach(MergedCall::leaveOut);
        if (!found.isEmpty()) {
            session.run(call(found));
        }
        return found;
    }

    private Call<Long> call(List<MergedCall<Long>> calls) {
        var text = mapping.textOf(List.of(verb, columns, calls.size()), () -> text(calls.size()));
        var binds = new Binds();
        var values = columns.cardinality();
        for (var call : calls) {
            var own = call.call().binds();
            binds.addAll(own.from(values, own.size())).addAll(own.from(0, values));
        }
        return Call.write(verb, mapping.table(), text, binds);
    }

    private String text(int rows) {
        if (verb == Verb.DELETE) {
            return lookup.delete(rows);
        }
        var fields = columns.stream().<Field<?>>mapToObj(mapping.table()::field).toList();
        return new DerivedRows(mapping.dsl(), mapping.table(), List.copyOf(lookup.fields()), fields).update(rows);
    }

    private List<Object> key(Call<Long> call) {
        var values = call.binds().values();
        return values.subList(columns.cardinality(), values.size());
    }
}
