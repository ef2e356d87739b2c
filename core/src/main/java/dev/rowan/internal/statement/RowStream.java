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
 * The rows of one query, passed to a body one by one while the server sends them. For one use, on one connection.
 *
 * @param <E> the type of a row
 * @param <T> the body's result
 * @param <X> the checked exception of the body
 */
public final class RowStream<E, T extends @Nullable Object, X extends Exception> {

    /** Ends a query that has unread rows. */
    @FunctionalInterface
    public interface Ending {
        void end(ResultSet rows) throws SQLException;
    }

    /** How the body ended. */
    public sealed interface Outcome<T extends @Nullable Object> {}

    private record Returned<T extends @Nullable Object>(T result) implements Outcome<T> {}

    private record Threw<T extends @Nullable Object>(Throwable failure) implements Outcome<T> {}

    private final SqlCommand<?> query;
    private final SqlCommand.Reader<E> row;
    private final StreamFunction<Stream<E>, T, X> body;
    private @Nullable DatabaseException failure;

    public RowStream(SqlCommand<?> query, SqlCommand.Reader<E> row, StreamFunction<Stream<E>, T, X> body) {
        this.query = query;
        this.row = row;
        this.body = body;
    }

    /**
     * Returns the command that runs the query and the body. An exception of the body is a value, and is not translated.
     */
    public SqlCommand<Outcome<T>> call(Ending ending) {
        return new SqlCommand<Outcome<T>>(
                StatementKind.STREAM,
                query.table(),
                query.text(),
                query.binds(),
                // the driver then reads the rows one by one
                statement -> statement.setFetchSize(Integer.MIN_VALUE),
                false,
                1,
                (statement, rows, count) -> read(Objects.requireNonNull(rows), ending, count));
    }

    /** Returns the failure that ended the rows early, even if the body caught it; null if there was none. */
    public @Nullable DatabaseException failure() {
        return failure;
    }

    /**
     * Moves to the next row, and returns whether there is one. A driver that reads row by row reports a lost connection
     * without an SQLState: it is added here.
     */
    static boolean next(ResultSet rows) throws SQLException {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw e.getErrorCode() == 0 ? new SQLException(e.getMessage(), "08S01", e) : e;
        }
    }

    /** Returns the result of the body, or throws its exception. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a body throws X, or an unchecked exception
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

    private Outcome<T> read(ResultSet rows, Ending ending, SqlCommand.RowCount count) throws SQLException {
        var cursor = new Cursor(rows);
        try {
            return new Returned<>(body.read(StreamSupport.stream(cursor, false)));
        } catch (Throwable thrown) {
            return new Threw<>(thrown);
        } finally {
            cursor.open = false;
            count.read(cursor.taken);
            if (!cursor.atEnd) {
                ending.end(rows);
            }
        }
    }

    /** Reads row by row. It never splits, so that a parallel stream reads sequentially. */
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
                        "The stream is closed. Read its rows inside the lambda that it is passed to.");
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
                atEnd = e.getErrorCode() != 0; // an error of the server is the end of its response
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
