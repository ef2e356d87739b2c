package dev.rowan.internal.query;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.RenderedSql;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.ColumnScope;
import dev.rowan.internal.table.Conditions;
import dev.rowan.internal.table.LockMode;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.QueryShape;
import dev.rowan.internal.table.RowReader;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The condition, order, limit and lock of a query of one table. It builds the statements that read, update or delete
 * these rows. Immutable.
 *
 * @param condition null for all rows
 * @param offset the number of rows that are left out at the beginning; only with a limit
 * @param limit the number of rows, or {@link #NO_LIMIT}
 * @param lock null for none
 */
public record Selection<R extends TableRecord<R>>(
        TableMapping<R> mapping,
        @Nullable Condition condition,
        List<SortField<?>> order,
        long offset,
        long limit,
        @Nullable LockMode lock) {

    /** The limit of a selection of all rows. */
    public static final long NO_LIMIT = -1;

    /** Returns the selection of all rows. */
    public static <R extends TableRecord<R>> Selection<R> all(TableMapping<R> mapping) {
        return new Selection<>(mapping, null, List.of(), 0, NO_LIMIT, null);
    }

    /** Returns this selection, narrowed by one more condition. @throws IllegalArgumentException if it is null */
    public Selection<R> and(Condition more) {
        return new Selection<>(mapping, Conditions.and(condition, more), order, offset, limit, lock);
    }

    /** Returns this selection with an order that breaks the ties of its own. */
    public Selection<R> thenOrderedBy(List<SortField<?>> sorts) {
        return orderedBy(Stream.concat(order.stream(), sorts.stream()).toList());
    }

    /** Returns this selection with another order. */
    public Selection<R> orderedBy(List<SortField<?>> sorts) {
        return new Selection<>(mapping, condition, List.copyOf(sorts), offset, limit, lock);
    }

    /** Returns this selection with another limit. */
    public Selection<R> limitedTo(long rows) {
        return new Selection<>(mapping, condition, order, offset, rows, lock);
    }

    /** Returns this selection, limited to a number of rows if its own limit is not lower. */
    public Selection<R> atMost(long rows) {
        return limit == NO_LIMIT || limit > rows ? limitedTo(rows) : this;
    }

    /**
     * Returns this selection, limited to the rows from an offset on. The primary key sorts the rows that are equal in
     * its order, so that each row has one position.
     */
    public Selection<R> part(long start, long rows) {
        var total = new ArrayList<>(order);
        var sorted = order.stream().map(SortField::$field).toList();
        for (var field : TableMapping.keyFields(table())) {
            if (!sorted.contains(field)) {
                total.add(field.asc());
            }
        }
        return new Selection<>(mapping, condition, List.copyOf(total), start, rows, lock);
    }

    /** Refuses a limit, which pages do not have. @throws IllegalStateException if there is one */
    public void requireNoLimit() {
        if (limit != NO_LIMIT) {
            throw new IllegalStateException("A page of " + table().getName()
                    + " has its own size. Leave limit out, and give it to the request of the page.");
        }
    }

    /** Returns this selection with another lock. */
    public Selection<R> locked(LockMode mode) {
        return new Selection<>(mapping, condition, order, offset, limit, mode);
    }

    /** Returns the table. */
    public Table<R> table() {
        return mapping.table();
    }

    /** Returns the query of the rows. */
    public <E> SqlCommand<List<E>> rows(RowReader<E> columns) {
        var shape = shape(columns.distinct() ? "distinct rows" : "rows");
        if (!columns.whole()) {
            shape.with(columns.fields().size());
            columns.fields().forEach(shape::with);
        }
        var text = text(shape, columns.fields(), columns.distinct());
        return SqlCommand.list(table(), text.sql(), text.binds(), columns.row()).unpooledIfLarge();
    }

    /** Returns the query of the number of rows. */
    public SqlCommand<Long> count() {
        var all = orderedBy(List.of()).limitedTo(NO_LIMIT);
        var text = all.text(all.shape("count"), List.of(DSL.count()), false);
        return SqlCommand.value(table(), text.sql(), text.binds(), row -> {
                    var count = row.getLong(1);
                    return limit == NO_LIMIT ? count : Math.min(count, limit);
                })
                .unpooledIfLarge();
    }

    /** Returns the query of whether there is a row. */
    public SqlCommand<Boolean> exists() {
        var one = orderedBy(List.of()).atMost(1);
        var text = one.text(one.shape("exists"), List.of(DSL.one()), false);
        return SqlCommand.exists(table(), text.sql(), text.binds()).unpooledIfLarge();
    }

    /** Returns the statement that writes the patch to the rows. */
    public <W extends KeyedRecord<W>> SqlCommand<Long> update(Patch<W> patch) {
        return write(
                StatementKind.UPDATE,
                patch.expressions(),
                List.of("update", patch.shape()),
                patch.hasExpressions() ? new BindValues() : patch.values(),
                () -> mapping.dsl().update(table()).set(patch.assignments()).where(conditionOrTrue()));
    }

    /** Returns the statement that deletes the rows. */
    public SqlCommand<Long> delete() {
        return write(
                StatementKind.DELETE,
                List.of(),
                "delete",
                new BindValues(),
                () -> mapping.dsl().deleteFrom(table()).where(conditionOrTrue()));
    }

    private RenderedSql text(QueryShape shape, List<Field<?>> fields, boolean distinct) {
        where(shape);
        order.forEach(shape::with);
        if (limit != NO_LIMIT) {
            shape.with("limit");
            shape.values().add(Codec.of(SQLDataType.BIGINT), limit);
        }
        if (offset > 0) {
            shape.open(); // jOOQ decides whether the offset or the limit comes first
        }
        if (lock != null) {
            shape.with(lock);
        }
        return text(shape, () -> select(fields, distinct), () -> select(fields, distinct));
    }

    private SqlCommand<Long> write(
            StatementKind kind, List<Field<?>> expressions, Object name, BindValues before, Supplier<Query> query) {
        var shape = where(shape(name));
        if (!expressions.isEmpty()) {
            shape.open();
        }
        // a write may use the columns that a query of the same parts may use
        var text = text(shape, query, () -> select(expressions, false));
        var binds = shape.isOpen() ? text.binds() : before.addAll(text.binds());
        return SqlCommand.write(kind, table(), text.sql(), binds).unpooledIfLarge();
    }

    private QueryShape shape(Object name) {
        return new QueryShape(table(), name);
    }

    private QueryShape where(QueryShape shape) {
        return condition == null ? shape.with("all") : shape.with(condition);
    }

    private RenderedSql text(QueryShape shape, Supplier<? extends Query> query, Supplier<Select<?>> checked) {
        if (!shape.isOpen()) {
            return new RenderedSql(mapping.text(shape.key(), query), shape.values());
        }
        ColumnScope.requireInScope(checked.get(), table(), mapping.dsl().configuration());
        return RenderedSql.of(query.get());
    }

    private Select<?> select(List<Field<?>> fields, boolean distinct) {
        var query = mapping.dsl()
                .select(TableMapping.selected(fields))
                .from(table())
                .where(conditionOrTrue())
                .orderBy(order)
                .getQuery();
        if (distinct) {
            query.setDistinct(true);
        }
        if (limit != NO_LIMIT) {
            query.addLimit(limit);
        }
        if (offset > 0) {
            query.addOffset(offset);
        }
        if (lock != null) {
            lock.on(query);
        }
        return query;
    }

    private Condition conditionOrTrue() {
        return condition == null ? DSL.noCondition() : condition;
    }
}
