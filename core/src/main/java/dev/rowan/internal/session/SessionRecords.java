package dev.rowan.internal.session;

import dev.rowan.error.UniqueViolation;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.RecordTracker;
import dev.rowan.internal.flush.PlannedSteps;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.unitofwork.UnitOfWork;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one session: its unit of work, when that is flushed, and the log by which a rollback restores records.
 * A session that only reads has no unit of work and tracks nothing. Not thread-safe.
 */
final class SessionRecords implements RecordTracker {

    /** What the statements of the session currently belong to. */
    private enum Phase {
        /** The body of the transaction: with auto-flush, a query flushes first. */
        BODY,
        /** A call of several statements: a query between its writes does not flush. */
        CALL,
        /** A flush: its writes are those of the unit of work, and are not reported to it. */
        FLUSH
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.rowan.flush");

    private final UndoLog undo = new UndoLog();
    private final Runnable prepareQuery;
    private final Runnable flush;
    private @Nullable UnitOfWork unitOfWork;
    private boolean flushesBeforeQueries;
    private Phase phase = Phase.BODY;

    /**
     * @param prepareQuery checks that the session can run a query and, with auto-flush, flushes
     * @param flush writes all pending changes
     */
    SessionRecords(Runnable prepareQuery, Runnable flush) {
        this.prepareQuery = prepareQuery;
        this.flush = flush;
    }

    /**
     * Starts the unit of work.
     *
     * @param beforeQueries whether a query flushes first (auto-flush)
     */
    void track(Executor session, boolean beforeQueries) {
        unitOfWork = new UnitOfWork(session, undo);
        flushesBeforeQueries = beforeQueries;
    }

    /** Returns the unit of work. @throws IllegalStateException if the session only reads */
    UnitOfWork unitOfWork() {
        if (unitOfWork == null) {
            throw new IllegalStateException(
                    "This session only reads, so it tracks no records and writes nothing. Use database.transaction(…)"
                            + " instead of read(…); to refresh a record, read its row again.");
        }
        return unitOfWork;
    }

    /** Sets whether a query flushes first, and returns whether it did before. */
    boolean setAutoFlush(boolean beforeQueries) {
        var before = flushesBeforeQueries;
        flushesBeforeQueries = beforeQueries;
        return before;
    }

    /** Returns whether a query at this point flushes first. */
    boolean flushesBeforeQuery() {
        return flushesBeforeQueries && phase == Phase.BODY;
    }

    boolean isFlushing() {
        return phase == Phase.FLUSH;
    }

    /** Returns whether there are changes that were not written; runs no statement. */
    boolean hasChanges() {
        return unitOfWork != null && !unitOfWork.pending().isEmpty();
    }

    /** Returns what a flush writes now; null if there is nothing to write. */
    @Nullable PlannedSteps plan() {
        if (unitOfWork == null || phase == Phase.FLUSH) {
            return null;
        }
        var plan = duringCall(unitOfWork::plan);
        if (plan.isEmpty()) {
            unitOfWork.endReferences();
            return null;
        }
        if (LOG.isDebugEnabled()) {
            LOG.debug("A flush writes:\n{}", plan);
        }
        return plan;
    }

    /** Writes all pending changes. If that fails, the caller rolls back those already written. */
    void flush(PlannedSteps plan) {
        var tracked = unitOfWork();
        during(Phase.FLUSH, () -> {
            try {
                tracked.flush(plan);
            } catch (UniqueViolation e) {
                throw explained(e);
            }
            return tracked;
        });
    }

    /** Adds to the message what may have led to the error in a flush. */
    private static UniqueViolation explained(UniqueViolation e) {
        var hint = hint(e.key());
        return hint.isEmpty() ? e : new UniqueViolation(e.getMessage() + hint, e.key(), e.getCause());
    }

    private static String hint(UniqueKey<?> key) {
        if (key.isPrimary()) {
            return " If a new record stands for that row, session.merge(record) writes its values to it, in place of"
                    + " session.add(record).";
        }
        return key.getFields().stream().anyMatch(field -> field.getDataType().readonly())
                ? " The server computes the key, so a flush cannot order rows that take one another's values: if that is"
                        + " the cause, change the row that gives up the value first, and call flush()."
                : "";
    }

    /** Runs a call of several statements. */
    <T> T duringCall(Supplier<T> call) {
        return during(Phase.CALL, call);
    }

    private <T> T during(Phase inner, Supplier<T> action) {
        var outer = phase;
        phase = inner;
        try {
            return action.get();
        } finally {
            phase = outer;
        }
    }

    /** Returns how many changes of records the undo log holds. */
    int changes() {
        return undo.size();
    }

    /** Restores all records to their state at the beginning of the transaction. */
    void rollback() {
        if (unitOfWork != null) {
            unitOfWork.logReferenceChanges();
        }
        undo.rollBack();
        if (unitOfWork != null) {
            unitOfWork.rollback();
        }
    }

    /** Restores the records to their state at the savepoint. */
    void rollbackTo(SavepointStack.Savepoint savepoint) {
        if (unitOfWork != null && savepoint.ofBody()) {
            unitOfWork.logReferenceChanges();
        }
        undo.rollBackTo(savepoint.changes(), savepoint.mark());
        if (unitOfWork != null && savepoint.ofBody()) {
            unitOfWork.rollback();
        }
    }

    /** Detaches the records, which may then be attached to another session. */
    void end() {
        if (unitOfWork != null) {
            unitOfWork.end();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the record of a row is of the row's own type
    public <R extends TableRecord<R>> R canonical(R read) {
        return unitOfWork != null && read instanceof KeyedRecord<?> row ? (R) unitOfWork.canonical(row) : read;
    }

    @Override
    @SuppressWarnings("unchecked") // the record of a row is of the row's own type
    public <R extends TableRecord<R>> @Nullable R held(Table<R> table, List<Object> key) {
        return unitOfWork == null ? null : (R) unitOfWork.held(table, key);
    }

    @Override
    @SuppressWarnings("unchecked") // the record of a row is of the row's own type
    public <R extends KeyedRecord<R>> R afterUpsert(R record, BitSet written, boolean isChanged) {
        return unitOfWork == null ? record : (R) unitOfWork.afterUpsert(record, written, isChanged);
    }

    private void noteWrite() {
        if (unitOfWork != null) {
            unitOfWork.beforeAnyWrite();
        }
    }

    @Override
    public void beforeRead() {
        prepareQuery.run();
    }

    @Override
    public void beforeWrite(Table<?> table) {
        noteWrite();
        prepareQuery.run();
    }

    @Override
    public void beforeWrite(Table<?> table, List<Object> key) {
        noteWrite();
        if (unitOfWork != null && phase != Phase.FLUSH) {
            if (unitOfWork.refersToNewRows(table, key)) {
                flush.run(); // inserts these rows first
            }
            unitOfWork.beforeWrite(table, key);
        }
    }

    @Override
    public void beforeWrite(KeyedRecord<?> record) {
        noteWrite();
        if (unitOfWork != null && phase != Phase.FLUSH) {
            unitOfWork.beforeWrite(record);
        }
    }

    @Override
    public void afterWrite(List<? extends Table<?>> tables) {
        noteWrite();
        if (unitOfWork == null || phase == Phase.FLUSH) {
            return;
        }
        if (tables.isEmpty()) {
            unitOfWork.markAllStale();
        } else {
            unitOfWork.markStale(tables);
        }
    }

    @Override
    public void written(KeyedRecord<?> record) {
        noteWrite();
        undo.add(record);
        if (unitOfWork != null) {
            unitOfWork.written(record);
        }
    }

    @Override
    public void inserted(KeyedRecord<?> record) {
        noteWrite();
        undo.add(record);
        if (unitOfWork != null) {
            unitOfWork.inserted(record);
        }
    }
}
