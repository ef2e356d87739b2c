package dev.rowan.internal.pool;

import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.statement.SqlCommand;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What merges the calls of one database, one for each kind of calls; kinds depend on code alone. Thread-safe. */
public final class MergerRegistry {

    /** Of the longest wait for a connection, the part that a call waits for others before it goes to the pool alone. */
    private static final int PART = 10;

    /** A write that fails is undone and run again: one that a table keeps, or a trigger makes known elsewhere, must not be. */
    private static final String ROLLS_BACK = "select count(*) from information_schema.TABLES t"
            + " join information_schema.ENGINES e on e.ENGINE = t.ENGINE and e.TRANSACTIONS = 'YES'"
            + " where t.TABLE_SCHEMA = coalesce(nullif(?, ''), database()) and t.TABLE_NAME = ? and not exists"
            + " (select 1 from information_schema.TRIGGERS g where g.EVENT_OBJECT_SCHEMA = t.TABLE_SCHEMA"
            + " and g.EVENT_OBJECT_TABLE = t.TABLE_NAME)";

    private final Merging merging;
    private final int slots;
    private final long patience;
    private final Map<Object, CallMerger<?>> registry = new ConcurrentHashMap<>();

    /** Which tables undo a write that fails; not those of which that is being asked. */
    private final Map<Table<?>, Boolean> undoing = new ConcurrentHashMap<>();

    private MergerRegistry(Merging merging, int slots, long patience) {
        this.merging = merging;
        this.slots = slots;
        this.patience = patience;
    }

    /** Returns none at all. */
    public static MergerRegistry none() {
        return new MergerRegistry(Merging.NONE, 0, 0);
    }

    public static MergerRegistry of(DatabaseOptions options) {
        return new MergerRegistry(
                options.merging(), options.poolSize(), options.poolTimeout().toNanos() / PART);
    }

    /** Returns what merges calls such as this one, null if it is not merged. */
    @SuppressWarnings("unchecked") // each shape is kept with the merger of its own calls
    public <T> @Nullable CallMerger<T> of(Mergeable<T> kind, SqlCommand<T> call, MergeExecutor executor) {
        var shape = (kind.statementKind().reads() ? merging.reads() : merging.writes()) ? kind.shape(call) : null;
        if (shape == null) {
            return null;
        }
        var known = registry.get(shape);
        if (known == null && (kind.statementKind().reads() || undoes(call.table(), executor))) {
            known = registry.computeIfAbsent(shape, s -> new CallMerger<>(kind, executor, slots, patience));
        }
        return (CallMerger<T>) known;
    }

    /** Says whether a table undoes a write that fails. The first asks; who comes meanwhile goes alone. */
    private boolean undoes(@Nullable Table<?> table, MergeExecutor executor) {
        if (table == null) {
            return false;
        }
        var known = undoing.putIfAbsent(table, false);
        if (known != null) {
            return known;
        }
        try {
            var answer = rollsBack(table, executor);
            undoing.put(table, answer);
            return answer;
        } catch (Throwable failure) {
            undoing.remove(table); // the next one asks
            throw failure;
        }
    }

    private static boolean rollsBack(Table<?> table, MergeExecutor executor) {
        var mapped = executor.statements().configuration().dsl().map(table);
        if (mapped == null) {
            return false;
        }
        var schema = mapped.getSchema();
        var text = Codec.of(SQLDataType.VARCHAR);
        var names = new BindValues()
                .add(text, schema == null ? "" : schema.getName())
                .add(text, mapped.getName());
        return executor.run(SqlCommand.query(null, ROLLS_BACK, names, rows -> {
            rows.next();
            return rows.getInt(1) > 0;
        }));
    }

    /** Returns how many calls wait for others now. */
    int waiting() {
        return registry.values().stream().mapToInt(CallMerger::waiting).sum();
    }
}
