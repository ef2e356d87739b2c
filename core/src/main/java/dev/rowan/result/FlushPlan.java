package dev.rowan.result;

import java.util.List;

/**
 * What the next flush of a session writes, in its order. The string form has a numbered line for each step, such as
 * {@code 1. insert orders: 2 rows}; it shows no values. Immutable.
 *
 * @param steps the steps in their order
 */
public record FlushPlan(List<Step> steps) {

    /**
     * The changes of one kind and one table: one statement, or a few if there are many rows.
     *
     * @param action {@code insert}, {@code update}, {@code delete}; {@code replace} for a new row with the key of a
     *     deleted one; {@code clear} for columns that are NULL until a later step; {@code unlink} and {@code link} for
     *     a link table
     * @param table its name
     * @param columns the names of the columns that are written by an update, a replacement or a clearing, and those
     *     that an insert leaves to a later step; empty otherwise
     * @param rows the number of rows; 0 for links, as the stored links are not read yet
     */
    public record Step(String action, String table, List<String> columns, int rows) {

        /** Keeps the columns as they are now. */
        public Step {
            columns = List.copyOf(columns);
        }

        @Override
        public String toString() {
            var text = new StringBuilder(action).append(' ').append(table);
            if (!columns.isEmpty()) {
                text.append(action.equals("insert") ? " without " : " ").append(String.join(", ", columns));
            }
            if (rows > 0) {
                text.append(": ").append(rows).append(rows == 1 ? " row" : " rows");
            }
            return text.toString();
        }
    }

    /** Keeps the steps as they are now. */
    public FlushPlan {
        steps = List.copyOf(steps);
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
