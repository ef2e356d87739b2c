package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.table.RowReader;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Record3;
import org.jooq.Record4;
import org.jooq.Record5;
import org.jooq.Record6;
import org.jooq.Record7;
import org.jooq.Record8;
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

    /** Returns a projection to these fields: columns, columns along foreign keys, or expressions. */
    @CheckReturnValue
    public final <A> Projection<Record1<A>> select(Field<A> a) {
        return projection(a);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B> Projection<Record2<A, B>> select(Field<A> a, Field<B> b) {
        return projection(a, b);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C> Projection<Record3<A, B, C>> select(Field<A> a, Field<B> b, Field<C> c) {
        return projection(a, b, c);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D> Projection<Record4<A, B, C, D>> select(Field<A> a, Field<B> b, Field<C> c, Field<D> d) {
        return projection(a, b, c, d);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E> Projection<Record5<A, B, C, D, E>> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e) {
        return projection(a, b, c, d, e);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F> Projection<Record6<A, B, C, D, E, F>> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e, Field<F> f) {
        return projection(a, b, c, d, e, f);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G> Projection<Record7<A, B, C, D, E, F, G>> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e, Field<F> f, Field<G> g) {
        return projection(a, b, c, d, e, f, g);
    }

    /** Returns a projection to these fields, see {@link #select(Field)}. */
    @CheckReturnValue
    public final <A, B, C, D, E, F, G, H> Projection<Record8<A, B, C, D, E, F, G, H>> select(
            Field<A> a, Field<B> b, Field<C> c, Field<D> d, Field<E> e, Field<F> f, Field<G> g, Field<H> h) {
        return projection(a, b, c, d, e, f, g, h);
    }

    /** Returns a projection to any number of fields, without their types. */
    @CheckReturnValue
    public final Projection<Record> select(Field<?>... fields) {
        return projection(fields);
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
    final List<R> read(Selection<?> rows) {
        if (relations.isEmpty()) {
            return tracked(super.read(rows), executor);
        }
        return executor.consistently(session -> {
            var records = tracked(session.run(rows.rows(columns())), session);
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
        return super.stream(body);
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

    @Override
    final RowReader<R> columns() {
        return RowReader.of(selection.mapping());
    }

    private <T extends Record> Projection<T> projection(Field<?>... fields) {
        refuseRelations("A projection", "map whole records: list(user -> …)");
        return new Projection<>(executor, selection, RowReader.of(selection.mapping(), List.of(fields)));
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
