package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.statement.RenderedSql;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.KeyValues;
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
 * Loads the rows at the end of a path, for many keys by one query. The query has an IN list. If that would be too long,
 * or if only the server can compare the keys, the query joins a table of keys instead. Not thread-safe; for one use.
 */
final class RelationLoader<T extends TableRecord<T>> {

    /** A row, and the place of its key. */
    private record PlacedRow<T>(T record, int place) {}

    /** Returns the place of the key that a row belongs to. */
    @FunctionalInterface
    private interface PlaceReader<T> {
        int place(T record, ResultSet rows) throws SQLException;
    }

    /**
     * The most keys of an IN list. With more, the SQL would be too long for the driver's cache of prepared statements.
     */
    private static final int LONGEST_LIST = 1024;

    private static final Field<Integer> KEY_NUMBER =
            DSL.field(DSL.name(KeyTableSql.NAME, KeyTableSql.NAME), Integer.class);

    private final RelationPath<?, T> path;
    private final TableMapping<T> mapping;
    private final RowFilter filter;
    private final PathKeys keys;
    private final KeyTableSql sql;
    private final List<List<T>> found = new ArrayList<>();
    private final Map<List<Object>, T> recordsByKey = new HashMap<>();

    RelationLoader(RelationPath<?, T> path, TableMapping<T> mapping, RowFilter filter, PathKeys keys) {
        this.path = path;
        this.mapping = mapping;
        this.filter = filter;
        this.keys = keys;
        this.sql = new KeyTableSql(keys);
        for (int i = 0; i < keys.size(); i++) {
            found.add(new ArrayList<>());
        }
    }

    /** Returns the rows of each key, in the order of the keys. */
    List<List<T>> run(Executor executor) {
        if (filter.limit() == 0) {
            return found;
        }
        if (keys.areEqualInJava() && keys.size() <= LONGEST_LIST) {
            loadByList(executor);
        } else if (keys.areEqualInJava()) {
            for (int i = 0; i < keys.size(); i += KeyTableSql.MOST_IN_JSON) {
                var from = i;
                loadByTable("json", () -> sql.jsonTable(from), sql.jsonBinds(from), from, executor);
            }
        } else {
            for (int i = 0; i < keys.size(); i += KeyTableSql.MOST_LINES) {
                var from = i;
                Supplier<Table<?>> lines =
                        () -> sql.lineTable(from, path.source(), mapping.dsl().dialect());
                var size = KeyTableSql.padded(Math.min(KeyTableSql.MOST_LINES, keys.size() - from));
                loadByTable(size, lines, sql.lineBinds(from), from, executor);
            }
        }
        return found;
    }

    private void loadByList(Executor executor) {
        var far = path.far();
        var codecs = far.stream().map(field -> Codec.of(field.getDataType())).toList();
        var indexes = far.stream().mapToInt(mapping.table()::indexOf).toArray();
        var size = mapping.table().fields().length;
        Supplier<Select<?>> query =
                () -> select(path.from(path.source()), path.isLinked() ? far : List.of(), far, sql.inList());
        load(KeyTableSql.padded(keys.size()), query, sql.inListBinds(), executor, (record, rows) -> {
            var key = new Object[codecs.size()];
            for (int i = 0; i < key.length; i++) {
                key[i] = path.isLinked() ? codecs.get(i).read(far.get(i), rows, size + i + 1) : record.get(indexes[i]);
            }
            return keys.place(key, codecs);
        });
    }

    /** Joins a table of keys. STRAIGHT_JOIN keeps the order of the join, so that each key is looked up by an index. */
    private void loadByTable(Object form, Supplier<Table<?>> table, BindValues binds, int from, Executor executor) {
        var size = mapping.table().fields().length;
        Supplier<Select<?>> query = () -> select(
                path.from(table.get().straightJoin(path.source()).on(sql.matches())),
                List.of(KEY_NUMBER),
                List.of(KEY_NUMBER),
                DSL.noCondition());
        load(form, query, binds, executor, (record, rows) -> from + rows.getInt(size + 1) - 1);
    }

    private void load(
            Object form, Supplier<Select<?>> query, BindValues binds, Executor executor, PlaceReader<T> reader) {
        var shape = filter.shape(mapping.table(), List.of(path, form));
        var text = shape.isOpen()
                ? RenderedSql.of(query.get())
                : new RenderedSql(mapping.text(shape.key(), query), binds.addAll(shape.values()));
        List<PlacedRow<T>> rows = executor.run(SqlCommand.list(mapping.table(), text.sql(), text.binds(), row -> {
            var record = mapping.read(row);
            return new PlacedRow<>(record, reader.place(record, row));
        }));
        for (var row : rows) {
            if (row.place() != PathKeys.NOWHERE) {
                found.get(row.place()).add(executor.tracker().canonical(shared(row.record())));
            }
        }
    }

    /** Returns the same record for a row that several keys lead to. */
    private T shared(T record) {
        var key = mapping.table().getPrimaryKey();
        if (key == null || (!path.isLinked() && keys.areEqualInJava())) {
            // no two keys lead to the same row
            return record;
        }
        var values = new ArrayList<Object>();
        for (var field : key.getFields()) {
            values.add(KeyValues.comparable(record.get(field)));
        }
        return recordsByKey.computeIfAbsent(values, k -> record);
    }

    /**
     * Returns the query of the table's columns, then the key fields.
     *
     * @param partition the fields with equal values for the rows of one record, each of which has its own limit
     */
    private Select<?> select(
            Table<?> from,
            List<? extends Field<?>> keyFields,
            List<? extends Field<?>> partition,
            Condition condition) {
        var fields =
                new ArrayList<>(TableMapping.selected(List.of(mapping.table().fields())));
        for (int i = 0; i < keyFields.size(); i++) {
            fields.add(keyFields.get(i).as("#m" + i));
        }
        if (!filter.hasLimit()) {
            return rows(fields, from, condition).orderBy(filter.order());
        }
        var number = DSL.rowNumber()
                .over(DSL.partitionBy(partition).orderBy(order()))
                .as("#n");
        var numberedFields = new ArrayList<>(fields);
        numberedFields.add(number);
        var numbered = rows(numberedFields, from, condition).asTable("#t");
        return mapping.dsl()
                .select(fields.stream().map(numbered::field).toList())
                .from(numbered)
                .where(DSL.condition("{0} <= {1}", numbered.field(number), DSL.val(filter.limit())))
                .orderBy(numbered.field(number));
    }

    private SelectConditionStep<Record> rows(List<Field<?>> fields, Table<?> from, Condition condition) {
        return mapping.dsl().select(fields).from(from).where(condition.and(filter.conditionOrTrue()));
    }

    /** Returns the order in which the limit counts the rows of a record. */
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
