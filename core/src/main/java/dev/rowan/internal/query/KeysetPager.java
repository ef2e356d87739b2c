package dev.rowan.internal.query;

import dev.rowan.error.InvalidPageToken;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.RowReader;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.util.FieldNames;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jooq.Condition;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A total order of a table's rows, and its pages: the columns of a query's order, then those of the primary key that are
 * not among them.
 *
 * <p>A position in it is the values of those columns in one row. What comes after a position is written out as
 * {@code a > x OR (a = x AND b > y)}, which MySQL serves from a range of an index; the shorter {@code (a, b) > (x, y)}
 * makes it read the whole index. NULL comes first, as MySQL sorts it.
 */
public record KeysetPager<R extends KeyedRecord<R>>(Selection<R> selection, List<Column> columns, String select) {

    /** A column of the order. */
    record Column(TableField<?, ?> field, boolean descending) {

        Column reversed() {
            return new Column(field, !descending);
        }

        SortField<?> sort() {
            return field.sort(descending ? SortOrder.DESC : SortOrder.ASC);
        }

        @Override
        public String toString() {
            return field.getName() + (descending ? " desc" : "");
        }

        /** Returns the condition of a row that stands level with the value. */
        Condition level(@Nullable Object value) {
            return value == null ? field.isNull() : typed(field).eq(value);
        }

        /** Returns the condition of a row that stands after the value. */
        Condition after(@Nullable Object value) {
            if (value == null) {
                return descending ? DSL.falseCondition() : field.isNotNull();
            }
            var beyond = beyond(value);
            return descending && field.getDataType().nullable() ? beyond.or(field.isNull()) : beyond;
        }

        /** Of an ENUM the server sorts the positions and compares the names: the names beyond are written out. */
        private Condition beyond(Object value) {
            var wire = Codec.wire(field.getDataType());
            if (!EnumType.class.isAssignableFrom(wire)) {
                return descending ? typed(field).lt(value) : typed(field).gt(value);
            }
            var codec = Codec.of(field.getDataType());
            var constants = List.of(wire.getEnumConstants());
            var position = constants.indexOf(codec.wire(value));
            var beyond =
                    descending ? constants.subList(0, position) : constants.subList(position + 1, constants.size());
            return typed(field).in(beyond.stream().map(codec::value).toList());
        }

        @SuppressWarnings("unchecked") // the values of a position are read from, or decoded for, their own columns
        private static Field<Object> typed(Field<?> field) {
            return (Field<Object>) field;
        }
    }

    /** Returns a pager. @throws IllegalArgumentException if the rows cannot be paged in the selection's order */
    public static <R extends KeyedRecord<R>> KeysetPager<R> of(Selection<R> selection) {
        var table = selection.table();
        var columns = new ArrayList<Column>();
        for (var sort : selection.order()) {
            columns.add(column(sort, selection));
        }
        for (var field : TableMapping.primaryKey(table)) {
            if (columns.stream().noneMatch(column -> column.field().equals(field))) {
                columns.add(new Column(field, false));
            }
        }
        for (var column : columns) {
            PageToken.requireCarried(column.field());
        }
        var fields = columns.stream().<Field<?>>map(Column::field).toList();
        return new KeysetPager<>(
                selection,
                List.copyOf(columns),
                SortLength.select(fields, selection.mapping().dsl().dialect()));
    }

    private static Column column(SortField<?> sort, Selection<?> selection) {
        if (sort.$field() instanceof TableField<?, ?> field
                && selection.table().equals(field.getTable())
                && sort.$nullOrdering() == null) {
            return new Column(field, sort.$sortOrder() == SortOrder.DESC);
        }
        throw new IllegalArgumentException("Rows of " + selection.table().getName()
                + " are paged in the order of the table's own columns, with NULLs where MySQL puts them. Leave "
                + FieldNames.shown(sort.$field()) + " out of the orderBy"
                + (sort.$nullOrdering() == null
                        ? ", or read the rows by list()."
                        : ", or leave its NULLs where they are."));
    }

    /** Reads a page. */
    public Page<R> page(PageRequest request, Executor executor) {
        var token = request.token().map(text -> PageToken.decode(text, this));
        var backwards = token.map(PageToken::backwards).orElse(false);
        var order = backwards ? columns.stream().map(Column::reversed).toList() : columns;

        var rows = token.map(position -> selection.and(after(order, position)))
                .orElse(selection)
                .orderedBy(order.stream().<SortField<?>>map(Column::sort).collect(Collectors.toList()))
                .limitedTo(request.size() + 1L);
        var record = RowReader.of(selection.mapping());
        var found = executor.run(rows.rows(record).selecting(select));

        // the one row more than asked for says that there is a page behind this one
        var more = found.size() > request.size();
        var items = more ? found.subList(0, request.size()) : found;
        if (backwards) {
            items = items.reversed();
        }
        var hasNext = backwards || more;
        var hasPrevious = backwards ? more : token.isPresent();
        if (items.isEmpty()) {
            return empty(token, request.size());
        }
        return new Page<>(
                items.stream()
                        .map(executor.tracker()::known)
                        .toList(), // after the rows have said what lies between pages
                hasNext ? Optional.of(neighbour(items.getLast(), false, request.size())) : Optional.empty(),
                hasPrevious ? Optional.of(neighbour(items.getFirst(), true, request.size())) : Optional.empty());
    }

    /** Reads pages, from this one on, each when it is asked for. */
    public static <R extends KeyedRecord<R>> Stream<Page<R>> scan(
            PageRequest from, Function<PageRequest, Page<R>> read) {
        var pages = new Iterator<Page<R>>() {
            private Optional<PageRequest> request = Optional.of(from);

            @Override
            public boolean hasNext() {
                return request.isPresent();
            }

            @Override
            public Page<R> next() {
                var page = read.apply(request.orElseThrow());
                request = page.next();
                return page;
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
    }

    /** Returns what tells this order from others: a token made for one is no good for another. */
    String name() {
        return selection.table().getName() + columns;
    }

    /** Where the rows of a page have gone since it was asked for, the way back leads to the row that it was asked from. */
    private Page<R> empty(Optional<PageToken> token, int size) {
        var back = token.map(from -> new PageToken(!from.backwards(), true, from.values()).encode(this))
                .map(text -> PageRequest.at(text, size));
        return token.map(PageToken::backwards).orElse(false)
                ? new Page<>(List.of(), back, Optional.empty())
                : new Page<>(List.of(), Optional.empty(), back);
    }

    private PageRequest neighbour(R row, boolean backwards, int size) {
        var values = new ArrayList<@Nullable Object>();
        for (var column : columns) {
            values.add(row.get(column.field()));
        }
        return PageRequest.at(new PageToken(backwards, false, values).encode(this), size);
    }

    private static Condition after(List<Column> order, PageToken position) {
        Condition level = null;
        Condition after = null;
        for (int i = 0; i < order.size(); i++) {
            var column = order.get(i);
            var value = position.values().get(i);
            var beyond = level == null ? column.after(value) : level.and(column.after(value));
            after = after == null ? beyond : after.or(beyond);
            level = level == null ? column.level(value) : level.and(column.level(value));
        }
        if (after == null || level == null) {
            throw new InvalidPageToken("The page token has no position.", null);
        }
        return position.inclusive() ? after.or(level) : after;
    }
}
