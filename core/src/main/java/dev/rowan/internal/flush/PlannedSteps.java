package dev.rowan.internal.flush;

import dev.rowan.internal.flush.Change.Kind;
import dev.rowan.internal.relation.LinkPlan;
import dev.rowan.result.FlushPlan;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;

/**
 * What a flush writes, in its order: each step is one statement, or a few if it has many rows. Its string form has a
 * line for each step, with table, columns and number of rows; never a value.
 *
 * @param steps the steps in their order
 * @param links what its steps write into link tables
 */
public record PlannedSteps(List<Step> steps, List<LinkPlan> links) {

    /**
     * Changes of one kind and one table, of which none has to come before another; those of an update may depend on one
     * another, and are written in their order.
     */
    public record Step(Kind kind, Table<?> table, List<Change> changes) {

        /** Keeps the changes as they are now. */
        public Step {
            changes = List.copyOf(changes);
        }

        private FlushPlan.Step describe() {
            var isOfRows = changes.getFirst().isOfRow();
            var names = !isOfRows || kind == Kind.DELETE
                    ? List.<String>of()
                    : names(kind == Kind.INSERT ? leftOut() : columns(changes.getFirst()));
            return new FlushPlan.Step(kind.verb(), table.getName(), names, isOfRows ? changes.size() : 0);
        }

        private List<Field<?>> leftOut() {
            return changes.stream()
                    .<Field<?>>flatMap(change -> change.leftOut().stream())
                    .distinct()
                    .toList();
        }

        private static List<Field<?>> columns(Change change) {
            var columns = new ArrayList<Field<?>>();
            change.columns().stream().forEach(i -> columns.add(change.record().field(i)));
            return columns;
        }

        private static List<String> names(List<Field<?>> fields) {
            return fields.stream().map(Field::getName).sorted().toList();
        }
    }

    /** Keeps the steps as they are now. */
    public PlannedSteps {
        steps = List.copyOf(steps);
        links = List.copyOf(links);
    }

    /** Returns whether there is nothing to write. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Returns the steps without their records. */
    public FlushPlan describe() {
        return new FlushPlan(steps.stream().map(Step::describe).toList());
    }

    @Override
    public String toString() {
        return describe().toString();
    }
}
