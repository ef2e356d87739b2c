package dev.rowan.internal.query;

import dev.rowan.error.InvalidPageToken;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RowReader;
import dev.rowan.internal.table.RowReader.Extended;
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
import org.jooq.DSLContext;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM.NullOrdering;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of a query by keyset pagination. The rows are in a total order: by the columns of the query's order, then
 * by the columns of the primary key that are not among them.
 *
 * <p>A position is the values of these columns in one row. The condition for the rows after a position is written as
 * {@code a > x OR (a = x AND b > y)}, for which MySQL reads a range of an index. For the shorter
 * {@code (a, b) > (x, y)} it would read the whole index.
 *
 * @param columns the columns of the order
 * @param select the beginning of the SELECT, see {@link SortLength}
 * @param row reads what the pages consist of
 * @param <R> the record of the table
 * @param <E> what the pages consist of: whole records, or selected fields
 */
public record KeysetPager<R extends TableRecord<R>, E>(
        Selection<R> selection, List<Column> columns, String select, RowReader<E> row) {

    /**
     * A column of the order.
     *
     * @param field a column of the table, or else one along a foreign key, or an expression
     * @param isOwn whether it is a column of the table
     * @param nullsLast whether NULL comes last; by itself, MySQL sorts it as the lowest value
     */
    record Column(Field<?> field, boolean isOwn, boolean descending, boolean nullsLast) {

        /** Returns whether a value may be NULL: a row along a foreign key may be missing. */
        boolean isNullable() {
            return !isOwn || field.getDataType().nullable();
        }

        Column reversed() {
            return new Column(field, isOwn, !descending, !nullsLast);
        }

        SortField<?> sort() {
            var sort = field.sort(descending ? SortOrder.DESC : SortOrder.ASC);
            if (nullsLast == descending || !isNullable()) {
                return sort; // as MySQL sorts by itself, maybe by an index
            }
            return nullsLast ? sort.nullsLast() : sort.nullsFirst();
        }

        /** Returns a text that tells the column from others; an expression is rendered, with its values. */
        String name(DSLContext dsl) {
            var name = isOwn ? field.getName() : dsl.renderInlined(field);
            var nulls = nullsLast == descending ? "" : nullsLast ? " nulls last" : " nulls first";
            return name + (descending ? " desc" : "") + nulls;
        }

        /** Returns the condition that the column equals the value. */
        Condition equal(@Nullable Object value) {
            return value == null ? field.isNull() : typed(field).eq(value);
        }

        /** Returns the condition that the column comes after the value in the order. */
        Condition after(@Nullable Object value) {
            if (value == null) {
                return nullsLast ? DSL.falseCondition() : field.isNotNull();
            }
            var beyond = beyond(value);
            return nullsLast && isNullable() ? beyond.or(field.isNull()) : beyond;
        }

        /**
         * Lists the literals of an ENUM that come after the value: the server sorts them by position, but compares
         * names.
         */
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

        @SuppressWarnings("unchecked") // a value of a position was read from, or decoded for, its own column
        private static Field<Object> typed(Field<?> field) {
            return (Field<Object>) field;
        }
    }

    /**
     * Returns the pager of a selection.
     *
     * @param row reads what the pages consist of
     * @throws IllegalArgumentException if its order cannot be paged, or its table has no primary key
     */
    public static <R extends TableRecord<R>, E> KeysetPager<R, E> of(Selection<R> selection, RowReader<E> row) {
        var key = TableMapping.keyFields(selection.table());
        if (key.isEmpty()) {
            throw new IllegalArgumentException(selection.table().getName()
                    + " has no primary key, so its rows have no position in their order. Page it by an OffsetRequest.");
        }
        var columns = new ArrayList<Column>();
        for (var sort : selection.order()) {
            columns.add(column(sort, selection));
        }
        for (var field : key) {
            if (columns.stream()
                    .noneMatch(column -> column.isOwn() && column.field().equals(field))) {
                columns.add(new Column(field, true, false, false));
            }
        }
        for (var column : columns) {
            PageToken.requirePageable(column);
        }
        var fields = columns.stream().<Field<?>>map(Column::field).toList();
        return new KeysetPager<>(
                selection,
                List.copyOf(columns),
                SortLength.select(fields, selection.mapping().dsl().dialect()),
                row);
    }

    private static Column column(SortField<?> sort, Selection<?> selection) {
        var field = sort.$field();
        var isOwn =
                field instanceof TableField<?, ?> column && selection.table().equals(column.getTable());
        var descending = sort.$sortOrder() == SortOrder.DESC;
        var nulls = sort.$nullOrdering();
        return new Column(field, isOwn, descending, nulls == null ? descending : nulls == NullOrdering.NULLS_LAST);
    }

    /**
     * Reads the requested page.
     *
     * @param mapper maps each row, after all are read
     */
    public <T> Page<T> page(PageRequest request, Executor executor, Function<? super E, ? extends T> mapper) {
        var token = request.token().map(text -> PageToken.decode(text, this));
        var backwards = token.map(PageToken::backwards).orElse(false);
        var order = backwards ? columns.stream().map(Column::reversed).toList() : columns;

        var rows = token.map(position -> selection.and(after(order, position)))
                .orElse(selection)
                .orderedBy(order.stream().<SortField<?>>map(Column::sort).collect(Collectors.toList()))
                .limitedTo(request.size() + 1L);
        var others = columns.stream().filter(column -> !isInRow(column)).<Field<?>>map(Column::field);
        var found = executor.run(rows.rows(row.with(others.toList())).selecting(select));

        // one row more than requested was read: if it is there, there is another page
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
                        .<T>map(item -> mapper.apply(item.row()))
                        .toList(), // the tokens are made of the values that were read, not of tracked records
                hasNext ? Optional.of(request(items.getLast(), false, request.size())) : Optional.empty(),
                hasPrevious ? Optional.of(request(items.getFirst(), true, request.size())) : Optional.empty());
    }

    /** Returns a stream of pages from a request on; each page is read when the stream reaches it. */
    public static <T> Stream<Page<T>> scan(PageRequest first, Function<PageRequest, Page<T>> read) {
        var pages = new Iterator<Page<T>>() {
            private Optional<PageRequest> request = Optional.of(first);

            @Override
            public boolean hasNext() {
                return request.isPresent();
            }

            @Override
            public Page<T> next() {
                var page = read.apply(request.orElseThrow());
                request = page.next();
                return page;
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
    }

    /** Returns a name of the order. A token is valid for the order that it was made for only. */
    String orderName() {
        var dsl = selection.mapping().dsl();
        return selection.table().getName()
                + columns.stream().map(column -> column.name(dsl)).toList();
    }

    /**
     * Returns a page without rows. It keeps a request in the opposite direction, which includes the row of the token:
     * the rows after it may have been deleted since the token was made.
     */
    private <T> Page<T> empty(Optional<PageToken> token, int size) {
        var opposite = token.map(from -> new PageToken(!from.backwards(), true, from.values()).encode(this))
                .map(text -> PageRequest.at(text, size));
        return token.map(PageToken::backwards).orElse(false)
                ? new Page<>(List.of(), opposite, Optional.empty())
                : new Page<>(List.of(), Optional.empty(), opposite);
    }

    /** Returns whether the rows themselves have the value of the column. */
    private boolean isInRow(Column column) {
        return row.whole() && column.isOwn();
    }

    /** Returns the request of the page after or before a row. */
    private PageRequest request(Extended<E> item, boolean backwards, int size) {
        var values = new ArrayList<@Nullable Object>();
        var others = item.others().iterator();
        for (var column : columns) {
            values.add(isInRow(column) ? ((Record) item.row()).get(column.field()) : others.next());
        }
        return request(values, backwards, size);
    }

    /**
     * Returns the request of the page after or before the position of a record's values.
     *
     * @throws IllegalArgumentException if the record does not hold a column of the order, or the order has other fields
     */
    public PageRequest request(R position, boolean backwards, int size) {
        var values = new ArrayList<@Nullable Object>();
        for (var column : columns) {
            var field = column.field();
            if (!column.isOwn()) {
                throw new IllegalArgumentException(
                        "A record of " + selection.table().getName()
                                + " has no position in an order by a path or an expression. Order by its own columns.");
            }
            var value = position.get(field);
            if (value == null && !(column.isNullable() && isSet(position, field))) {
                throw new IllegalArgumentException("The record has no position in the order: it does not hold "
                        + FieldNames.shown(field) + ". Set it.");
            }
            values.add(value);
        }
        return request(values, backwards, size);
    }

    /** Returns whether a null of the record is a value: it was set, or read. */
    private static boolean isSet(TableRecord<?> record, Field<?> field) {
        return record.touched(field) || (record instanceof KeyedRecord<?> keyed && !RecordAccess.isNew(keyed));
    }

    private PageRequest request(List<@Nullable Object> values, boolean backwards, int size) {
        return PageRequest.at(new PageToken(backwards, false, values).encode(this), size);
    }

    private static Condition after(List<Column> order, PageToken position) {
        Condition equal = null;
        Condition after = null;
        for (int i = 0; i < order.size(); i++) {
            var column = order.get(i);
            var value = position.values().get(i);
            var beyond = equal == null ? column.after(value) : equal.and(column.after(value));
            after = after == null ? beyond : after.or(beyond);
            equal = equal == null ? column.equal(value) : equal.and(column.equal(value));
        }
        if (after == null || equal == null) {
            throw new InvalidPageToken("The page token has no position.", null);
        }
        return position.inclusive() ? after.or(equal) : after;
    }
}
