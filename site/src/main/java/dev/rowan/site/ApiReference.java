package dev.rowan.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The javadoc of the modules that users import: one tree, with one search. It calls the tool of this JDK, because
 * Maven's plugin documents each module apart, and reads no module of Java 21 where Maven itself runs on 17.
 */
final class ApiReference {

    /**
     * A module, and what the list of packages calls it. The module descriptor of core is not among the files: with it,
     * all of them would have to be of that module.
     */
    private record Module(String title, String folder) {

        List<Path> files(Path root) throws IOException {
            var sources = root.resolve(folder).resolve("src/main/java");
            try (var files = Files.walk(sources)) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("module-info.java"))
                        .map(sources::relativize)
                        .filter(file -> !file.toString().contains("internal"))
                        .sorted()
                        .toList();
            }
        }

        Path inRoot(Path root, Path file) {
            return root.resolve(folder).resolve("src/main/java").resolve(file);
        }
    }

    private static final Pattern PAGE_OF_TYPE = Pattern.compile("([A-Z].*)\\.html");

    private static final Pattern FONT = Pattern.compile("DejaVu.*\\.woff2?");

    private static final List<Module> MODULES = List.of(
            new Module("Core", "core"),
            new Module("Traces and metrics", "micrometer"),
            new Module("Servers and migrations", "db"),
            new Module("Tests", "junit"),
            new Module("Spring Boot", "spring/boot"),
            new Module("Tests of Spring Boot", "spring/test"));

    private final Path root;
    private final Path folder;
    private final Path assets;

    ApiReference(Path root, Path folder, Path assets) {
        this.root = root;
        this.folder = folder;
        this.assets = assets;
    }

    /** Writes the pages, in the colors of the site. A warning is an error. */
    void write() throws IOException {
        var options = new ArrayList<>(List.of("-d", folder.toString(), "-encoding", "UTF-8", "-quiet", "-notimestamp"));
        options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        options.addAll(List.of("-Xdoclint:all,-missing", "-Werror"));
        options.addAll(List.of("-windowtitle", "Rowan API", "-doctitle", "Rowan API"));
        options.addAll(List.of("-header", "<a href=\"{@docRoot}/../index.html\">Rowan</a>"));
        options.addAll(List.of("--add-stylesheet", assets.resolve("api.css").toString()));
        options.addAll(List.of("--add-script", assets.resolve("api.js").toString()));
        var sources = new ArrayList<String>();
        for (var module : MODULES) {
            var packages = new TreeSet<String>();
            for (var file : module.files(root)) {
                packages.add(nameOf(file.resolveSibling("")));
                sources.add(module.inRoot(root, file).toString());
            }
            options.addAll(List.of("-group", module.title(), String.join(":", packages)));
        }
        var messages = new StringWriter();
        var writer = new PrintWriter(messages, true);
        var status = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new IllegalStateException("This Java has no javadoc. Install a JDK."))
                .run(
                        writer,
                        writer,
                        Stream.concat(options.stream(), sources.stream()).toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("javadoc has failed.\n" + messages);
        }
        deleteFonts();
    }

    /** The fonts of the system are as good, and four megabytes less. */
    private void deleteFonts() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                if (FONT.matcher(file.getFileName().toString()).matches()) {
                    Files.delete(file);
                } else if (file.endsWith("dejavu.css")) {
                    Files.writeString(file, "");
                }
            }
        }
    }

    /**
     * One type.
     *
     * @param file its page, relative to the folder
     */
    record Type(String name, String inPackage, Path file) {}

    /** Returns the types that have a page. */
    List<Type> types() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file ->
                            PAGE_OF_TYPE.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !file.resolveSibling("").endsWith("class-use"))
                    .map(folder::relativize)
                    .sorted()
                    .map(ApiReference::type)
                    .toList();
        }
    }

    private static Type type(Path file) {
        var name = PAGE_OF_TYPE.matcher(file.getFileName().toString()).replaceFirst("$1");
        return new Type(name, nameOf(file.resolveSibling("")), file);
    }

    private static String nameOf(Path folder) {
        return folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
    }
}
