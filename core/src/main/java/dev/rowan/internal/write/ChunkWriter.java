package dev.rowan.internal.write;

import dev.rowan.error.ConstraintViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidValue;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes chunks of rows, each by one statement. If the server refuses a chunk, its rows are written one by one, so that
 * the error names the row.
 *
 * @param <T> the answer to a statement
 */
@FunctionalInterface
public interface ChunkWriter<R extends KeyedRecord<R>, T> {

    /** Writes a chunk by one statement, and returns the answer. */
    T write(InsertChunk<R> chunk, Executor executor);

    /** Writes all chunks atomically, and returns the answers to the statements. */
    default List<T> writeAll(List<InsertChunk<R>> chunks, Executor executor) {
        if (chunks.size() == 1) {
            try {
                return List.of(write(chunks.getFirst(), executor));
            } catch (DatabaseException e) {
                if (!isAboutRow(e)) {
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
     * Writes the chunks one after the other.
     *
     * @param before the number of rows that were written before, from which the rows are counted on
     * @return the number of all rows, those written before included
     */
    default long writeEach(
            Iterator<InsertChunk<R>> chunks, long before, Executor session, Consumer<? super T> answers) {
        long rows = before;
        while (chunks.hasNext()) {
            var chunk = chunks.next();
            try {
                answers.accept(write(chunk, session));
            } catch (DatabaseException e) {
                if (!isAboutRow(e)) {
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
        for (var row : chunk.split()) {
            number++;
            try {
                answers.accept(write(row, session));
            } catch (DatabaseException e) {
                throw SqlExceptionTranslator.inRow(number, e);
            }
        }
    }

    /** Returns whether an error is about one of the rows, and not about the statement or the connection. */
    static boolean isAboutRow(DatabaseException e) {
        return e instanceof ConstraintViolation || e instanceof InvalidValue || UpsertGuard.isRefusal(e);
    }
}
