package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.KeysetPager;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.table.RowReader;
import dev.rowan.internal.util.FieldNames;
import dev.rowan.result.OffsetPage;
import dev.rowan.result.OffsetRequest;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import java.util.List;
import java.util.function.Function;
import org.jooq.CheckReturnValue;
import org.jooq.Function1;
import org.jooq.Function10;
import org.jooq.Function11;
import org.jooq.Function12;
import org.jooq.Function13;
import org.jooq.Function14;
import org.jooq.Function15;
import org.jooq.Function16;
import org.jooq.Function17;
import org.jooq.Function18;
import org.jooq.Function19;
import org.jooq.Function2;
import org.jooq.Function20;
import org.jooq.Function21;
import org.jooq.Function22;
import org.jooq.Function3;
import org.jooq.Function4;
import org.jooq.Function5;
import org.jooq.Function6;
import org.jooq.Function7;
import org.jooq.Function8;
import org.jooq.Function9;
import org.jooq.Record1;
import org.jooq.Record10;
import org.jooq.Record11;
import org.jooq.Record12;
import org.jooq.Record13;
import org.jooq.Record14;
import org.jooq.Record15;
import org.jooq.Record16;
import org.jooq.Record17;
import org.jooq.Record18;
import org.jooq.Record19;
import org.jooq.Record2;
import org.jooq.Record20;
import org.jooq.Record21;
import org.jooq.Record22;
import org.jooq.Record3;
import org.jooq.Record4;
import org.jooq.Record5;
import org.jooq.Record6;
import org.jooq.Record7;
import org.jooq.Record8;
import org.jooq.Record9;
import org.jooq.Records;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * A query that reads selected fields instead of whole records. Immutable.
 *
 * <p>{@code into} maps each row to an object, whose constructor takes the fields in their order. The compiler checks
 * their number and types. The mapper is called after the rows are read; it must not return null.
 *
 * <pre>{@code
 * List<Summary> summaries = users.all().orderBy(USERS.NAME).select(USERS.NAME, USERS.AGE).into(Summary::new).list();
 * }</pre>
 *
 * @param <E> the type of a row: jOOQ's record of the fields' types, detached, or what {@code into} makes of it
 */
public sealed class Projection<E> extends RowQuery<E> {

    /**
     * What is read, and what is made of it.
     *
     * @param <T> the type of a row as it is read
     */
    private record Source<T, E>(Selection<?> selection, RowReader<T> columns, Function<? super T, ? extends E> mapper) {

        List<E> read(Selection<?> rows, Executor executor) {
            return executor.run(rows.rows(columns)).stream().<E>map(mapper).toList();
        }

        Page<E> page(PageRequest request, Executor executor) {
            return KeysetPager.of(selection, columns).page(request, executor, mapper);
        }

        <U extends @Nullable Object, X extends Exception> U stream(StreamBody<E, U, X> body, Executor executor)
                throws X {
            return executor.stream(
                    new RowStream<>(selection.rows(columns), columns.row(), rows -> body.read(rows.<E>map(mapper))));
        }

        Source<T, E> asDistinct() {
            return new Source<>(selection, columns.asDistinct(), mapper);
        }

        <U> Source<T, U> then(Function<? super E, ? extends U> next) {
            return new Source<>(selection, columns, mapper.andThen(next));
        }
    }

    private final Source<?, E> source;

    private Projection(Executor executor, Source<?, E> source) {
        super(executor);
        this.source = source;
    }

    Projection(Executor executor, Selection<?> selection, RowReader<E> columns) {
        this(executor, new Source<>(selection, columns, Function.identity()));
    }

    /**
     * Returns this projection with DISTINCT: each combination of the selected values once.
     *
     * @throws IllegalArgumentException if the query is ordered by a column that is not selected
     */
    @CheckReturnValue
    public Projection<E> distinct() {
        for (var sort : selection().order()) {
            if (sort.$field() instanceof TableField<?, ?> field
                    && !source.columns().fields().contains(field)) {
                throw new IllegalArgumentException("Distinct rows cannot be ordered by " + FieldNames.shown(field)
                        + ", which is not selected. Select it too, or order by a selected column.");
            }
        }
        return new Projection<>(executor, source.asDistinct());
    }

    /**
     * Returns one page of the rows by keyset pagination, as {@link TableQuery#page(PageRequest)} does. The columns of
     * the order, and of the primary key, need not be selected. A request is valid for each query with the same order,
     * whatever it selects.
     *
     * @throws dev.rowan.error.InvalidPageToken if the request's token is damaged, or was made for another order
     * @throws IllegalStateException if the rows are distinct, or the query has a limit
     * @throws IllegalArgumentException if the rows cannot be paged in this order, or the table has no primary key
     */
    public Page<E> page(PageRequest request) {
        refuseDistinct();
        selection().requireNoLimit();
        return source.page(request, executor);
    }

    @Override
    public OffsetPage<E> page(OffsetRequest request) {
        refuseDistinct();
        return super.page(request);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(StreamBody<E, T, X> body) throws X {
        return source.stream(body, executor);
    }

    @Override
    Selection<?> selection() {
        return source.selection();
    }

    @Override
    List<E> read(Selection<?> rows, Executor session) {
        return source.read(rows, session);
    }

    final <W> Projection<W> mapped(Function<? super E, ? extends W> mapper) {
        return new Projection<>(executor, source.then(mapper));
    }

    private void refuseDistinct() {
        if (source.columns().distinct()) {
            throw new IllegalStateException("Distinct rows of "
                    + selection().table().getName()
                    + " have no pages. Leave distinct() out, or read them all with list() or stream(…).");
        }
    }

    /** A projection to one field, whose types the compiler knows. */
    public static final class Of1<A> extends Projection<Record1<A>> {

        Of1(Executor executor, Selection<?> selection, RowReader<Record1<A>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(Function1<? super A, ? extends R> mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 2 fields, whose types the compiler knows. */
    public static final class Of2<A, B> extends Projection<Record2<A, B>> {

        Of2(Executor executor, Selection<?> selection, RowReader<Record2<A, B>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(Function2<? super A, ? super B, ? extends R> mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 3 fields, whose types the compiler knows. */
    public static final class Of3<A, B, C> extends Projection<Record3<A, B, C>> {

        Of3(Executor executor, Selection<?> selection, RowReader<Record3<A, B, C>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(Function3<? super A, ? super B, ? super C, ? extends R> mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 4 fields, whose types the compiler knows. */
    public static final class Of4<A, B, C, D> extends Projection<Record4<A, B, C, D>> {

        Of4(Executor executor, Selection<?> selection, RowReader<Record4<A, B, C, D>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(Function4<? super A, ? super B, ? super C, ? super D, ? extends R> mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 5 fields, whose types the compiler knows. */
    public static final class Of5<A, B, C, D, E> extends Projection<Record5<A, B, C, D, E>> {

        Of5(Executor executor, Selection<?> selection, RowReader<Record5<A, B, C, D, E>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 6 fields, whose types the compiler knows. */
    public static final class Of6<A, B, C, D, E, F> extends Projection<Record6<A, B, C, D, E, F>> {

        Of6(Executor executor, Selection<?> selection, RowReader<Record6<A, B, C, D, E, F>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? extends R> mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 7 fields, whose types the compiler knows. */
    public static final class Of7<A, B, C, D, E, F, G> extends Projection<Record7<A, B, C, D, E, F, G>> {

        Of7(Executor executor, Selection<?> selection, RowReader<Record7<A, B, C, D, E, F, G>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function7<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? super G, ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 8 fields, whose types the compiler knows. */
    public static final class Of8<A, B, C, D, E, F, G, H> extends Projection<Record8<A, B, C, D, E, F, G, H>> {

        Of8(Executor executor, Selection<?> selection, RowReader<Record8<A, B, C, D, E, F, G, H>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function8<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 9 fields, whose types the compiler knows. */
    public static final class Of9<A, B, C, D, E, F, G, H, I> extends Projection<Record9<A, B, C, D, E, F, G, H, I>> {

        Of9(Executor executor, Selection<?> selection, RowReader<Record9<A, B, C, D, E, F, G, H, I>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function9<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 10 fields, whose types the compiler knows. */
    public static final class Of10<A, B, C, D, E, F, G, H, I, J>
            extends Projection<Record10<A, B, C, D, E, F, G, H, I, J>> {

        Of10(Executor executor, Selection<?> selection, RowReader<Record10<A, B, C, D, E, F, G, H, I, J>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function10<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 11 fields, whose types the compiler knows. */
    public static final class Of11<A, B, C, D, E, F, G, H, I, J, K>
            extends Projection<Record11<A, B, C, D, E, F, G, H, I, J, K>> {

        Of11(Executor executor, Selection<?> selection, RowReader<Record11<A, B, C, D, E, F, G, H, I, J, K>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function11<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 12 fields, whose types the compiler knows. */
    public static final class Of12<A, B, C, D, E, F, G, H, I, J, K, L>
            extends Projection<Record12<A, B, C, D, E, F, G, H, I, J, K, L>> {

        Of12(
                Executor executor,
                Selection<?> selection,
                RowReader<Record12<A, B, C, D, E, F, G, H, I, J, K, L>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function12<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 13 fields, whose types the compiler knows. */
    public static final class Of13<A, B, C, D, E, F, G, H, I, J, K, L, M>
            extends Projection<Record13<A, B, C, D, E, F, G, H, I, J, K, L, M>> {

        Of13(
                Executor executor,
                Selection<?> selection,
                RowReader<Record13<A, B, C, D, E, F, G, H, I, J, K, L, M>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function13<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 14 fields, whose types the compiler knows. */
    public static final class Of14<A, B, C, D, E, F, G, H, I, J, K, L, M, N>
            extends Projection<Record14<A, B, C, D, E, F, G, H, I, J, K, L, M, N>> {

        Of14(
                Executor executor,
                Selection<?> selection,
                RowReader<Record14<A, B, C, D, E, F, G, H, I, J, K, L, M, N>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function14<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 15 fields, whose types the compiler knows. */
    public static final class Of15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>
            extends Projection<Record15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>> {

        Of15(
                Executor executor,
                Selection<?> selection,
                RowReader<Record15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function15<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 16 fields, whose types the compiler knows. */
    public static final class Of16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>
            extends Projection<Record16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>> {

        Of16(
                Executor executor,
                Selection<?> selection,
                RowReader<Record16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function16<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 17 fields, whose types the compiler knows. */
    public static final class Of17<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q>
            extends Projection<Record17<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q>> {

        Of17(
                Executor executor,
                Selection<?> selection,
                RowReader<Record17<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function17<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? super Q,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 18 fields, whose types the compiler knows. */
    public static final class Of18<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S>
            extends Projection<Record18<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S>> {

        Of18(
                Executor executor,
                Selection<?> selection,
                RowReader<Record18<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function18<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? super Q,
                                ? super S,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 19 fields, whose types the compiler knows. */
    public static final class Of19<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T>
            extends Projection<Record19<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T>> {

        Of19(
                Executor executor,
                Selection<?> selection,
                RowReader<Record19<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function19<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? super Q,
                                ? super S,
                                ? super T,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 20 fields, whose types the compiler knows. */
    public static final class Of20<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U>
            extends Projection<Record20<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U>> {

        Of20(
                Executor executor,
                Selection<?> selection,
                RowReader<Record20<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function20<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? super Q,
                                ? super S,
                                ? super T,
                                ? super U,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 21 fields, whose types the compiler knows. */
    public static final class Of21<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V>
            extends Projection<Record21<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V>> {

        Of21(
                Executor executor,
                Selection<?> selection,
                RowReader<Record21<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function21<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? super Q,
                                ? super S,
                                ? super T,
                                ? super U,
                                ? super V,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }

    /** A projection to 22 fields, whose types the compiler knows. */
    public static final class Of22<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V, W>
            extends Projection<Record22<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V, W>> {

        Of22(
                Executor executor,
                Selection<?> selection,
                RowReader<Record22<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, S, T, U, V, W>> columns) {
            super(executor, selection, columns);
        }

        /** Returns this projection with its rows mapped, see {@link Projection}. */
        @CheckReturnValue
        public <R> Projection<R> into(
                Function22<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? super I,
                                ? super J,
                                ? super K,
                                ? super L,
                                ? super M,
                                ? super N,
                                ? super O,
                                ? super P,
                                ? super Q,
                                ? super S,
                                ? super T,
                                ? super U,
                                ? super V,
                                ? super W,
                                ? extends R>
                        mapper) {
            return mapped(Records.mapping(mapper));
        }
    }
}
