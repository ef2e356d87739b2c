package dev.rowan;

import dev.rowan.error.NotFound;
import dev.rowan.error.NotUnique;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.result.OffsetPage;
import dev.rowan.result.OffsetRequest;
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
 * @param <E> the type of a row: a generated record, or what a projection makes of it
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

    /** Returns the rows of a selection, which is that of this query, maybe with another limit. */
    abstract List<E> read(Selection<?> rows, Executor session);

    /** Returns all rows. */
    public List<E> list() {
        return read(selection(), executor);
    }

    /**
     * Returns all rows, mapped, as in {@code list(UsersRecord::getName)}. The mapper is called after all rows are read
     * and the connection is released.
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
        return read(selection().atMost(1), executor).stream().findFirst();
    }

    /** Returns the first row, mapped, if there is one and the mapper does not return null. */
    public <T> Optional<T> first(Function<? super E, ? extends @Nullable T> mapper) {
        return first().map(mapper);
    }

    /**
     * Returns the only row.
     *
     * @throws NotFound if there is none
     * @throws NotUnique if there is more than one
     */
    public E one() {
        var selection = selection();
        var rows = read(selection.atMost(2), executor);
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
     * Returns the only row, mapped.
     *
     * @throws NotFound if there is none
     * @throws NotUnique if there is more than one
     */
    public <T extends @Nullable Object> T one(Function<? super E, ? extends T> mapper) {
        return mapper.apply(one());
    }

    /**
     * Returns one page of the rows by its position, and the total number of rows. Rows with equal values are sorted by
     * the primary key, if the table has one. Runs two queries on one snapshot of the database.
     *
     * <p>The server reads and drops all rows before the page, so later pages take longer. If rows are inserted or
     * deleted between two requests, the second page may repeat a row or leave one out. Pages of a {@link
     * dev.rowan.result.PageRequest} have neither drawback, but no numbers.
     *
     * @throws IllegalStateException if the query has a limit: the size of a page is that of the request
     */
    public OffsetPage<E> page(OffsetRequest request) {
        selection().requireNoLimit();
        var rows = selection().part(request.offset(), request.size());
        return executor.consistently(session -> new OffsetPage<>(
                read(rows, session), request, session.run(selection().count())));
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
    public abstract <T extends @Nullable Object, X extends Exception> T stream(StreamBody<E, T, X> body) throws X;
}
