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
 * The shape of a query, which is all that its text depends on, and the values, on which it does not.
 *
 * <p>It reads the common conditions (comparisons of the table's own columns with values, and their and, or, not). What
 * it does not know makes the query {@link #isOpen() open}: jOOQ renders that one each time, and nothing else changes.
 */
public final class QueryShape {

    private final Table<?> table;
    private final List<Object> key = new ArrayList<>();
    private final BindValues values = new BindValues();
    private boolean open;

    public QueryShape(Table<?> table, Object kind) {
        this.table = table;
        key.add(kind);
    }

    /** Says whether there is something in the query that the shape does not tell. */
    public boolean isOpen() {
        return open;
    }

    /** Makes the shape open: the query has a part that is not told. */
    public void open() {
        open = true;
    }

    /** Returns what two queries share exactly if their text is the same. */
    public List<Object> key() {
        return key;
    }

    /** Returns the values, in the order of the text. */
    public BindValues values() {
        return values;
    }

    public QueryShape with(Object part) {
        key.add(part);
        return this;
    }

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
            default -> unknown(); // QOM.Between too: it does not say whether it is a NOT BETWEEN
        };
    }

    public QueryShape with(SortField<?> sort) {
        if (sort.$nullOrdering() != null) {
            open = true;
        }
        return with(sort.$sortOrder()).with(sort.$field());
    }

    public QueryShape with(Field<?> field) {
        return switch (field) {
            case TableField<?, ?> column -> table.equals(column.getTable()) ? with((Object) column) : unknown();
            case Param<?> param -> param.isInline() || param.getParamName() != null ? unknown() : value(param);
            case QOM.Add<?> sum -> numbers("+", sum.$arg1(), sum.$arg2());
            case QOM.Sub<?> difference -> numbers("-", difference.$arg1(), difference.$arg2());
            default -> unknown();
        };
    }

    private QueryShape value(Param<?> param) {
        if (UserBinding.has(param.getDataType())) {
            // it writes the place of the value itself
            return unknown();
        }
        values.add(param);
        return with((Object) param.getType());
    }

    /** Plus and minus of dates are other functions, by their types. */
    private QueryShape numbers(String operator, Field<?> left, Field<?> right) {
        return left.getDataType().isNumeric() && right.getDataType().isNumeric()
                ? with(operator, left, right)
                : unknown();
    }

    private QueryShape with(String operator, Field<?> left, Field<?> right) {
        return with(operator).with(left).with(right);
    }

    private QueryShape with(String operator, Field<?> field, List<? extends Field<?>> list) {
        if (list.isEmpty()) {
            // jOOQ leaves out the field, and the values in it
            return unknown();
        }
        with(operator).with(list.size()).with(field);
        list.forEach(this::with);
        return this;
    }

    private QueryShape unknown() {
        open = true;
        return this;
    }
}
