package dev.rowan.internal.table;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.UserBinding;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.QOM;

/**
 * The shape of a query: everything its SQL depends on, as a cache key, and apart from it the bind values. Not
 * thread-safe.
 *
 * <p>A shape covers the common conditions: comparisons of the table's own columns with values, and AND, OR and NOT of
 * them. Any other part makes the shape {@link #isOpen() open}: then the SQL is not cached, and jOOQ renders it each
 * time.
 */
public final class QueryShape {

    private final Table<?> table;
    private final List<Object> key = new ArrayList<>();
    private final BindValues values = new BindValues();
    private boolean open;

    /**
     * Creates the shape of a query without conditions.
     *
     * @param kind the kind of query, such as a count
     */
    public QueryShape(Table<?> table, Object kind) {
        this.table = table;
        key.add(kind);
    }

    /** Returns whether the query has a part that the shape does not cover, so that its SQL is not cached. */
    public boolean isOpen() {
        return open;
    }

    /** Makes the shape open: the query has a part that it does not cover. */
    public void open() {
        open = true;
    }

    /**
     * Returns the cache key. Two queries of shapes that are not open have equal keys exactly if their SQL is the same.
     */
    public List<Object> key() {
        return key;
    }

    /** Returns the bind values, in the order of the SQL. */
    public BindValues values() {
        return values;
    }

    /** Adds a part to the cache key. */
    public QueryShape with(Object part) {
        key.add(part);
        return this;
    }

    /** Adds a condition. */
    public QueryShape with(Condition condition) {
        return switch (condition) {
            case QOM.And c -> with("and").with(c.$arg1()).with(c.$arg2());
            case QOM.Or c -> with("or").with(c.$arg1()).with(c.$arg2());
            case QOM.Not c -> with("not").with(c.$arg1());
            case QOM.Eq<?> c -> with("=", c.$arg1(), c.$arg2());
            case QOM.Ne<?> c -> with("<>", c.$arg1(), c.$arg2());
            case QOM.Lt<?> c -> with("<", c.$arg1(), c.$arg2());
            case QOM.Le<?> c -> with("<=", c.$arg1(), c.$arg2());
            case QOM.Gt<?> c -> with(">", c.$arg1(), c.$arg2());
            case QOM.Ge<?> c -> with(">=", c.$arg1(), c.$arg2());
            case QOM.IsNull c -> with("is null").with(c.$arg1());
            case QOM.IsNotNull c -> with("is not null").with(c.$arg1());
            case QOM.IsDistinctFrom<?> c -> with("is distinct from", c.$arg1(), c.$arg2());
            case QOM.IsNotDistinctFrom<?> c -> with("is not distinct from", c.$arg1(), c.$arg2());
            case QOM.InList<?> c -> with("in", c.$field(), c.$list());
            case QOM.NotInList<?> c -> with("not in", c.$field(), c.$list());
            case QOM.Contains<?> c -> with("contains", c.$arg1(), c.$arg2());
            case QOM.StartsWith<?> c -> with("starts with", c.$arg1(), c.$arg2());
            case QOM.EndsWith<?> c -> with("ends with", c.$arg1(), c.$arg2());
            case QOM.ContainsIgnoreCase<?> c -> with("contains ignore case", c.$arg1(), c.$arg2());
            case QOM.StartsWithIgnoreCase<?> c -> with("starts with ignore case", c.$arg1(), c.$arg2());
            case QOM.EndsWithIgnoreCase<?> c -> with("ends with ignore case", c.$arg1(), c.$arg2());
            case QOM.Like c -> with(String.valueOf(c.$escape())).with("like", c.$arg1(), c.$arg2());
            case QOM.NotLike c -> with(String.valueOf(c.$escape())).with("not like", c.$arg1(), c.$arg2());
            default -> uncovered(); // QOM.Between too: it does not show whether it is a NOT BETWEEN
        };
    }

    /** Adds a sort field. */
    public QueryShape with(SortField<?> sort) {
        if (sort.$nullOrdering() != null) {
            open = true;
        }
        return with(sort.$sortOrder()).with(sort.$field());
    }

    /** Adds a column, a value, or a sum of these. */
    public QueryShape with(Field<?> field) {
        return switch (field) {
            case TableField<?, ?> column -> table.equals(column.getTable()) ? with((Object) column) : uncovered();
            case Param<?> param -> param.isInline() || param.getParamName() != null ? uncovered() : value(param);
            case QOM.Add<?> sum -> numbers("+", sum.$arg1(), sum.$arg2());
            case QOM.Sub<?> difference -> numbers("-", difference.$arg1(), difference.$arg2());
            default -> uncovered();
        };
    }

    private QueryShape value(Param<?> param) {
        if (UserBinding.has(param.getDataType())) {
            // the binding renders the placeholder itself
            return uncovered();
        }
        values.add(param);
        return with((Object) param.getType());
    }

    /** Covers sums of numbers only: plus and minus of dates render as functions that depend on the types. */
    private QueryShape numbers(String operator, Field<?> left, Field<?> right) {
        return left.getDataType().isNumeric() && right.getDataType().isNumeric()
                ? with(operator, left, right)
                : uncovered();
    }

    private QueryShape with(String operator, Field<?> left, Field<?> right) {
        return with(operator).with(left).with(right);
    }

    private QueryShape with(String operator, Field<?> field, List<? extends Field<?>> list) {
        if (list.isEmpty()) {
            // jOOQ renders neither the field nor the values in it
            return uncovered();
        }
        with(operator).with(list.size()).with(field);
        list.forEach(this::with);
        return this;
    }

    private QueryShape uncovered() {
        open = true;
        return this;
    }
}
