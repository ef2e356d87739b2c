package dev.rowan.internal.pool;

import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.statement.SqlCommand;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The {@link CallMerger}s of one database, one for each shape of call. Their number is limited: a service whose clients
 * choose the columns of its updates has very many shapes. Thread-safe.
 */
public final class MergerRegistry {

    /** The part of the pool's timeout that a call waits in a merge queue before it runs alone. */
    private static final int PATIENCE_DIVISOR = 10;

    /** The longest wait in a merge queue where the pool's timeout is not known. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** The most mergers; beyond that, those without calls are dropped, and made again when they are needed. */
    private static final int MOST_MERGERS = 128;

    /**
     * Asks whether writes to a table can be rolled back. A merged write that fails is rolled back and run again: that
     * must not happen on a table of a non-transactional engine, nor where a trigger may have effects elsewhere.
     */
    private static final String ROLLS_BACK = "select count(*) from information_schema.TABLES t"
            + " join information_schema.ENGINES e on e.ENGINE = t.ENGINE and e.TRANSACTIONS = 'YES'"
            + " where t.TABLE_SCHEMA = coalesce(nullif(?, ''), database()) and t.TABLE_NAME = ? and not exists"
            + " (select 1 from information_schema.TRIGGERS g where g.EVENT_OBJECT_SCHEMA = t.TABLE_SCHEMA"
            + " and g.EVENT_OBJECT_TABLE = t.TABLE_NAME)";

    private final Merging merging;
    private final int slots;
    private final long patience;
    private final Map<Object, CallMerger<?>> mergers = new ConcurrentHashMap<>();

    /** Whether writes to a table can be rolled back; false while the question is under way. */
    private final Map<Table<?>, Boolean> rollsBack = new ConcurrentHashMap<>();

    private MergerRegistry(Merging merging, int slots, long patience) {
        this.merging = merging;
        this.slots = slots;
        this.patience = patience;
    }

    /** Returns a registry that merges nothing. */
    public static MergerRegistry none() {
        return new MergerRegistry(Merging.NONE, 0, 0);
    }

    /**
     * Returns a registry that merges what the options say, with as many statements in flight as the pool has
     * connections.
     */
    public static MergerRegistry of(DatabaseOptions options) {
        return new MergerRegistry(
                options.merging(), options.poolSize(), options.poolTimeout().toNanos() / PATIENCE_DIVISOR);
    }

    /** Returns a registry for a pool of the caller's, with so many connections. */
    public static MergerRegistry of(Merging merging, int poolSize) {
        return new MergerRegistry(merging, poolSize, PATIENCE.toNanos());
    }

    /** Returns the merger for a call; null if the call is not merged. */
    @SuppressWarnings("unchecked") // a shape determines the type of its calls' answers
    public <T> @Nullable CallMerger<T> of(Mergeable<T> mergeable, SqlCommand<T> call, MergeExecutor executor) {
        var isRead = mergeable.statementKind().reads();
        var shape = (isRead ? merging.reads() : merging.writes()) ? mergeable.shape(call) : null;
        if (shape == null) {
            return null;
        }
        var merger = mergers.get(shape);
        if (merger == null && mergers.size() >= MOST_MERGERS) {
            // a call that has just got one of these still runs by it, though apart from calls that come later
            mergers.values().removeIf(CallMerger::isIdle);
        }
        if (merger == null && (isRead || rollsBack(call.table(), executor))) {
            merger = mergers.computeIfAbsent(shape, s -> new CallMerger<>(mergeable, executor, slots, patience));
        }
        return (CallMerger<T>) merger;
    }

    /**
     * Returns whether writes to a table can be rolled back. The first call asks; concurrent calls do not wait for it.
     */
    private boolean rollsBack(@Nullable Table<?> table, MergeExecutor executor) {
        if (table == null) {
            return false;
        }
        var known = rollsBack.putIfAbsent(table, false);
        if (known != null) {
            return known;
        }
        try {
            var answer = queryRollsBack(table, executor);
            rollsBack.put(table, answer);
            return answer;
        } catch (Throwable failure) {
            rollsBack.remove(table); // the next call asks again
            throw failure;
        }
    }

    private static boolean queryRollsBack(Table<?> table, MergeExecutor executor) {
        var mapped = executor.statements().configuration().dsl().map(table);
        if (mapped == null) {
            return false;
        }
        var schema = mapped.getSchema();
        var text = Codec.of(SQLDataType.VARCHAR);
        var names = new BindValues()
                .add(text, schema == null ? "" : schema.getName())
                .add(text, mapped.getName());
        return executor.run(SqlCommand.value(null, ROLLS_BACK, names, row -> row.getInt(1) > 0));
    }

    /** Returns the number of mergers. */
    int size() {
        return mergers.size();
    }

    /** Returns how many calls wait in the queues of all mergers. */
    int waiting() {
        return mergers.values().stream().mapToInt(CallMerger::waiting).sum();
    }
}
