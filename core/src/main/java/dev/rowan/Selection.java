package dev.rowan;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table, in which order, and how many: an immutable value, and the statements made of it.
 *
 * @param condition null for all rows
 * @param limit 0 for as many as there are
 */
record Selection<R extends TableRecord<R>>(
        Mapping<R> mapping, @Nullable Condition condition, List<SortField<?>> order, long limit) {

    static <R extends TableRecord<R>> Selection<R> of(Mapping<R> mapping, @Nullable Condition condition) {
        return new Selection<>(mapping, condition, List.of(), 0);
    }

    Selection<R> and(Condition more) {
        return new Selection<>(mapping, condition == null ? more : condition.and(more), order, limit);
    }

    Selection<R> orderedBy(List<SortField<?>> sorts) {
        return new Selection<>(mapping, condition, List.copyOf(sorts), limit);
    }

    Selection<R> limitedTo(long rows) {
        return new Selection<>(mapping, condition, order, rows);
    }

    Table<R> table() {
        return mapping.table();
    }

    /** Returns the rows. */
    <T> Call<T> rows(Call.Reader<T> reader) {
        return query("rows", List.of(table().fields()), reader);
    }

    /** Returns how many rows there are; the order does not matter. */
    Call<Long> count() {
        return orderedBy(List.of()).limitedTo(0).query("count", List.of(DSL.count()), rows -> {
            rows.next();
            var count = rows.getLong(1);
            return limit == 0 ? count : Math.min(count, limit);
        });
    }

    /** Returns whether there is a row. */
    Call<Boolean> exists() {
        return orderedBy(List.of()).limitedTo(1).query("exists", List.of(DSL.one()), ResultSet::next);
    }

    /** Writes the patch to the rows. */
    <W extends Row<W>> Call<Long> update(Patch<W> patch) {
        return write(
                Verb.UPDATE,
                patch.hasExpressions(),
                List.of("update", patch.shape()),
                patch.hasExpressions() ? new Binds() : patch.values(),
                () -> mapping.dsl().update(table()).set(patch.assignments()).where(conditionOrTrue()));
    }

    /** Deletes the rows. */
    Call<Long> delete() {
        return write(
                Verb.DELETE,
                false,
                "delete",
                new Binds(),
                () -> mapping.dsl().deleteFrom(table()).where(conditionOrTrue()));
    }

    private <T> Call<T> query(String kind, List<? extends SelectFieldOrAsterisk> fields, Call.Reader<T> reader) {
        var shape = shape(kind);
        order.forEach(shape::with);
        if (limit > 0) {
            shape.with("limit");
            shape.values().add(Codec.of(SQLDataType.BIGINT), limit);
        }
        var text = text(shape, () -> select(fields));
        return Call.query(table(), text.sql(), text.binds(), reader);
    }

    private Call<Long> write(Verb verb, boolean open, Object kind, Binds before, Supplier<Query> query) {
        var shape = shape(kind);
        if (open) shape.open();
        var text = text(shape, query);
        return Call.write(verb, table(), text.sql(), shape.isOpen() ? text.binds() : before.addAll(text.binds()));
    }

    private Shape shape(Object kind) {
        var shape = new Shape(table(), kind);
        return condition == null ? shape.with("all") : shape.with(condition);
    }

    private Text text(Shape shape, Supplier<Query> query) {
        if (!shape.isOpen()) return new Text(mapping.text(shape.key(), query), shape.values());
        refuseForeignFields();
        return Text.of(query.get());
    }

    private Select<?> select(List<? extends SelectFieldOrAsterisk> fields) {
        var ordered = mapping.dsl()
                .select(fields)
                .from(table())
                .where(conditionOrTrue())
                .orderBy(order);
        return limit > 0 ? ordered.limit(limit) : ordered;
    }

    private Condition conditionOrTrue() {
        return condition == null ? DSL.noCondition() : condition;
    }

    private void refuseForeignFields() {
        var parts = new ArrayList<QueryPart>(order);
        if (condition != null) parts.add(condition);
        for (var part : parts) ForeignFields.refuse(part, table(), mapping.dsl().configuration());
    }

    /** A rendered statement. */
    private record Text(String sql, Binds binds) {

        static Text of(Query query) {
            var binds = new Binds();
            for (var param : query.getParams().values()) if (!param.isInline()) binds.add(param);
            return new Text(query.getSQL(), binds);
        }
    }
}
