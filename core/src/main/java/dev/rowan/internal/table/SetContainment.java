package dev.rowan.internal.table;

import java.util.ArrayList;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/**
 * The condition that a SET column contains the members of a set. jOOQ renders {@code contains} of any column as a
 * search for a part of its text. Stateless.
 */
final class SetContainment {

    private SetContainment() {}

    /** Returns whether the condition is a {@code contains} of a SET column. */
    static boolean isMeant(Condition condition) {
        return switch (condition) {
            case QOM.Contains<?> c -> isSet(c.$arg1(), c.$arg2());
            case QOM.ContainsIgnoreCase<?> c -> isSet(c.$arg1(), c.$arg2());
            default -> false;
        };
    }

    /** Returns what a {@code contains} of a SET column means. Each column contains the empty set, unless it is NULL. */
    static Condition of(Condition condition) {
        return switch (condition) {
            case QOM.Contains<?> c -> of(c.$arg1(), c.$arg2());
            case QOM.ContainsIgnoreCase<?> c -> of(c.$arg1(), c.$arg2());
            default -> condition;
        };
    }

    /** A user's own type may be a set too, but of other members than the literals of a SET. */
    private static boolean isSet(Field<?> column, Field<?> part) {
        return column.getType() == Set.class
                && !(part instanceof Param<?> param
                        && param.getValue() instanceof Set<?> members
                        && !members.stream().allMatch(EnumType.class::isInstance));
    }

    private static Condition of(Field<?> column, Field<?> part) {
        if (!(part instanceof Param<?> param)) {
            return DSL.condition("({0} & {1}) = ({1} | 0)", column, part); // members are bits
        }
        if (!(param.getValue() instanceof Set<?> members)) {
            return DSL.condition("{0} = {1}", column, part); // NULL: unknown
        }
        if (members.isEmpty()) {
            return column.getDataType().nullable() ? DSL.condition("{0} = {0}", column) : DSL.trueCondition();
        }
        var contained = new ArrayList<Condition>();
        for (var member : members) {
            var literal = DSL.val(((EnumType) member).getLiteral());
            contained.add(DSL.condition("find_in_set({0}, {1}) > 0", literal, column));
        }
        return DSL.and(contained);
    }
}
