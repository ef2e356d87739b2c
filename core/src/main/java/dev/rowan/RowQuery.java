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
 * What a query reads, and the verbs that end it; each names the shape of its answer.
 *
 * @param <E> what a row becomes: a generated record, or one of jOOQ's {@code Record1} to {@code Record8}
 */
public abstract sealed class RowQuery<E> permits ReadQuery, Projection {

    /**
     * What is made of the rows while they are read.
     *
     * @param <E> a row
     * @param <T> the result
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface StreamBody<E, T extends @Nullable Object, X extends Exception> {
        /** Reads the rows as far as it needs them; the stream ends with this call. */
        T read(Stream<E> rows) throws X;
    }

    final Executor executor;

    RowQuery(Executor executor) {
        this.executor = executor;
    }

    abstract Selection<?> selection();

    abstract RowReader<E> columns();

    /** Reads the rows of the selection, which is this query's but for its limit. */
    List<E> read(Selection<?> selection) {
        return executor.run(selection.rows(columns()));
    }

    /** Returns all rows. */
    public List<E> list() {
        return read(selection());
    }

    /**
     * Returns what the mapper makes of each row: {@code list(UsersRecord::getName)}, or, of selected fields,
     * {@code list(Records.mapping(NameAndAge::new))}. It is called when all rows are read and the connection is free.
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
        return read(selection().limitedTo(1)).stream().findFirst();
    }

    /**
     * Returns the only row.
     *
     * @throws NotFound if there is none
     * @throws NotUnique if there is more than one
     */
    public E one() {
        var selection = selection();
        var atMost = selection.limit() == 0 ? 2 : Math.min(2, selection.limit());
        var rows = read(selection.limitedTo(atMost));
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
     * Gives the rows to the action one by one, as the server sends them: {@link #stream} for what has no result.
     *
     * @throws IllegalStateException from a session's statement in the action
     */
    public void forEach(Consumer<? super E> action) {
        stream(rows -> {
            rows.forEach(action);
            return this;
        });
    }

    /**
     * Gives the rows to the body one by one, as the server sends them, and returns the body's result. Memory holds one
     * row at a time, however many there are.
     *
     * <pre>{@code
     * long bytes = users.all().stream(rows -> rows.mapToLong(this::export).sum());
     * }</pre>
     *
     * <p>It takes one connection for as long as the body runs, in a session the session's, which takes no other
     * statement meanwhile. The limit on the time of a statement does not hold; that on the wait for the next byte does.
     * A body may leave early: the query is then ended, in a session with the help of a second connection; if the pool
     * has none, what is left is read to its end. The query is never run again, as rows of it were given away.
     *
     * @throws X what the body throws, as it is
     * @throws IllegalStateException from the stream, if it is used after the body has returned; from a session's
     *     statement, if a stream of the session is open
     */
    public <T extends @Nullable Object, X extends Exception> T stream(StreamBody<E, T, X> body) throws X {
        return executor.stream(
                new RowStream<>(selection().stream(columns()), columns().row(), body::read));
    }
}
