package dev.rowan.internal.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** Every condition that a caller gives enters here: it is checked, and made safe to render. */
public final class Conditions {

    /** A chain of more conditions than this becomes a tree: jOOQ and {@link QueryShape} recurse into each. */
    private static final int LONGEST_CHAIN = 32;

    private Conditions() {}

    /**
     * Returns one more condition on the rows of a query.
     *
     * @param condition that the query has; null for none
     * @throws IllegalArgumentException if the new condition is null
     */
    public static Condition and(@Nullable Condition condition, @Nullable Condition more) {
        if (more == null) {
            throw new IllegalArgumentException(
                    "The condition is null, which would reach every row. Pass a condition; for all rows, call all(), or"
                            + " pass noCondition().");
        }
        return balanced(condition == null ? more : condition.and(more));
    }

    /** Returns whether the condition is true for every row, as an empty {@code notIn} is. */
    public static boolean isAlwaysTrue(@Nullable Condition condition) {
        return switch (condition) {
            case null -> true;
            case QOM.And c -> isAlwaysTrue(c.$arg1()) && isAlwaysTrue(c.$arg2());
            case QOM.Or c -> isAlwaysTrue(c.$arg1()) || isAlwaysTrue(c.$arg2());
            case QOM.Not c -> isAlwaysFalse(c.$arg1());
            case QOM.NotInList<?> c -> c.$list().isEmpty();
            default -> condition.equals(DSL.noCondition()) || condition.equals(DSL.trueCondition());
        };
    }

    private static boolean isAlwaysFalse(Condition condition) {
        return switch (condition) {
            case QOM.And c -> isAlwaysFalse(c.$arg1()) || isAlwaysFalse(c.$arg2());
            case QOM.Or c -> isAlwaysFalse(c.$arg1()) && isAlwaysFalse(c.$arg2());
            case QOM.Not c -> isAlwaysTrue(c.$arg1());
            case QOM.InList<?> c -> c.$list().isEmpty();
            default -> condition.equals(DSL.falseCondition());
        };
    }

    /**
     * Returns the same condition, without long chains: {@code a or b or c or d} is {@code ((a or b) or c) or d}, and
     * thousands of such levels overflow the stack.
     */
    private static Condition balanced(Condition condition) {
        if (!isLongChain(condition)) {
            return condition;
        }
        var isAnd = condition instanceof QOM.And;
        var operands = new ArrayList<Condition>();
        var remaining = new ArrayDeque<>(List.of(condition));
        while (!remaining.isEmpty()) {
            var next = remaining.pop();
            if (isAnd && next instanceof QOM.And and) {
                remaining.push(and.$arg2());
                remaining.push(and.$arg1());
            } else if (!isAnd && next instanceof QOM.Or or) {
                remaining.push(or.$arg2());
                remaining.push(or.$arg1());
            } else {
                operands.add(balanced(next));
            }
        }
        return tree(operands, isAnd);
    }

    private static Condition tree(List<Condition> operands, boolean isAnd) {
        if (operands.size() == 1) {
            return operands.getFirst();
        }
        var middle = operands.size() / 2;
        var left = tree(operands.subList(0, middle), isAnd);
        var right = tree(operands.subList(middle, operands.size()), isAnd);
        return isAnd ? left.and(right) : left.or(right);
    }

    private static boolean isLongChain(Condition condition) {
        return length(condition, true) > LONGEST_CHAIN || length(condition, false) > LONGEST_CHAIN;
    }

    /** Returns how many levels the condition has on its left or right side. */
    private static int length(Condition condition, boolean left) {
        var length = 0;
        var next = condition;
        while (true) {
            if (next instanceof QOM.And and) {
                next = left ? and.$arg1() : and.$arg2();
            } else if (next instanceof QOM.Or or) {
                next = left ? or.$arg1() : or.$arg2();
            } else {
                return length;
            }
            length++;
        }
    }
}
