package dev.rowan.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.testing.UnreachableDatabase;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rowan as a named module, with the driver on the class path: Connector/J is no named module. */
class ModulePathTest {

    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void aNamedModuleOpensADatabaseWithTheDriverOnTheClassPath() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        classPath(ModulePathTest::isOfModule),
                        "--add-modules",
                        "dev.rowan",
                        "-cp",
                        classPath(entry -> !isOfModule(entry)),
                        UnreachableDatabase.class.getName())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertEquals("module dev.rowan: UNREACHABLE", output.lines().toList().getLast());
    }

    /** Rowan itself, and the libraries that its module requires. */
    private static boolean isOfModule(Path entry) {
        var name = entry.getFileName().toString();
        return entry.toAbsolutePath().equals(CLASSES.toAbsolutePath())
                || name.matches("(jooq|r2dbc-spi|reactive-streams|jspecify|HikariCP|slf4j-api)-[\\d.]+.*\\.jar");
    }

    private static String classPath(Predicate<Path> isIncluded) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isIncluded.test(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
