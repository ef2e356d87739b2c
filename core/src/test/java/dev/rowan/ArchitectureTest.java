package dev.rowan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each package, in every module, uses only the packages that its row in {@code docs/architecture.md} allows, and no
 * cycle of classes grows. The test reads the tables of that page: a row is a package, its purpose, and the packages
 * that it may use. Generated packages have no row and may be used everywhere.
 */
class ArchitectureTest {

    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Path ROOT = Path.of("..");
    private static final String PREFIX = "dev.rowan";

    /** Projects of users, which have no modules of Rowan's. */
    private static final Path EXAMPLES = ROOT.resolve("examples");

    /** The package that compares libraries, and therefore uses all of them. */
    private static final String BENCHMARKS = "dev.rowan.bench";

    /** The queries and relations of the public API, which reference each other. */
    private static final int LARGEST_KNOT = 11;

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z]\\w*(?:\\.\\w+)*)` \\|.*\\|([^|]*)\\|$");
    private static final Pattern CELL = Pattern.compile("`([^`]+)`");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern NAME = Pattern.compile("\\bdev\\.rowan(?:\\.[a-z]\\w*)*(?=\\.[A-Z])");
    private static final Pattern COMMENT_OR_STRING = Pattern.compile(
            "/\\*(?s:.*?)\\*/|//[^\\n]*|\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'");
    private static final Pattern USE = Pattern.compile("^   (dev\\.rowan[\\w.$]*) +-> (dev\\.rowan[\\w.$]*) .*");

    /**
     * One source file.
     *
     * @param code its text without comments
     * @param names its text without comments and strings
     */
    private record Source(Path file, String inPackage, String code, String names) {}

    @TestFactory
    Stream<DynamicTest> eachPackageUsesOnlyThoseThatItsRowAllows() throws IOException {
        var direct = rows(PREFIX);
        var byPackage = sources().stream().collect(Collectors.groupingBy(Source::inPackage));
        return byPackage.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    assertTrue(direct.containsKey(entry.getKey()), () -> "Add a row for this package to " + PAGE);
                    var allowed = reached(entry.getKey(), direct);
                    allowed.add(entry.getKey());
                    var against = new ArrayList<String>();
                    for (var source : entry.getValue()) {
                        NAME.matcher(source.names())
                                .results()
                                .map(MatchResult::group)
                                .distinct()
                                .filter(used -> direct.containsKey(used) && !allowed.contains(used))
                                .forEach(used -> against.add(source.file() + " uses " + used));
                    }
                    assertEquals(
                            List.of(),
                            against,
                            () -> "Uses that the row of this package in " + PAGE + " does not allow");
                }));
    }

    @Test
    void packagesHaveNoCycle() throws IOException {
        var direct = rows(PREFIX);

        direct.keySet().forEach(name -> assertFalse(reached(name, direct).contains(name), name + " is in a cycle"));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryOfFewPackagesIsNamedNowhereElse() throws IOException {
        var sources = sources();
        var libraries = rows("");
        libraries.keySet().removeIf(name -> name.startsWith(PREFIX));
        assertFalse(libraries.isEmpty(), "no libraries in " + PAGE);
        return libraries.entrySet().stream()
                .map(library -> DynamicTest.dynamicTest(library.getKey(), () -> {
                    var elsewhere = sources.stream()
                            .filter(source -> source.code().contains(library.getKey() + "."))
                            .filter(source -> !library.getValue().contains(source.inPackage()))
                            .filter(source -> !source.inPackage().startsWith(BENCHMARKS))
                            .map(Source::file)
                            .toList();
                    assertEquals(List.of(), elsewhere, "files that name " + library.getKey());
                }));
    }

    @Test
    void noCycleOfClassesIsLargerThanThatOfQueriesAndRelations() {
        var largest =
                cycles(uses()).stream().max(Comparator.comparingInt(Set::size)).orElseThrow();

        assertTrue(largest.size() <= LARGEST_KNOT, () -> "These classes use each other, directly or not: " + largest);
    }

    private static Set<String> reached(String from, Map<String, Set<String>> uses) {
        var reached = new HashSet<String>();
        var open = new ArrayDeque<>(uses.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (reached.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    /**
     * Returns the rows of the page's tables whose first cell is a package with this prefix. The packages of a row are
     * in its last cell.
     */
    private static Map<String, Set<String>> rows(String prefix) throws IOException {
        var rows = new LinkedHashMap<String, Set<String>>();
        for (var line : Files.readAllLines(PAGE)) {
            var row = ROW.matcher(line);
            if (row.matches() && row.group(1).contains(".") && row.group(1).startsWith(prefix)) {
                var cells = CELL.matcher(row.group(2))
                        .results()
                        .map(cell -> cell.group(1).startsWith(PREFIX) ? cell.group(1) : PREFIX + "." + cell.group(1));
                var before = rows.put(row.group(1), cells.collect(Collectors.toSet()));
                assertNull(before, () -> row.group(1) + " has two rows in " + PAGE);
            }
        }
        return rows;
    }

    private static List<Source> sources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            var sources = files.filter(file -> file.toString().contains("src/main/java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .filter(file -> !file.startsWith(EXAMPLES))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .map(ArchitectureTest::source)
                    .toList();
            assertFalse(sources.isEmpty(), "no sources under " + ROOT.toAbsolutePath());
            return sources;
        }
    }

    private static Source source(Path file) {
        try {
            var text = Files.readString(file);
            var code = COMMENT_OR_STRING
                    .matcher(text)
                    .replaceAll(match -> match.group().startsWith("/") ? " " : Matcher.quoteReplacement(match.group()));
            var names = COMMENT_OR_STRING.matcher(text).replaceAll(" ");
            var name = PACKAGE.matcher(names);
            assertTrue(name.find(), () -> file + " is in no package");
            return new Source(ROOT.relativize(file), name.group(1), code, names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the top-level classes of this module that each class uses, except for the subclasses that a sealed error
     * permits.
     */
    private static Map<String, Set<String>> uses() {
        var output = new StringWriter();
        var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        jdeps.run(
                new PrintWriter(output, true),
                new PrintWriter(output, true),
                "--multi-release=base",
                "--ignore-missing-deps",
                "-verbose:class",
                "-filter:none",
                "--class-path=target/classes",
                "target/classes/dev");
        var uses = new HashMap<String, Set<String>>();
        output.toString().lines().map(USE::matcher).filter(use -> use.matches()).forEach(use -> {
            var from = topLevel(use.group(1));
            var to = topLevel(use.group(2));
            if (!from.equals(to) && !(isError(from) && isError(to))) {
                uses.computeIfAbsent(from, name -> new HashSet<>()).add(to);
            }
        });
        assertFalse(uses.isEmpty(), output::toString);
        return uses;
    }

    private static String topLevel(String name) {
        return name.replaceFirst("\\$.*", "");
    }

    private static boolean isError(String name) {
        return name.startsWith("dev.rowan.error.");
    }

    /** Returns the sets of classes that use each other, directly or through others. */
    private static List<Set<String>> cycles(Map<String, Set<String>> uses) {
        var reached = new HashMap<String, Set<String>>();
        uses.keySet().forEach(name -> reached.put(name, reached(name, uses)));
        var cycles = new ArrayList<Set<String>>();
        reached.forEach((name, others) -> {
            var cycle = new TreeSet<>(others);
            cycle.removeIf(other -> !reached.getOrDefault(other, Set.of()).contains(name));
            cycles.add(cycle);
        });
        return cycles;
    }
}
