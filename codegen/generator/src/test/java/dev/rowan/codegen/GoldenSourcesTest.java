package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.codegen.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the sources of a schema of edge cases, the golden schema, with those committed beside it. After an intended
 * change, this command writes the new sources, to be reviewed and committed:
 *
 * <pre>
 * mvn -pl codegen/generator -am test -Dtest=GoldenSourcesTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Drowan.server=embedded -Dgolden=accept
 * </pre>
 */
final class GoldenSourcesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path GOLDEN = RESOURCES.resolve("golden/sources");

    @ParameterizedTest
    @ValueSource(strings = {TestServers.EMBEDDED, TestServers.DOCKER})
    void theGoldenSchemaYieldsTheGoldenSources(String server, @TempDir Path output) throws Exception {
        generate(server, "golden/schema.sql", "golden", output);

        if (System.getProperty("golden", "").equals("accept")) {
            Files.createDirectories(GOLDEN);
            new SourceTree(GOLDEN).mirror(new SourceTree(output));
        }
        assertSame(files(GOLDEN), files(output));
    }

    @Test
    void bothServersYieldTheSameSources(@TempDir Path mariaDb, @TempDir Path mySql) throws Exception {
        String changelog = "rowan/changelog/master.yaml";
        generate(TestServers.DOCKER, changelog, "shop", mySql);
        generate(TestServers.EMBEDDED, changelog, "shop", mariaDb);

        assertSame(files(mySql), files(mariaDb));
    }

    @Test
    void theGoldenSourcesCompileWithoutAWarning() throws IOException {
        assertEquals(List.of(), SourceCompiler.compile(paths(GOLDEN)));
    }

    private static void generate(String server, String changelog, String packageName, Path output) throws Exception {
        new GeneratorFixture(TestServers.ofKind(server), output)
                .changelog(changelog)
                .migrate()
                .generate(packageName);
    }

    private static void assertSame(SortedMap<String, String> expected, SortedMap<String, String> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, text) -> assertEquals(text, actual.get(name), name));
    }

    private static SortedMap<String, String> files(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path path : paths(root)) {
            files.put(root.relativize(path).toString(), Files.readString(path));
        }
        return files;
    }

    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
