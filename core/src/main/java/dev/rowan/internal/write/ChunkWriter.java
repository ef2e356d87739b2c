package dev.rowan.internal.write;

import dev.rowan.error.ConstraintViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidValue;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.MysqlError;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one chunk of rows is written, by one statement.
 *
 * @param <T> what its statement answers
 */
@FunctionalInterface
public interface ChunkWriter<R extends KeyedRecord<R>, T> {

    T write(InsertChunk<R> chunk, Executor executor);

    /** Writes all chunks, or none, and returns the answers to the statements that it took. */
    default List<T> writeAll(List<InsertChunk<R>> chunks, Executor executor) {
        if (chunks.size() == 1) {
            try {
                return List.of(write(chunks.getFirst(), executor));
            } catch (DatabaseException e) {
                if (!isRefused(e)) {
                    throw e;
                }
            }
        }
        return executor.atomically(session -> {
            var answers = new ArrayList<T>();
            writeEach(chunks.iterator(), 0, session, answers::add);
            return answers;
        });
    }

    /**
     * Writes chunk after chunk. One that is refused is written again row by row, so that the error says which row it is.
     * Returns how many rows there were, those before among them.
     */
    default long writeEach(
            Iterator<InsertChunk<R>> chunks, long before, Executor session, Consumer<? super T> answers) {
        long rows = before;
        while (chunks.hasNext()) {
            var chunk = chunks.next();
            try {
                answers.accept(write(chunk, session));
            } catch (DatabaseException e) {
                if (!isRefused(e)) {
                    throw e;
                }
                writeRows(chunk, rows, session, answers);
            }
            rows += chunk.rows().size();
        }
        return rows;
    }

    private void writeRows(InsertChunk<R> chunk, long before, Executor session, Consumer<? super T> answers) {
        long number = before;
        for (var row : chunk.apart()) {
            number++;
            try {
                answers.accept(write(row, session));
            } catch (DatabaseException e) {
                throw SqlExceptionTranslator.inRow(number, e);
            }
        }
    }

    /** Checks or prepares each record before any is written, as {@link #check} does; they are counted from 1. */
    static <R> void checkEach(Iterable<R> records, Consumer<? super R> check) {
        long number = 0;
        for (var record : records) {
            check(++number, record, check);
        }
    }

    /** Checks or prepares one record of many; an error says which row it is. */
    static <R> void check(long number, @Nullable R record, Consumer<? super R> check) {
        if (record == null) {
            throw new IllegalArgumentException("Row " + number + " is null.");
        }
        try {
            check.accept(record);
        } catch (InvalidValue e) {
            throw SqlExceptionTranslator.inRow(number, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Row " + number + ": " + e.getMessage(), e);
        }
    }

    /** Returns whether an error is about a row. */
    static boolean isRefused(DatabaseException e) {
        return e instanceof ConstraintViolation || e instanceof InvalidValue || isRefusedByGuard(e);
    }

    /** Returns whether an upsert refused a row: its guard is a subquery that has two rows then. */
    static boolean isRefusedByGuard(DatabaseException e) {
        return MysqlError.SUBQUERY_OF_SEVERAL_ROWS.is(e);
    }
}
