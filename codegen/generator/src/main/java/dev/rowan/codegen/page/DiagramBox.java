package dev.rowan.codegen.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the box of a table shows, and the size that it needs. The size depends on no font of this machine, so that the
 * same schema gives the same page everywhere.
 *
 * @param rows the columns of keys, and others if there is space
 * @param hidden how many columns are not shown
 */
record DiagramBox(SchemaContent.Table table, List<Diagram.Row> rows, int hidden) {

    static final double HEAD = 34;
    static final double ROW = 22;
    static final double PADDING = 12;

    /** Between the names of columns and what stands beside them. */
    static final double GAP = 18;

    /** Of what kind of key a column is. */
    static final double MARK = 26;

    private static final double TOP = 2;
    private static final double BOTTOM = 8;
    private static final int MOST_ROWS = 9;
    private static final double LEAST_WIDTH = 150;

    /**
     * Returns the box of a table.
     *
     * @param referenced the columns that other tables refer to
     * @param showsOthers whether there is space for columns that are part of no key
     */
    static DiagramBox of(SchemaContent.Table table, Set<String> referenced, boolean showsOthers) {
        Predicate<SchemaContent.Column> isShown =
                column -> table.isPrimary(column) || table.isForeign(column) || referenced.contains(column.name());
        var shown = table.columns().stream().filter(isShown).count();
        var others = showsOthers ? MOST_ROWS - shown : 0;
        var rows = new ArrayList<Diagram.Row>();
        for (var column : table.columns()) {
            if (!isShown.test(column) && others-- <= 0) {
                continue;
            }
            var type = TextWidth.shortenedType(column.type()) + (column.nullable() && !table.isView() ? "?" : "");
            rows.add(new Diagram.Row(column, TextWidth.shortened(column.name()), type, mark(table, column)));
        }
        return new DiagramBox(table, rows, table.columns().size() - rows.size());
    }

    private static String mark(SchemaContent.Table table, SchemaContent.Column column) {
        if (table.isPrimary(column)) {
            return table.isForeign(column) ? "PF" : "PK";
        }
        if (table.isForeign(column)) {
            return "FK";
        }
        return table.isUnique(column) ? "UK" : "";
    }

    double width() {
        var width = Math.max(LEAST_WIDTH, TextWidth.ofHead(TextWidth.shortened(table.name())) + 2 * PADDING);
        for (var row : rows) {
            var texts = TextWidth.ofRow(row.name()) + TextWidth.ofRow(row.type());
            width = Math.max(width, PADDING + MARK + texts + GAP + PADDING);
        }
        return Math.ceil(width);
    }

    double height() {
        return HEAD + ROW * (rows.size() + (hidden > 0 ? 1 : 0)) + BOTTOM;
    }

    /** Returns the middle of the row of a column, from the top of the box; that of its head if there is no such row. */
    double middleOf(String column) {
        for (var i = 0; i < rows.size(); i++) {
            if (rows.get(i).column().name().equals(column)) {
                return middleOf(i);
            }
        }
        return HEAD / 2;
    }

    /** Returns the middle of a row, from the top of the box. */
    static double middleOf(int row) {
        return HEAD + TOP + ROW * row + ROW / 2;
    }
}
