package dev.rowan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;

/**
 * Reads the rows at the end of a way, for many keys at once: by an IN list; where that grew too long, or where the server
 * alone knows which keys are equal, by a join with a table of the keys. Not thread-safe.
 */
final class WayQuery<T extends TableRecord<T>> {

    /** A row, and the place of its key. */
    private record Placed<T>(T record, int place) {}

    /** Tells which key a row belongs to. */
    @FunctionalInterface
    private interface Placing<T> {
        int place(T record, ResultSet rows) throws SQLException;
    }

    /** As long as a statement may be without its text falling out of the driver's cache of prepared ones. */
    private static final int LONGEST_LIST = 1024;

    private static final Field<Integer> PLACE = DSL.field(DSL.name(WayKeys.NAME, WayKeys.NAME), Integer.class);

    private final Way<?, T> way;
    private final Mapping<T> mapping;
    private final Filter filter;
    private final WayKeys keys;
    private final List<List<T>> found = new ArrayList<>();
    private final Map<List<Object>, T> once = new HashMap<>();

    WayQuery(Way<?, T> way, Mapping<T> mapping, Filter filter, WayKeys keys) {
        this.way = way;
        this.mapping = mapping;
        this.filter = filter;
        this.keys = keys;
        for (int i = 0; i < keys.size(); i++) found.add(new ArrayList<>());
    }

    /** Returns the rows of each key, in the order of the keys. */
    List<List<T>> run(Channel channel) {
        if (keys.areEqualInJava() && keys.size() <= LONGEST_LIST) among(channel);
        else if (keys.areEqualInJava()) joined("json", keys::inJson, keys.jsonBinds(), 0, channel);
        else
            for (int from = 0; from < keys.size(); from += WayKeys.MOST_LINES) {
                var place = from;
                joined(
                        Math.min(WayKeys.MOST_LINES, keys.size() - from),
                        () -> keys.inLines(
                                place, way.far(), source(), mapping.dsl().dialect()),
                        keys.lineBinds(from),
                        from,
                        channel);
            }
        return found;
    }

    private void among(Channel channel) {
        var codecs =
                way.far().stream().map(field -> Codec.of(field.getDataType())).toList();
        var size = mapping.table().fields().length;
        Supplier<Select<?>> query =
                () -> select(from(source()), isLinked() ? way.far() : List.of(), way.far(), keys.among(way.far()));
        run(List.of(way, keys.paddedSize()), query, keys.binds(), channel, (record, rows) -> {
            var key = new Object[codecs.size()];
            for (int i = 0; i < key.length; i++)
                key[i] = isLinked()
                        ? codecs.get(i).read(way.far().get(i), rows, size + i + 1)
                        : record.get(way.far().get(i));
            return keys.place(key, codecs);
        });
    }

    /** A join in this order alone: each key is looked up. */
    private void joined(Object form, Supplier<Table<?>> table, Binds binds, int from, Channel channel) {
        var size = mapping.table().fields().length;
        Supplier<Select<?>> query = () -> select(
                from(table.get().straightJoin(source()).on(keys.joined(way.far()))),
                List.of(PLACE),
                List.of(PLACE),
                DSL.noCondition());
        run(List.of(way, form), query, binds, channel, (record, rows) -> from + rows.getInt(size + 1) - 1);
    }

    private void run(List<Object> shape, Supplier<Select<?>> query, Binds binds, Channel channel, Placing<T> placing) {
        var text = filter.isNone() ? new Text(mapping.text(shape, query), binds) : Text.of(query.get());
        List<Placed<T>> placed = channel.run(Call.query(mapping.table(), text.sql(), text.binds(), rows -> {
            var all = new ArrayList<Placed<T>>();
            while (rows.next()) {
                var record = mapping.read(rows);
                all.add(new Placed<>(record, placing.place(record, rows)));
            }
            return all;
        }));
        for (var row : placed)
            if (row.place() != WayKeys.NOWHERE) found.get(row.place()).add(shared(row.record()));
    }

    /** A row that several keys lead to is one record. */
    private T shared(T record) {
        var key = mapping.table().getPrimaryKey();
        if (key == null || (!isLinked() && keys.areEqualInJava())) return record; // each leads to rows of its own
        var values = new ArrayList<Object>();
        for (var field : key.getFields()) values.add(WayKeys.comparable(record.get(field)));
        return once.computeIfAbsent(values, k -> record);
    }

    private boolean isLinked() {
        return way.onward() != null;
    }

    /** Returns the table of the columns that equal the keys. */
    private Table<?> source() {
        return way.onward() == null ? mapping.table() : way.onward().getTable();
    }

    /** Returns what is read from: that table, and the one that a link table leads to. */
    private Table<?> from(Table<?> source) {
        var onward = way.onward();
        if (onward == null) return source;
        var link = onward.getFields();
        var there = onward.getKeyFields();
        var on = new ArrayList<Condition>();
        for (int i = 0; i < link.size(); i++) on.add(DSL.condition("{0} = {1}", there.get(i), link.get(i)));
        return source.join(mapping.table()).on(DSL.and(on));
    }

    private Select<?> select(
            Table<?> from, List<? extends Field<?>> marks, List<? extends Field<?>> each, Condition matched) {
        var fields = new ArrayList<Field<?>>(List.of(mapping.table().fields()));
        for (int i = 0; i < marks.size(); i++) fields.add(marks.get(i).as("#m" + i));
        var rows = mapping.dsl()
                .select(fields)
                .from(from)
                .where(filter.condition() == null ? matched : matched.and(filter.condition()));
        if (filter.isNone()) return rows;
        ForeignFields.refuse(
                rows.orderBy(filter.order()), mapping.table(), mapping.dsl().configuration());
        if (filter.limit() == 0) return rows.orderBy(filter.order());
        var number =
                DSL.rowNumber().over(DSL.partitionBy(each).orderBy(order())).as("#n");
        fields.add(number);
        var numbered = mapping.dsl()
                .select(fields)
                .from(from)
                .where(filter.condition() == null ? matched : matched.and(filter.condition()))
                .asTable("#t");
        var place = numbered.field(number);
        return mapping.dsl()
                .select(Stream.of(numbered.fields())
                        .filter(field -> !field.equals(place))
                        .toList())
                .from(numbered)
                .where(place.le(DSL.val((int) filter.limit())))
                .orderBy(place);
    }

    /** Returns the order in which the rows of one key are counted. */
    private List<? extends SortField<?>> order() {
        if (!filter.order().isEmpty()) return filter.order();
        var key = mapping.table().getPrimaryKey();
        return key == null
                ? List.of()
                : key.getFields().stream().map(Field::asc).toList();
    }
}
