package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.statement.RenderedSql;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.RowFilter;
import dev.rowan.internal.table.TableMapping;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;

/**
 * Reads the rows at the end of a way, for many keys at once: by an IN list; where that grew too long, or where the server
 * alone knows which keys are equal, by a join with a table of the keys. Not thread-safe.
 */
final class RelationLoader<T extends TableRecord<T>> {

    /** A row, and the place of its key. */
    private record Placed<T>(T record, int place) {}

    /** Tells which key a row belongs to. */
    @FunctionalInterface
    private interface Placing<T> {
        int place(T record, ResultSet rows) throws SQLException;
    }

    /** As long as a statement may be without its text falling out of the driver's cache of prepared ones. */
    private static final int LONGEST_LIST = 1024;

    private static final Field<Integer> PLACE = DSL.field(DSL.name(PathKeys.NAME, PathKeys.NAME), Integer.class);

    private final RelationPath<?, T> path;
    private final TableMapping<T> mapping;
    private final RowFilter filter;
    private final PathKeys keys;
    private final List<List<T>> found = new ArrayList<>();
    private final Map<List<Object>, T> recordsByKey = new HashMap<>();

    RelationLoader(RelationPath<?, T> path, TableMapping<T> mapping, RowFilter filter, PathKeys keys) {
        this.path = path;
        this.mapping = mapping;
        this.filter = filter;
        this.keys = keys;
        for (int i = 0; i < keys.size(); i++) {
            found.add(new ArrayList<>());
        }
    }

    /** Returns the rows of each key, in the order of the keys. */
    List<List<T>> run(Executor executor) {
        if (keys.areEqualInJava() && keys.size() <= LONGEST_LIST) {
            among(executor);
        } else if (keys.areEqualInJava()) {
            for (int i = 0; i < keys.size(); i += PathKeys.MOST_IN_JSON) {
                var from = i;
                joined("json", () -> keys.inJson(from), keys.jsonBinds(from), from, executor);
            }
        } else {
            for (int i = 0; i < keys.size(); i += PathKeys.MOST_LINES) {
                var from = i;
                Supplier<Table<?>> lines =
                        () -> keys.inLines(from, path.source(), mapping.dsl().dialect());
                var size = PathKeys.padded(Math.min(PathKeys.MOST_LINES, keys.size() - from));
                joined(size, lines, keys.lineBinds(from), from, executor);
            }
        }
        return found;
    }

    private void among(Executor executor) {
        var far = path.far();
        var codecs = far.stream().map(field -> Codec.of(field.getDataType())).toList();
        var places = far.stream().mapToInt(mapping.table()::indexOf).toArray();
        var size = mapping.table().fields().length;
        Supplier<Select<?>> query =
                () -> select(path.from(path.source()), path.isLinked() ? far : List.of(), far, keys.among());
        run(PathKeys.padded(keys.size()), query, keys.binds(), executor, (record, rows) -> {
            var key = new Object[codecs.size()];
            for (int i = 0; i < key.length; i++) {
                key[i] = path.isLinked() ? codecs.get(i).read(far.get(i), rows, size + i + 1) : record.get(places[i]);
            }
            return keys.place(key, codecs);
        });
    }

    /** A join in this order alone: each key is looked up. */
    private void joined(Object form, Supplier<Table<?>> table, BindValues binds, int from, Executor executor) {
        var size = mapping.table().fields().length;
        Supplier<Select<?>> query = () -> select(
                path.from(table.get().straightJoin(path.source()).on(keys.joined())),
                List.of(PLACE),
                List.of(PLACE),
                DSL.noCondition());
        run(form, query, binds, executor, (record, rows) -> from + rows.getInt(size + 1) - 1);
    }

    private void run(Object form, Supplier<Select<?>> query, BindValues binds, Executor executor, Placing<T> placing) {
        var shape = filter.shape(mapping.table(), List.of(path, form));
        var text = shape.isOpen()
                ? RenderedSql.of(query.get())
                : new RenderedSql(mapping.text(shape.key(), query), binds.addAll(shape.values()));
        List<Placed<T>> placed = executor.run(SqlCommand.list(mapping.table(), text.sql(), text.binds(), rows -> {
            var record = mapping.read(rows);
            return new Placed<>(record, placing.place(record, rows));
        }));
        for (var row : placed) {
            if (row.place() != PathKeys.NOWHERE) {
                found.get(row.place()).add(executor.tracker().known(shared(row.record())));
            }
        }
    }

    /** A row that several keys lead to is one record. */
    private T shared(T record) {
        var key = mapping.table().getPrimaryKey();
        if (key == null || (!path.isLinked() && keys.areEqualInJava())) {
            // each leads to rows of its own
            return record;
        }
        var values = new ArrayList<Object>();
        for (var field : key.getFields()) {
            values.add(PathKeys.comparable(record.get(field)));
        }
        return recordsByKey.computeIfAbsent(values, k -> record);
    }

    private Select<?> select(
            Table<?> from, List<? extends Field<?>> marks, List<? extends Field<?>> each, Condition matched) {
        var fields = new ArrayList<Field<?>>(List.of(mapping.table().fields()));
        for (int i = 0; i < marks.size(); i++) {
            fields.add(marks.get(i).as("#m" + i));
        }
        if (filter.limit() == 0) {
            return rows(fields, from, matched).orderBy(filter.order());
        }
        var number =
                DSL.rowNumber().over(DSL.partitionBy(each).orderBy(order())).as("#n");
        var all = new ArrayList<>(fields);
        all.add(number);
        var numbered = rows(all, from, matched).asTable("#t");
        return mapping.dsl()
                .select(fields.stream().map(numbered::field).toList())
                .from(numbered)
                .where(DSL.condition("{0} <= {1}", numbered.field(number), DSL.val(filter.limit())))
                .orderBy(numbered.field(number));
    }

    private SelectConditionStep<Record> rows(List<Field<?>> fields, Table<?> from, Condition matched) {
        return mapping.dsl().select(fields).from(from).where(matched.and(filter.conditionOrTrue()));
    }

    /** Returns the order in which the rows of one key are counted. */
    private List<? extends SortField<?>> order() {
        if (!filter.order().isEmpty()) {
            return filter.order();
        }
        var key = mapping.table().getPrimaryKey();
        return key == null
                ? List.of()
                : key.getFields().stream().map(Field::asc).toList();
    }
}
