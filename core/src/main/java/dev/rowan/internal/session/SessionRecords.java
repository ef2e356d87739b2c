package dev.rowan.internal.session;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.RecordTracker;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.unitofwork.UnitOfWork;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one session: its unit of work, when that is flushed, and what a rollback undoes. Not thread-safe.
 */
final class SessionRecords implements RecordTracker {

    /** What the statements of the session are part of now. */
    private enum Phase {
        /** The body: a query may flush before it runs. */
        BODY,
        /** A call of several statements, whose reads between its own writes are not for a flush to disturb. */
        CALL,
        /** A flush, whose own writes are not to be noted by the unit of work that makes them. */
        FLUSH
    }

    private final UndoLog undo = new UndoLog();
    private @Nullable UnitOfWork work;
    private boolean flushesBeforeQueries;
    private Phase phase = Phase.BODY;

    /** Keeps one record for each row from now on, and writes what is modified on it at the commit. */
    void track(Executor session, boolean beforeQueries) {
        work = new UnitOfWork(session, undo);
        flushesBeforeQueries = beforeQueries;
    }

    /** Returns the unit of work. @throws IllegalStateException if the session only reads */
    UnitOfWork work() {
        if (work == null) {
            throw new IllegalStateException(
                    "This session only reads: it tracks no records, and has nothing to write. Use database.transaction(…)"
                            + " instead of read(…), or read a row again to have it as it is now.");
        }
        return work;
    }

    /** Says whether a flush would write anything. */
    boolean isDirty() {
        return work != null && phase != Phase.FLUSH && !work.isClean();
    }

    /** Says whether a query flushes before it runs. */
    boolean flushesNow() {
        return flushesBeforeQueries && phase == Phase.BODY;
    }

    boolean isFlushing() {
        return phase == Phase.FLUSH;
    }

    /** Writes what is to be written; if that fails, the caller rolls back what was done of it. */
    void flush() {
        if (work != null) {
            var tracked = work;
            during(Phase.FLUSH, () -> {
                tracked.flush();
                return tracked;
            });
        }
    }

    /** Runs a call of several statements. */
    <T> T call(Supplier<T> several) {
        return during(Phase.CALL, several);
    }

    private <T> T during(Phase other, Supplier<T> action) {
        var before = phase;
        phase = other;
        try {
            return action.get();
        } finally {
            phase = before;
        }
    }

    /** Returns how many changes of records can be undone. */
    int changes() {
        return undo.size();
    }

    /** Sets all records back to what they were when the transaction began. */
    void rolledBack() {
        if (work != null) {
            work.rollBackTies();
        }
        undo.rollBack();
        if (work != null) {
            work.rolledBack();
        }
    }

    /** Sets the records back to what they were at the savepoint. */
    void rolledBackTo(SavepointStack.Savepoint savepoint) {
        if (work != null && savepoint.ofBody()) {
            work.rollBackTies();
        }
        undo.rollBackTo(savepoint.writes(), savepoint.mark());
        if (work != null && savepoint.ofBody()) {
            work.rolledBack();
        }
    }

    /** Lets go of the records: another session may have them. */
    void end() {
        if (work != null) {
            work.end();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the record of a row is of the row's own type
    public <R extends TableRecord<R>> R known(R read) {
        return work != null && read instanceof KeyedRecord<?> row ? (R) work.known(row) : read;
    }

    @Override
    public void beforeWrite(Table<?> table, List<Object> key) {
        if (work != null && phase != Phase.FLUSH) {
            work.overwrite(table, key);
        }
    }

    @Override
    public void beforeWrite(KeyedRecord<?> record) {
        if (work != null && phase != Phase.FLUSH) {
            work.overwrite(record);
        }
    }

    @Override
    public void afterWrite(List<? extends Table<?>> tables) {
        if (work == null || phase == Phase.FLUSH) {
            return;
        }
        if (tables.isEmpty()) {
            work.overwritten();
        } else {
            work.overwritten(tables);
        }
    }

    @Override
    public void written(KeyedRecord<?> record) {
        undo.add(record);
        if (work != null) {
            work.wrote(record);
        }
    }

    @Override
    public void inserted(KeyedRecord<?> record) {
        undo.add(record);
        if (work != null) {
            work.inserted(record);
        }
    }
}
