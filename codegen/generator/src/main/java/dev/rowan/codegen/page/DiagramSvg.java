package dev.rowan.codegen.page;

import static dev.rowan.codegen.page.Html.escaped;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a diagram as SVG. */
final class DiagramSvg {

    private static final double CORNER = 6;

    /** How much of its box the name of a table takes that is seen from afar. */
    private static final double FAR_WIDTH = 0.86;

    private static final double FAR_HEIGHT = 0.5;
    private static final double FAR_LARGEST = 44;

    private final Diagram diagram;
    private final StringBuilder out = new StringBuilder();

    private DiagramSvg(Diagram diagram) {
        this.diagram = diagram;
    }

    static String of(Diagram diagram) {
        var svg = new DiagramSvg(diagram);
        svg.write();
        return svg.out.toString();
    }

    private void write() {
        out.append(
                "<svg id=\"drawing\" viewBox=\"0 0 %1$s %2$s\" style=\"--drawn: %2$spx\" role=\"group\" aria-label=\"Tables and their foreign keys\">\n"
                        .formatted(number(diagram.width()), number(diagram.height())));
        diagram.lines().forEach(this::line);
        for (var i = 0; i < diagram.boxes().size(); i++) {
            box(i, diagram.boxes().get(i));
        }
        out.append("</svg>");
    }

    private void line(Diagram.Line line) {
        var key = line.key();
        out.append(
                "<g class=\"line\" data-from=\"%s\" data-to=\"%s\"><title>%s</title><path class=\"reach\" d=\"%s\"/><path d=\"%s\"/>"
                        .formatted(
                                line.from(),
                                line.to(),
                                escaped(line.table().name() + "." + key.name() + " → " + key.target()),
                                path(line.points()),
                                path(line.points())));
        var points = line.points();
        one(points.get(0), key.isOptional());
        many(points.get(points.size() - 1), key.isUnique());
        out.append("</g>\n");
    }

    /** The end at the row that is referred to: exactly one, or none. */
    private void one(Diagram.Point end, boolean isOptional) {
        bar(end.x() + 7, end.y());
        if (isOptional) {
            circle(end.x() + 15, end.y());
        } else {
            bar(end.x() + 12, end.y());
        }
    }

    /** The end at the rows that refer: any number, or at most one. */
    private void many(Diagram.Point end, boolean isOne) {
        if (isOne) {
            bar(end.x() - 7, end.y());
            circle(end.x() - 15, end.y());
        } else {
            out.append("<path d=\"M%s %sL%s %sL%s %s\"/>"
                    .formatted(
                            number(end.x()),
                            number(end.y() - 6),
                            number(end.x() - 11),
                            number(end.y()),
                            number(end.x()),
                            number(end.y() + 6)));
            circle(end.x() - 15, end.y());
        }
    }

    private void bar(double x, double y) {
        out.append("<path d=\"M%s %sv10\"/>".formatted(number(x), number(y - 5)));
    }

    private void circle(double x, double y) {
        out.append("<circle cx=\"%s\" cy=\"%s\" r=\"3.5\"/>".formatted(number(x), number(y)));
    }

    /** Returns a line with round corners. */
    private static String path(List<Diagram.Point> points) {
        var path = new StringBuilder("M" + pair(points.get(0)));
        for (var i = 1; i < points.size() - 1; i++) {
            var corner = points.get(i);
            var before = towards(corner, points.get(i - 1));
            var after = towards(corner, points.get(i + 1));
            path.append("L")
                    .append(pair(before))
                    .append("Q")
                    .append(pair(corner))
                    .append(" ")
                    .append(pair(after));
        }
        return path.append("L").append(pair(points.get(points.size() - 1))).toString();
    }

    private static Diagram.Point towards(Diagram.Point corner, Diagram.Point other) {
        var length = Math.hypot(other.x() - corner.x(), other.y() - corner.y());
        var part = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
        return new Diagram.Point(
                corner.x() + (other.x() - corner.x()) * part, corner.y() + (other.y() - corner.y()) * part);
    }

    private void box(int position, Diagram.Box box) {
        var table = box.table();
        out.append("<a class=\"box%s\" id=\"box-%s\" href=\"#%s\" transform=\"translate(%s %s)\"><title>%s</title>"
                .formatted(
                        table.isView() ? " view" : "",
                        position,
                        Html.idOf(table.name()),
                        number(box.x()),
                        number(box.y()),
                        escaped(table.comment().isBlank() ? table.name() : table.name() + ": " + table.comment())));
        out.append("<rect class=\"frame\" width=\"%s\" height=\"%s\" rx=\"6\"/>"
                .formatted(number(box.width()), number(box.height())));
        out.append("<path class=\"head\" d=\"M0 %1$sV6a6 6 0 0 1 6 -6H%2$sa6 6 0 0 1 6 6V%1$sZ\"/>"
                .formatted(number(DiagramBox.HEAD), number(box.width() - 6)));
        var name = TextWidth.shortened(table.name());
        text("name", DiagramBox.PADDING, DiagramBox.HEAD / 2, name, TextWidth.ofHead(name));
        for (var i = 0; i < box.rows().size(); i++) {
            row(box, box.rows().get(i), DiagramBox.middleOf(i));
        }
        if (box.hidden() > 0) {
            var y = DiagramBox.middleOf(box.rows().size());
            var more = box.hidden() + (box.hidden() == 1 ? " more column" : " more columns");
            text("more", DiagramBox.PADDING + DiagramBox.MARK, y, more, TextWidth.ofRow(more));
        }
        far(box, name);
        out.append("</a>\n");
    }

    private void row(Diagram.Box box, Diagram.Row row, double y) {
        if (!row.mark().isEmpty()) {
            text("mark " + row.mark().toLowerCase(Locale.ROOT), DiagramBox.PADDING, y, row.mark(), 0);
        }
        text("column", DiagramBox.PADDING + DiagramBox.MARK, y, row.name(), TextWidth.ofRow(row.name()));
        text("type", box.width() - DiagramBox.PADDING, y, row.type(), TextWidth.ofRow(row.type()));
    }

    /** The name alone, as large as the box: from afar nothing else can be read. */
    private void far(Diagram.Box box, String name) {
        var width = TextWidth.of(name, 1);
        var size = Math.min(
                Math.min(box.width() * FAR_WIDTH / Math.max(1, width), box.height() * FAR_HEIGHT), FAR_LARGEST);
        out.append("<text class=\"far\" x=\"%s\" y=\"%s\" font-size=\"%s\"%s>%s</text>"
                .formatted(
                        number(box.width() / 2),
                        number(box.height() / 2),
                        number(size),
                        length(name, width * size).orElse(""),
                        escaped(name)));
    }

    private void text(String kind, double x, double y, String text, double width) {
        out.append("<text class=\"%s\" x=\"%s\" y=\"%s\"%s>%s</text>"
                .formatted(kind, number(x), number(y), length(text, width).orElse(""), escaped(text)));
    }

    /** Fixes the width of text whose characters have other widths in other fonts. */
    private static Optional<String> length(String text, double width) {
        return TextWidth.isKnown(text) || width == 0
                ? Optional.empty()
                : Optional.of(" textLength=\"" + number(width) + "\" lengthAdjust=\"spacingAndGlyphs\"");
    }

    private static String pair(Diagram.Point point) {
        return number(point.x()) + " " + number(point.y());
    }

    private static String number(double value) {
        var tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }
}
