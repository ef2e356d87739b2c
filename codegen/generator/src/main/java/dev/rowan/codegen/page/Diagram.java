package dev.rowan.codegen.page;

import java.util.List;

/**
 * A drawing of tables and of the foreign keys between them, in pixels.
 *
 * @param boxes the tables, in the order of the content
 */
record Diagram(double width, double height, List<Box> boxes, List<Line> lines) {

    /** Where a table is drawn, and with which rows. */
    record Box(
            SchemaContent.Table table, List<Row> rows, int hidden, double x, double y, double width, double height) {}

    /**
     * A row of a box.
     *
     * @param name the name of the column as it is drawn
     * @param type its type as it is drawn, with a question mark if it may be NULL
     * @param mark what kind of key the column is part of; empty for none
     */
    record Row(SchemaContent.Column column, String name, String type, String mark) {}

    /**
     * How a foreign key is drawn: from the key that it refers to, to itself.
     *
     * @param from the position of the referenced table in {@link Diagram#boxes}
     * @param to the position of the table that has the foreign key
     */
    record Line(int from, int to, SchemaContent.Table table, SchemaContent.ForeignKey key, List<Point> points) {}

    /** A corner or an end of a line. */
    record Point(double x, double y) {}
}
