package dev.rowan.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Delimited;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.CoreHtmlNodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/** Reads files of Markdown as pages. Anchors are those of GitHub, and links lead to where the files are in the site. */
final class MarkdownReader {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Pattern LONG_NAME = Pattern.compile("\\w{22,}");
    private static final Pattern WORDS = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    private final SourceFiles files;
    private final Set<Path> pictures = new LinkedHashSet<>();

    MarkdownReader(SourceFiles files) {
        this.files = files;
    }

    /** Returns the pictures of the pages that were read, relative to the root of the repository. */
    Set<Path> pictures() {
        return pictures;
    }

    Page read(Path file) throws IOException {
        var address = files.addressOf(file);
        var document = PARSER.parse(Files.readString(files.root().resolve(file)));
        document.accept(new LinkRewriter(file, address));
        var sections = new SectionReader();
        document.accept(sections);
        var renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .nodeRendererFactory(context -> new BlockRenderer(context, sections))
                .build();
        var body = renderer.render(document)
                .replace("<table>", "<div class=\"table\"><table>")
                .replace("</table>", "</table></div>");
        return new Page(address, sections.title(file), body, sections.sections());
    }

    /** Returns the rows of a table, by the text of its first cell. */
    List<Node> rows(Path file, String heading) throws IOException {
        var document = PARSER.parse(Files.readString(files.root().resolve(file)));
        return children(document).stream()
                .filter(block -> block instanceof TableBlock && textOf(block).startsWith(heading))
                .flatMap(block -> children(block.getLastChild()).stream())
                .toList();
    }

    static List<Node> children(Node parent) {
        var children = new ArrayList<Node>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }

    /** Returns what a node says, without marks. */
    static String textOf(Node node) {
        var text = new StringBuilder();
        append(node, text);
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static void append(Node node, StringBuilder text) {
        switch (node) {
            case Text it -> text.append(it.getLiteral());
            case Code it -> text.append(it.getLiteral());
            case FencedCodeBlock it -> text.append(it.getLiteral());
            default -> {
                children(node).forEach(child -> append(child, text));
                // only these stand in the midst of words
                if (!(node instanceof Link || node instanceof Delimited)) {
                    text.append(' ');
                }
            }
        }
    }

    /** Leads links to pages of the site, and says the path of what has none. */
    private final class LinkRewriter extends AbstractVisitor {

        private final Path file;
        private final Path address;

        LinkRewriter(Path file, Path address) {
            this.file = file;
            this.address = address;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            var destination = link.getDestination();
            if (destination.contains(":") || destination.startsWith("#")) {
                return;
            }
            var parts = destination.split("#", 2);
            var target = file.resolveSibling(parts[0]).normalize();
            if (!Files.exists(files.root().resolve(target))) {
                throw new IllegalStateException(file + " has a link to " + target + ", which does not exist.");
            }
            var page = files.address(target);
            if (page.isPresent()) {
                link.setDestination(Page.link(address, page.orElseThrow()) + (parts.length == 1 ? "" : "#" + parts[1]));
            } else {
                replaceByPath(link, target);
            }
        }

        private void replaceByPath(Link link, Path target) {
            var path = target.toString().replace('\\', '/');
            var isItsText = textOf(link).equals(path);
            var isInParentheses = link.getPrevious() instanceof Text before
                    && before.getLiteral().endsWith("(");
            if (!isItsText) {
                children(link).forEach(link::insertBefore);
                link.insertBefore(new Text(isInParentheses ? ": " : " ("));
            }
            link.insertBefore(new Code(path));
            if (!isItsText && !isInParentheses) {
                link.insertBefore(new Text(")"));
            }
            link.unlink();
        }

        @Override
        public void visit(Image image) {
            var picture = file.resolveSibling(image.getDestination()).normalize();
            pictures.add(picture);
            image.setDestination(Page.link(address, Site.PICTURES.resolve(picture.getFileName())));
        }
    }

    /** Divides a page by its headings, and gives each an id. */
    private static final class SectionReader extends AbstractVisitor {

        private record Part(Heading heading, String id, StringBuilder text) {}

        private final IdGenerator ids = IdGenerator.builder().build();
        private final List<Part> parts = new ArrayList<>();

        @Override
        protected void visitChildren(Node parent) {
            for (var child : children(parent)) {
                if (child instanceof Heading heading) {
                    parts.add(new Part(heading, ids.generateId(textOf(heading)), new StringBuilder()));
                } else if (!parts.isEmpty() && !isDiagram(child)) {
                    parts.getLast().text().append(textOf(child)).append(' ');
                }
            }
        }

        String idOf(Heading heading) {
            return parts.stream()
                    .filter(part -> part.heading().equals(heading))
                    .map(Part::id)
                    .findFirst()
                    .orElseThrow();
        }

        String title(Path file) {
            if (parts.isEmpty() || parts.getFirst().heading().getLevel() != 1) {
                throw new IllegalStateException(file + " does not begin with a title.");
            }
            return textOf(parts.getFirst().heading());
        }

        List<Page.Section> sections() {
            return parts.stream()
                    .map(part -> new Page.Section(
                            part.heading().getLevel(),
                            part.id(),
                            textOf(part.heading()),
                            part.text().toString().strip()))
                    .toList();
        }
    }

    private static boolean isDiagram(Node node) {
        return node instanceof FencedCodeBlock block && "mermaid".equals(block.getInfo());
    }

    /** Renders headings with a link to themselves, diagrams, and long names so that a cell of a table can wrap them. */
    private static final class BlockRenderer extends CoreHtmlNodeRenderer {

        private final HtmlWriter html;
        private final SectionReader sections;

        BlockRenderer(HtmlNodeRendererContext context, SectionReader sections) {
            super(context);
            this.html = context.getWriter();
            this.sections = sections;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Heading.class, FencedCodeBlock.class, Code.class);
        }

        @Override
        public void visit(Heading heading) {
            var tag = "h" + heading.getLevel();
            var id = sections.idOf(heading);
            html.line();
            html.raw("<%s id=\"%s\">".formatted(tag, id));
            visitChildren(heading);
            if (heading.getLevel() > 1) {
                html.raw(" <a class=\"anchor\" href=\"#%s\" aria-label=\"Link to this section\">#</a>".formatted(id));
            }
            html.tag("/" + tag);
            html.line();
        }

        @Override
        public void visit(Code code) {
            if (code.getParent() instanceof TableCell
                    && LONG_NAME.matcher(code.getLiteral()).find()) {
                html.raw("<code>"
                        + WORDS.matcher(Html.escaped(code.getLiteral())).replaceAll("<wbr>") + "</code>");
            } else {
                super.visit(code);
            }
        }

        @Override
        public void visit(FencedCodeBlock block) {
            if (!isDiagram(block)) {
                super.visit(block);
                return;
            }
            html.line();
            html.raw("<pre class=\"diagram\">");
            html.text(block.getLiteral());
            html.tag("/pre");
            html.line();
        }
    }
}
