package dev.rowan.internal.statement;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one query, given to a body one by one while the server sends them. For one use, on one connection.
 *
 * @param <E> a row
 * @param <T> the body's result
 * @param <X> what the body may throw
 */
public final class RowStream<E, T extends @Nullable Object, X extends Exception> {

    /** Ends a query whose rows were not all read. */
    @FunctionalInterface
    public interface Ending {
        void end(ResultSet rows) throws SQLException;
    }

    /** How the body ended. */
    public sealed interface Outcome<T extends @Nullable Object> {

        /** Returns how many rows the body took. */
        long rows();
    }

    private record Returned<T extends @Nullable Object>(long rows, T result) implements Outcome<T> {}

    private record Threw<T extends @Nullable Object>(long rows, Throwable failure) implements Outcome<T> {}

    private final SqlCommand<?> query;
    private final SqlCommand.Reader<E> row;
    private final StreamFunction<Stream<E>, T, X> body;
    private @Nullable DatabaseException failure;

    public RowStream(SqlCommand<?> query, SqlCommand.Reader<E> row, StreamFunction<Stream<E>, T, X> body) {
        this.query = query;
        this.row = row;
        this.body = body;
    }

    /** Returns the call that runs the query and the body; what the body throws comes as a value, not to be typed. */
    public SqlCommand<Outcome<T>> call(Ending ending) {
        return new SqlCommand<Outcome<T>>(
                StatementKind.STREAM,
                query.table(),
                query.text(),
                query.binds(),
                // the driver's sign for rows that come one by one
                statement -> statement.setFetchSize(Integer.MIN_VALUE),
                false,
                (statement, rows) -> read(Objects.requireNonNull(rows), ending));
    }

    /** Returns why the rows ended before their end, whatever the body made of that; null if they did not. */
    public @Nullable DatabaseException failure() {
        return failure;
    }

    /**
     * Goes on to the next row, if there is one. While it reads rows one by one, the driver has no state of its own for a
     * connection that breaks.
     */
    static boolean next(ResultSet rows) throws SQLException {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw e.getErrorCode() == 0 ? new SQLException(e.getMessage(), "08S01", e) : e;
        }
    }

    /** Returns what the body returned, or throws what it threw. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a body throws X, or what is unchecked
    public T result(Outcome<T> outcome) throws X {
        return switch (outcome) {
            case Returned<T> returned -> returned.result();
            case Threw<T> threw -> {
                if (threw.failure() instanceof Error error) {
                    throw error;
                }
                throw (X) threw.failure();
            }
        };
    }

    private Outcome<T> read(ResultSet rows, Ending ending) throws SQLException {
        var cursor = new Cursor(rows);
        try {
            return returned(cursor, body.read(StreamSupport.stream(cursor, false)));
        } catch (Throwable thrown) {
            return new Threw<>(cursor.taken, thrown);
        } finally {
            cursor.open = false;
            if (!cursor.atEnd) {
                ending.end(rows);
            }
        }
    }

    private Outcome<T> returned(Cursor cursor, T result) {
        return new Returned<>(cursor.taken, result);
    }

    /** Reads row by row; never splits, so that a parallel stream reads as a sequential one does. */
    private final class Cursor implements Spliterator<E> {

        private final ResultSet rows;
        private volatile boolean open = true;
        private volatile boolean atEnd;
        private long taken;

        Cursor(ResultSet rows) {
            this.rows = rows;
        }

        @Override
        public boolean tryAdvance(Consumer<? super E> action) {
            if (!open) {
                throw new IllegalStateException(
                        "The stream has ended with the body that it was given to. Read the rows inside the body.");
            }
            if (atEnd) {
                return false;
            }
            if (!next()) {
                return false;
            }
            E next;
            try {
                next = row.read(rows);
            } catch (SQLException e) {
                throw SqlExceptionTranslator.typed(e, StatementKind.STREAM, query.table());
            }
            taken++;
            action.accept(next);
            return true;
        }

        private boolean next() {
            try {
                atEnd = !RowStream.next(rows);
                return !atEnd;
            } catch (SQLException e) {
                atEnd = e.getErrorCode() != 0; // the server's error is the end of its answer
                failure = SqlExceptionTranslator.typed(e, StatementKind.STREAM, query.table());
                throw failure;
            }
        }

        @Override
        public @Nullable Spliterator<E> trySplit() {
            return null;
        }

        @Override
        public long estimateSize() {
            return Long.MAX_VALUE;
        }

        @Override
        public int characteristics() {
            return ORDERED | NONNULL;
        }
    }
}
