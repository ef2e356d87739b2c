package dev.rowan.internal.unitofwork;

import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.unitofwork.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;

/**
 * What a flush writes, in its order: each step is one statement, or a few if it has many rows. Its string form has a
 * line for each step, with table, columns and number of rows; never a value.
 *
 * @param steps the steps in their order
 * @param links the changes of links that its steps write
 */
public record FlushPlan(List<Step> steps, List<LinkChange> links) {

    /**
     * Changes of one kind and one table, of which none has to come before another; those of an update may depend on one
     * another, and are written in their order.
     */
    record Step(Kind kind, Table<?> table, List<Change> changes) {

        Step {
            changes = List.copyOf(changes);
        }

        @Override
        public String toString() {
            var text = new StringBuilder(kind.verb()).append(' ').append(table.getName());
            var first = changes.getFirst();
            if (!first.isOfRow()) {
                return text.toString();
            }
            if (kind != Kind.DELETE && kind != Kind.INSERT) {
                text.append(' ').append(names(columns(first)));
            }
            text.append(": ").append(changes.size()).append(changes.size() == 1 ? " row" : " rows");
            var without = changes.stream()
                    .flatMap(change -> change.leftOut().stream())
                    .distinct()
                    .toList();
            if (kind == Kind.INSERT && !without.isEmpty()) {
                text.append(", without ").append(names(without));
            }
            return text.toString();
        }

        private static List<Field<?>> columns(Change change) {
            var columns = new ArrayList<Field<?>>();
            change.columns().stream().forEach(i -> columns.add(change.record().field(i)));
            return columns;
        }

        private static String names(List<Field<?>> fields) {
            return fields.stream().map(Field::getName).sorted().collect(Collectors.joining(", "));
        }
    }

    /** Keeps the steps as they are now. */
    public FlushPlan {
        steps = List.copyOf(steps);
        links = List.copyOf(links);
    }

    /** Returns whether there is nothing to write. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append(i + 1).append(". ").append(steps.get(i)).append('\n');
        }
        return text.toString();
    }
}
