package dev.rowan.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Makes the whole site. It needs no server: its pages open from the disk, and ask for nothing outside its folder. */
final class Site {

    static final Path ASSETS = Path.of("assets");
    static final Path PICTURES = Path.of("pictures");
    static final Path API = Path.of("api");

    /** The languages of the examples, after those that they extend. */
    private static final List<String> LANGUAGES =
            List.of("core", "markup", "clike", "java", "sql", "bash", "yaml", "properties");

    private final Path root;
    private final Path folder;

    Site(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** Writes everything, in place of what is there. */
    void make() throws IOException, InterruptedException {
        delete(folder);
        writeAssets();
        var api = new ApiReference(root, folder.resolve(API), folder.resolve(ASSETS));
        api.write();
        var walkThrough = WalkThroughPage.run();

        var files = SourceFiles.of(root);
        var reader = new MarkdownReader(files);
        var pages = new ArrayList<>(List.of(walkThrough));
        for (var file : files.addresses().keySet()) {
            pages.add(reader.read(file));
        }
        for (var picture : reader.pictures()) {
            write(PICTURES.resolve(picture.getFileName()), Files.readAllBytes(root.resolve(picture)));
        }
        var contents = Contents.of(files, reader, front(files), pages);
        var writer = new PageWriter(contents, text("page.html"));
        var index = new SearchIndex();
        for (var page : pages) {
            write(page.address(), writer.html(page).getBytes(UTF_8));
            index.add(page, contents.isOfProject(page.address()));
        }
        api.types().forEach(index::add);
        write(ASSETS.resolve("search-index.js"), index.script().getBytes(UTF_8));
        System.out.println("site: " + pages.size() + " pages. Open " + folder.resolve("index.html"));
    }

    private static List<Contents.Entry> front(SourceFiles files) {
        var front = new ArrayList<Contents.Entry>();
        files.tutorial().ifPresent(address -> front.add(new Contents.Entry("Tutorial", address)));
        front.add(new Contents.Entry("Overview", files.addressOf(SourceFiles.README)));
        front.add(new Contents.Entry(WalkThroughPage.TITLE, WalkThroughPage.ADDRESS));
        front.add(new Contents.Entry("API", API.resolve("index.html")));
        return front;
    }

    private void writeAssets() throws IOException {
        for (var name : List.of("site.css", "site.js", "api.css", "api.js", "icon.svg")) {
            write(ASSETS.resolve(name), text(name).getBytes(UTF_8));
        }
        write(ASSETS.resolve("mermaid.min.js"), webjar("mermaid", "dist/mermaid.min.js"));
        var prism = new ByteArrayOutputStream();
        for (var language : LANGUAGES) {
            prism.write(webjar("prismjs", "components/prism-" + language + ".min.js"));
            prism.write('\n');
        }
        write(ASSETS.resolve("prism.js"), prism.toByteArray());
        write(ASSETS.resolve("licenses.txt"), licenses());
    }

    private static byte[] licenses() throws IOException {
        var licenses = new ByteArrayOutputStream();
        for (var library : List.of("mermaid", "prismjs")) {
            licenses.write((library + "\n\n").getBytes(UTF_8));
            licenses.write(webjar(library, "LICENSE"));
            licenses.write('\n');
        }
        return licenses.toByteArray();
    }

    /** Returns a file of a library for browsers, whose jar names its version. */
    private static byte[] webjar(String library, String file) throws IOException {
        var metadata = new Properties();
        metadata.load(new StringReader(text("/META-INF/maven/org.webjars.npm/" + library + "/pom.properties")));
        return bytes("/META-INF/resources/webjars/" + library + "/" + metadata.getProperty("version") + "/" + file);
    }

    private static String text(String resource) throws IOException {
        return new String(bytes(resource), UTF_8);
    }

    private static byte[] bytes(String resource) throws IOException {
        try (var stream = Objects.requireNonNull(Site.class.getResourceAsStream(resource), resource)) {
            return stream.readAllBytes();
        }
    }

    private void write(Path address, byte[] bytes) throws IOException {
        var file = folder.resolve(address);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, bytes);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
