package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.table.RowReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * A read-only query of one table or view. Conditions, order and limit come first; the last method runs the query and
 * names the shape of the result.
 *
 * <pre>{@code
 * var names = users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).limit(10).list(UsersRecord::getName);
 * }</pre>
 *
 * <p>Immutable: each method returns a new query, so a query can be stored and run many times, by many threads if it is
 * bound to a {@link Database}. A column of another table throws an {@link IllegalArgumentException} that names it,
 * before a connection is used.
 *
 * @param <R> the record of a row
 */
public sealed class ReadQuery<R extends TableRecord<R>> extends RowQuery<R> permits TableQuery {

    final Selection<R> selection;
    final List<Relation<R, ?>> relations;

    ReadQuery(Executor executor, Selection<R> selection, List<Relation<R, ?>> relations) {
        super(executor);
        this.selection = selection;
        this.relations = relations;
    }

    /** Returns this query, narrowed to the rows that also meet the condition. */
    @CheckReturnValue
    public ReadQuery<R> and(Condition condition) {
        return with(selection.and(condition));
    }

    /**
     * Returns this query in the order of these fields, such as {@code USERS.NAME} or {@code USERS.AGE.desc()}. After
     * another order, they sort the rows that are equal in it.
     *
     * @throws IllegalArgumentException if a field is null
     */
    @CheckReturnValue
    public ReadQuery<R> orderBy(OrderField<?>... fields) {
        return with(selection.thenOrderedBy(sorts(fields)));
    }

    /** Returns this query in the order of these fields, see {@link #orderBy(OrderField...)}. */
    @CheckReturnValue
    public ReadQuery<R> orderBy(Collection<? extends OrderField<?>> fields) {
        return orderBy(fields.toArray(OrderField<?>[]::new));
    }

    /**
     * Returns this query, limited to a number of rows, also 0. Of several limits the lowest counts.
     *
     * @throws IllegalArgumentException if it is negative
     */
    @CheckReturnValue
    public ReadQuery<R> limit(long rows) {
        return with(selection.atMost(notNegative(rows)));
    }

    /**
     * Returns this query with eager loading of a relation. It is loaded by one more query for all rows, in the same
     * transaction.
     *
     * <pre>{@code
     * var users = users.all().with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS)).list(); // three statements
     * }</pre>
     */
    @CheckReturnValue
    public ReadQuery<R> with(Relation<R, ?> relation) {
        return new ReadQuery<>(executor, selection, Relation.plus(relations, relation));
    }

    /**
     * Returns a projection to these fields: columns, columns along foreign keys, or expressions.
     *
     * @throws IllegalArgumentException if a field is null, or given twice
     */
    @CheckReturnValue
    public final <A> Projection.Of1<A> select(Field<A> a) {
        return new Projection.Of1<>(executor, selection, selected(a));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B> Projection.Of2<A, B> select(Field<A> a, Field<B> b) {
        return new Projection.Of2<>(executor, selection, selected(a, b));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C> Projection.Of3<A, B, C> select(Field<A> a, Field<B> b, Field<C> c) {
        return new Projection.Of3<>(executor, selection, selected(a, b, c));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D> Projection.Of4<A, B, C, D> select(Field<A> a, Field<B> b, Field<C> c, Field<D> d) {
        return new Projection.Of4<>(executor, selection, selected(a, b, c, d));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E> Projection.Of5<A, B, C, D, E> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e) {
        return new Projection.Of5<>(executor, selection, selected(a, b, c, d, e));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F> Projection.Of6<A, B, C, D, E, F> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e, Field<F> f) {
        return new Projection.Of6<>(executor, selection, selected(a, b, c, d, e, f));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G> Projection.Of7<A, B, C, D, E, F, G> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e, Field<F> f, Field<G> g) {
        return new Projection.Of7<>(executor, selection, selected(a, b, c, d, e, f, g));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H> Projection.Of8<A, B, C, D, E, F, G, H> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e, Field<F> f, Field<G> g, Field<H> h) {
        return new Projection.Of8<>(executor, selection, selected(a, b, c, d, e, f, g, h));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I> Projection.Of9<A, B, C, D, E, F, G, H, I> select(
            Field<A> a,
            Field<B> b,
            Field<C> c,
            Field<D> d,
            Field<E> e,
            Field<F> f,
            Field<G> g,
            Field<H> h,
            Field<I> i) {
        return new Projection.Of9<>(executor, selection, selected(a, b, c, d, e, f, g, h, i));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J> Projection.Of10<A, B, C, D, E, F, G, H, I, J> select(
            Field<A> a,
            Field<B> b,
            Field<C> c,
            Field<D> d,
            Field<E> e,
            Field<F> f,
            Field<G> g,
            Field<H> h,
            Field<I> i,
            Field<J> j) {
        return new Projection.Of10<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K> Projection.Of11<A, B, C, D, E, F, G, H, I, J, K> select(
            Field<A> a,
            Field<B> b,
            Field<C> c,
            Field<D> d,
            Field<E> e,
            Field<F> f,
            Field<G> g,
            Field<H> h,
            Field<I> i,
            Field<J> j,
            Field<K> k) {
        return new Projection.Of11<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L> Projection.Of12<A, B, C, D, E, F, G, H, I, J, K, L> select(
            Field<A> a,
            Field<B> b,
            Field<C> c,
            Field<D> d,
            Field<E> e,
            Field<F> f,
            Field<G> g,
            Field<H> h,
            Field<I> i,
            Field<J> j,
            Field<K> k,
            Field<L> l) {
        return new Projection.Of12<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M> Projection.Of13<A, B, C, D, E, F, G, H, I, J, K, L, M> select(
            Field<A> a,
            Field<B> b,
            Field<C> c,
            Field<D> d,
            Field<E> e,
            Field<F> f,
            Field<G> g,
            Field<H> h,
            Field<I> i,
            Field<J> j,
            Field<K> k,
            Field<L> l,
            Field<M> m) {
        return new Projection.Of13<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N>
            Projection.Of14<A, B, C, D, E, F, G, H, I, J, K, L, M, N> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n) {
        return new Projection.Of14<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>
            Projection.Of15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o) {
        return new Projection.Of15<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>
            Projection.Of16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p) {
        return new Projection.Of16<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q>
            Projection.Of17<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p,
                    Field<Q> q) {
        return new Projection.Of17<>(executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S>
            Projection.Of18<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p,
                    Field<Q> q,
                    Field<S> s) {
        return new Projection.Of18<>(
                executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, s));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T>
            Projection.Of19<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p,
                    Field<Q> q,
                    Field<S> s,
                    Field<T> t) {
        return new Projection.Of19<>(
                executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, s, t));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U>
            Projection.Of20<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p,
                    Field<Q> q,
                    Field<S> s,
                    Field<T> t,
                    Field<U> u) {
        return new Projection.Of20<>(
                executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, s, t, u));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V>
            Projection.Of21<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p,
                    Field<Q> q,
                    Field<S> s,
                    Field<T> t,
                    Field<U> u,
                    Field<V> v) {
        return new Projection.Of21<>(
                executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, s, t, u, v));
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V, W>
            Projection.Of22<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V, W> select(
                    Field<A> a,
                    Field<B> b,
                    Field<C> c,
                    Field<D> d,
                    Field<E> e,
                    Field<F> f,
                    Field<G> g,
                    Field<H> h,
                    Field<I> i,
                    Field<J> j,
                    Field<K> k,
                    Field<L> l,
                    Field<M> m,
                    Field<N> n,
                    Field<O> o,
                    Field<P> p,
                    Field<Q> q,
                    Field<S> s,
                    Field<T> t,
                    Field<U> u,
                    Field<V> v,
                    Field<W> w) {
        return new Projection.Of22<>(
                executor, selection, selected(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, s, t, u, v, w));
    }

    /** Returns a projection to any number of fields, without their types. */
    @CheckReturnValue
    public final Projection<Record> select(Field<?>... fields) {
        return new Projection<>(executor, selection, selected(fields));
    }

    /** Returns the number of rows. */
    public long count() {
        return executor.run(selection.count());
    }

    /** Returns whether there is a row. */
    public boolean exists() {
        return executor.run(selection.exists());
    }

    @Override
    final List<R> read(Selection<?> rows, Executor executor) {
        var whole = RowReader.of(selection.mapping());
        if (relations.isEmpty()) {
            return tracked(executor.run(rows.rows(whole)), executor);
        }
        return executor.consistently(session -> {
            var records = tracked(session.run(rows.rows(whole)), session);
            Relation.loadAll(relations, records, session);
            return records;
        });
    }

    private List<R> tracked(List<R> records, Executor session) {
        records.replaceAll(session.tracker()::canonical);
        return records;
    }

    @Override
    public final <T extends @Nullable Object, X extends Exception> T stream(StreamBody<R, T, X> body) throws X {
        refuseRelations("A stream", "use scan, or page by page load(page.items(), relation)");
        var whole = RowReader.of(selection.mapping());
        return executor.stream(new RowStream<>(selection.rows(whole), whole.row(), body::read));
    }

    /** @throws IllegalStateException if the query has relations, which the called method does not load */
    final void refuseRelations(String what, String hint) {
        if (!relations.isEmpty()) {
            throw new IllegalStateException(what + " loads no relations: leave with(…) out, or " + hint + ".");
        }
    }

    private ReadQuery<R> with(Selection<R> other) {
        return new ReadQuery<>(executor, other, relations);
    }

    @Override
    final Selection<R> selection() {
        return selection;
    }

    private <T extends Record> RowReader<T> selected(Field<?>... fields) {
        refuseRelations("A projection", "map whole records: list(user -> …)");
        for (var field : fields) {
            if (field == null) {
                throw new IllegalArgumentException(
                        "A field to select is null. Does the table have a column of that name?");
            }
        }
        return RowReader.of(selection.mapping(), List.of(fields));
    }

    static List<SortField<?>> sorts(OrderField<?>... fields) {
        var sorts = new ArrayList<SortField<?>>();
        for (var field : fields) {
            if (field == null) {
                throw new IllegalArgumentException("A field of the order is null. Does the table have a column of that"
                        + " name? For names from outside, use AllowedOrder.");
            }
            sorts.add(field instanceof SortField<?> sort ? sort : ((Field<?>) field).asc());
        }
        return sorts;
    }

    static long notNegative(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("The limit must not be negative.");
        }
        return rows;
    }
}
