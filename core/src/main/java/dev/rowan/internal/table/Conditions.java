package dev.rowan.internal.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * Every condition that a caller gives enters here: it is checked, and brought into a form that neither its depth nor
 * the length of its lists can harm, and that means what it says. Stateless.
 */
public final class Conditions {

    /** A chain of more conditions than this becomes a tree: jOOQ and {@link QueryShape} recurse into each. */
    private static final int LONGEST_CHAIN = 32;

    /** Lists of up to so many values are left as they are. */
    private static final int SHORT_LIST = 16;

    /** No list is padded beyond this: a statement takes 65,535 values. */
    private static final int LONGEST_LIST = 1 << 15;

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
                    "The condition is null. Pass a condition; to leave it out of a query, pass noCondition(); to write every"
                            + " row, begin with all().");
        }
        var added = normalized(balanced(more));
        return condition == null ? added : balanced(condition.and(added));
    }

    /** Returns whether the condition is true for every row, as an empty {@code notIn} is. */
    public static boolean isAlwaysTrue(@Nullable Condition condition) {
        if (condition == null) {
            return true;
        }
        return switch (condition) {
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

    /**
     * Returns the same condition, with {@link SetContainment} for {@code contains} of a SET, and with the last value of
     * each long list repeated: so lists of all lengths need few texts and few prepared statements, which the caches and
     * the server keep.
     */
    private static Condition normalized(Condition condition) {
        return switch (condition) {
            case QOM.And c -> {
                var left = normalized(c.$arg1());
                var right = normalized(c.$arg2());
                yield isSame(left, c.$arg1()) && isSame(right, c.$arg2()) ? c : left.and(right);
            }
            case QOM.Or c -> {
                var left = normalized(c.$arg1());
                var right = normalized(c.$arg2());
                yield isSame(left, c.$arg1()) && isSame(right, c.$arg2()) ? c : left.or(right);
            }
            case QOM.Not c -> {
                var negated = normalized(c.$arg1());
                yield isSame(negated, c.$arg1()) ? c : DSL.not(negated);
            }
            case QOM.InList<?> c -> isPadded(c.$list()) ? c.$field().in(padded(c.$list())) : c;
            case QOM.NotInList<?> c -> isPadded(c.$list()) ? c.$field().notIn(padded(c.$list())) : c;
            default -> SetContainment.isMeant(condition) ? SetContainment.of(condition) : condition;
        };
    }

    private static boolean isPadded(List<?> list) {
        return list.size() > SHORT_LIST && list.size() < LONGEST_LIST;
    }

    private static Field<?>[] padded(List<? extends Field<?>> list) {
        var padded = new ArrayList<Field<?>>(list);
        while (padded.size() < paddedSize(list.size())) {
            padded.add(list.getLast());
        }
        return padded.toArray(Field<?>[]::new);
    }

    /** Returns the next of 16, 24, 32, 48, 64, …: each power of two, and the middle between it and the next. */
    static int paddedSize(int size) {
        var power = Integer.highestOneBit(size * 2 - 1);
        var middle = power / 4 * 3;
        return size <= middle ? middle : power;
    }

    @SuppressWarnings("ReferenceEquality") // whether anything was replaced
    private static boolean isSame(Condition condition, Condition other) {
        return condition == other;
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
