package dev.rowan;

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
final class Shape {

    private final Table<?> table;
    private final List<Object> key = new ArrayList<>();
    private final Binds values = new Binds();
    private boolean open;

    Shape(Table<?> table, Object kind) {
        this.table = table;
        key.add(kind);
    }

    /** Says whether there is something in the query that the shape does not tell. */
    boolean isOpen() {
        return open;
    }

    /** Makes the shape open: the query has a part that is not told. */
    void open() {
        open = true;
    }

    /** Returns what two queries share exactly if their text is the same. */
    List<Object> key() {
        return key;
    }

    /** Returns the values, in the order of the text. */
    Binds values() {
        return values;
    }

    Shape with(Object part) {
        key.add(part);
        return this;
    }

    Shape with(Condition condition) {
        switch (condition) {
            case QOM.And and -> both("and", and.$arg1(), and.$arg2());
            case QOM.Or or -> both("or", or.$arg1(), or.$arg2());
            case QOM.Not not -> with("not").with(not.$arg1());
            case QOM.Eq<?> c -> comparison("=", c.$arg1(), c.$arg2());
            case QOM.Ne<?> c -> comparison("<>", c.$arg1(), c.$arg2());
            case QOM.Lt<?> c -> comparison("<", c.$arg1(), c.$arg2());
            case QOM.Le<?> c -> comparison("<=", c.$arg1(), c.$arg2());
            case QOM.Gt<?> c -> comparison(">", c.$arg1(), c.$arg2());
            case QOM.Ge<?> c -> comparison(">=", c.$arg1(), c.$arg2());
            case QOM.IsNull c -> with("is null").operand(c.$arg1());
            case QOM.IsNotNull c -> with("is not null").operand(c.$arg1());
            case QOM.InList<?> in -> {
                with("in").with(in.$list().size()).operand(in.$field());
                in.$list().forEach(this::operand);
            }
            default -> open = true;
        }
        return this;
    }

    Shape with(SortField<?> sort) {
        if (sort.$nullOrdering() != null) open = true;
        return with(sort.$sortOrder()).operand(sort.$field());
    }

    private void both(String operator, Condition left, Condition right) {
        with(operator).with(left).with(right);
    }

    private void comparison(String operator, Field<?> left, Field<?> right) {
        with(operator).operand(left).operand(right);
    }

    private Shape operand(Field<?> field) {
        if (field instanceof TableField<?, ?> column && table.equals(column.getTable())) {
            key.add(column);
        } else if (field instanceof Param<?> param && !param.isInline() && param.getParamName() == null) {
            key.add(param.getType());
            values.add(param);
        } else {
            open = true;
        }
        return this;
    }
}
