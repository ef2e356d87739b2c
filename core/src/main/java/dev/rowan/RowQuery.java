package dev.rowan;

import dev.rowan.error.NotFound;
import dev.rowan.error.NotUnique;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.table.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The methods that run a query and return its rows. Immutable.
 *
 * @param <E> the type of a row: a generated record, or one of jOOQ's {@code Record1} to {@code Record8}
 */
public abstract sealed class RowQuery<E> permits ReadQuery, Projection {

    /**
     * A function of the rows of a query, which are streamed from the server.
     *
     * @param <E> the type of a row
     * @param <T> the result
     * @param <X> the checked exception that it may throw
     */
    @FunctionalInterface
    public interface StreamBody<E, T extends @Nullable Object, X extends Exception> {
        /** Reads rows as far as needed; the stream ends when the method returns. */
        T read(Stream<E> rows) throws X;
    }

    final Executor executor;

    RowQuery(Executor executor) {
        this.executor = executor;
    }

    abstract Selection<?> selection();

    abstract RowReader<E> columns();

    /** Returns the rows of a selection, which is that of this query, maybe with another limit. */
    List<E> read(Selection<?> selection) {
        return executor.run(selection.rows(columns()));
    }

    /** Returns all rows. */
    public List<E> list() {
        return read(selection());
    }

    /**
     * Returns all rows, mapped: {@code list(UsersRecord::getName)}, or {@code list(Records.mapping(NameAndAge::new))}
     * for selected fields. The mapper is called after all rows are read and the connection is released.
     */
    public <T extends @Nullable Object> List<T> list(Function<? super E, ? extends T> mapper) {
        var mapped = new ArrayList<T>();
        for (var row : list()) {
            mapped.add(mapper.apply(row));
        }
        return mapped;
    }

    /** Returns the first row, if there is one. */
    public Optional<E> first() {
        return read(selection().atMost(1)).stream().findFirst();
    }

    /**
     * Returns the only row.
     *
     * @throws NotFound if there is none
     * @throws NotUnique if there is more than one
     */
    public E one() {
        var selection = selection();
        var rows = read(selection.atMost(2));
        var table = selection.table().getName();
        if (rows.isEmpty()) {
            throw new NotFound("No row of " + table + " meets the condition. Use first() where there may be none.");
        }
        if (rows.size() > 1) {
            throw new NotUnique(
                    "Several rows of " + table + " meet the condition. Narrow it to one, or use first() or list().");
        }
        return rows.getFirst();
    }

    /**
     * Runs the action for each row, as the server sends the rows. Like {@link #stream}, but without a result.
     *
     * @throws IllegalStateException from a statement that the action runs in the same session
     */
    public void forEach(Consumer<? super E> action) {
        stream(rows -> {
            rows.forEach(action);
            return this;
        });
    }

    /**
     * Runs the body with a stream of the rows, as the server sends them, and returns the body's result. Only one row is
     * in memory at a time.
     *
     * <pre>{@code
     * long bytes = users.all().stream(rows -> rows.mapToLong(this::export).sum());
     * }</pre>
     *
     * <p>The stream uses a connection until the body returns. In a session it uses the session's connection, which
     * cannot run another statement meanwhile. {@code statementTimeout} does not apply to the query, but
     * {@code socketTimeout} does. The body may return before the last row: then the query is cancelled. A session
     * needs a second connection for that; if the pool has none, the remaining rows are read and dropped. The query is
     * never retried, as the body has seen rows.
     *
     * @throws X if the body throws it; it is not wrapped
     * @throws IllegalStateException from the stream, if it is used after the body has returned; from a statement of the
     *     session, if one of its streams is open
     */
    public <T extends @Nullable Object, X extends Exception> T stream(StreamBody<E, T, X> body) throws X {
        return executor.stream(
                new RowStream<>(selection().rows(columns()), columns().row(), body::read));
    }
}
