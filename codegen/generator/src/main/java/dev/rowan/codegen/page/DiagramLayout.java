package dev.rowan.codegen.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkGraphFactory;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Lays out a diagram by the Eclipse Layout Kernel: tables in layers, those that others refer to on the left, and a line
 * from the row of each key to the row of the foreign key.
 */
final class DiagramLayout {

    private static final double MARGIN = 24;
    private static final double BETWEEN_BOXES = 32;
    private static final double BETWEEN_LAYERS = 56;

    /** The ends of a line have signs, beside which no other line may run. */
    private static final double BESIDE_BOX = 28;

    /** As much as signs need to be told apart. */
    private static final double BESIDE_MIDDLE = 5.5;

    private static final double BETWEEN_LINES = 14;
    private static final double BESIDE_LINE = 20;
    private static final double ASPECT_RATIO = 1.7;

    /** With more tables a diagram shows the columns of keys alone: it is large enough. */
    private static final int MOST_WITH_OTHER_COLUMNS = 30;

    private final List<DiagramBox> boxes;
    private final List<ElkNode> nodes = new ArrayList<>();
    private final Map<List<Object>, ElkPort> ports = new HashMap<>();

    private DiagramLayout(List<DiagramBox> boxes) {
        this.boxes = boxes;
    }

    /** Returns the diagram of all tables. */
    static Diagram of(SchemaContent content) {
        var referenced = new HashMap<String, Set<String>>();
        content.tables()
                .forEach(table -> table.foreignKeys()
                        .forEach(key -> referenced
                                .computeIfAbsent(key.target(), target -> new HashSet<>())
                                .addAll(key.targetColumns())));
        var showsOthers = content.tables().size() <= MOST_WITH_OTHER_COLUMNS;
        return new DiagramLayout(content.tables().stream()
                        .map(table ->
                                DiagramBox.of(table, referenced.getOrDefault(table.name(), Set.of()), showsOthers))
                        .toList())
                .diagram();
    }

    private Diagram diagram() {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        var graph = graph();
        var related = related();
        var positions = new HashMap<String, Integer>();
        for (var box : boxes) {
            positions.put(box.table().name(), nodes.size());
            // a table without any line needs no layout, and would only be in the way of the others
            var isRelated = related.contains(box.table().name());
            var node = isRelated ? ElkGraphUtil.createNode(graph) : ElkGraphFactory.eINSTANCE.createElkNode();
            node.setDimensions(box.width(), box.height());
            node.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
            nodes.add(node);
        }
        record Drawn(ElkEdge edge, int from, int to, SchemaContent.ForeignKey key) {}
        var edges = new ArrayList<Drawn>();
        for (var to = 0; to < boxes.size(); to++) {
            for (var key : boxes.get(to).table().foreignKeys()) {
                var from = positions.get(key.target());
                if (from != null) {
                    var edge = ElkGraphUtil.createSimpleEdge(
                            port(from, key.targetColumns().get(0), PortSide.EAST, key.isOptional()),
                            port(to, key.columns().get(0), PortSide.WEST, false));
                    edges.add(new Drawn(edge, from, to, key));
                }
            }
        }
        new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
        var height = placeUnrelated(
                nodes.stream().filter(node -> node.getParent() == null).toList(), graph);

        var drawnBoxes = new ArrayList<Diagram.Box>();
        for (var i = 0; i < boxes.size(); i++) {
            var box = boxes.get(i);
            var node = nodes.get(i);
            drawnBoxes.add(new Diagram.Box(
                    box.table(),
                    box.rows(),
                    box.hidden(),
                    node.getX(),
                    node.getY(),
                    node.getWidth(),
                    node.getHeight()));
        }
        var lines = edges.stream()
                .map(drawn -> new Diagram.Line(
                        drawn.from(),
                        drawn.to(),
                        boxes.get(drawn.to()).table(),
                        drawn.key(),
                        points(drawn.edge().getSections().get(0))))
                .toList();
        return new Diagram(
                nodes.stream()
                                .mapToDouble(node -> node.getX() + node.getWidth())
                                .max()
                                .orElse(0)
                        + MARGIN,
                height,
                drawnBoxes,
                lines);
    }

    /** Returns the tables at an end of a line. */
    private Set<String> related() {
        var names = boxes.stream().map(box -> box.table().name()).collect(Collectors.toSet());
        var related = new HashSet<String>();
        boxes.forEach(box -> box.table().foreignKeys().stream()
                .filter(key -> names.contains(key.target()))
                .forEach(key -> related.addAll(List.of(box.table().name(), key.target()))));
        return related;
    }

    /** Places tables in rows below the drawn graph, and returns the height of all. */
    private static double placeUnrelated(List<ElkNode> unrelated, ElkNode graph) {
        var area = unrelated.stream()
                .mapToDouble(node -> (node.getWidth() + BETWEEN_BOXES) * (node.getHeight() + BETWEEN_BOXES))
                .sum();
        var isAlone = graph.getChildren().isEmpty();
        var width = Math.max(isAlone ? 0 : graph.getWidth(), Math.sqrt(area * ASPECT_RATIO));
        var x = MARGIN;
        var y = isAlone ? MARGIN : graph.getHeight() - MARGIN + BETWEEN_BOXES;
        var bottom = isAlone ? MARGIN : graph.getHeight() - MARGIN;
        for (var node : unrelated) {
            if (x > MARGIN && x + node.getWidth() > width - MARGIN) {
                x = MARGIN;
                y = bottom + BETWEEN_BOXES;
            }
            node.setLocation(x, y);
            x += node.getWidth() + BETWEEN_BOXES;
            bottom = Math.max(bottom, y + node.getHeight());
        }
        return bottom + MARGIN;
    }

    private static ElkNode graph() {
        var graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.ASPECT_RATIO, ASPECT_RATIO);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_BOXES);
        graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, BETWEEN_BOXES);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, BESIDE_BOX);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, BESIDE_LINE);
        graph.setProperty(LayeredOptions.SPACING_NODE_SELF_LOOP, BESIDE_BOX);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, BETWEEN_LINES);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, BETWEEN_LINES);
        // the same for the same schema
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        return graph;
    }

    /**
     * Returns the place where the lines of a row begin or end, one for all that have the same sign.
     *
     * @param isOptional whether the sign says that there may be no row: it is below the middle, the other one above
     */
    private ElkPort port(int position, String column, PortSide side, boolean isOptional) {
        return ports.computeIfAbsent(List.of(position, column, side, isOptional), key -> {
            var port = ElkGraphUtil.createPort(nodes.get(position));
            port.setProperty(LayeredOptions.PORT_SIDE, side);
            var box = boxes.get(position);
            var isEast = side == PortSide.EAST;
            var aside = isEast ? isOptional ? BESIDE_MIDDLE : -BESIDE_MIDDLE : 0;
            port.setLocation(isEast ? box.width() : 0, box.middleOf(column) + aside);
            return port;
        });
    }

    private static List<Diagram.Point> points(ElkEdgeSection section) {
        var points = new ArrayList<Diagram.Point>();
        points.add(new Diagram.Point(section.getStartX(), section.getStartY()));
        section.getBendPoints().forEach(point -> points.add(new Diagram.Point(point.getX(), point.getY())));
        points.add(new Diagram.Point(section.getEndX(), section.getEndY()));
        return points;
    }
}
