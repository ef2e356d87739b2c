package dev.rowan.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.junit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** A service can be processed ahead of time, which needs no database, and then starts from what was generated. */
class AheadOfTimeTest {

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.empty();

    private static final String NO_SERVER = "--spring.datasource.url=jdbc:mysql://localhost:1/shop";

    @Test
    void aServiceStartsFromWhatWasGeneratedWithoutItsDatabase(@TempDir Path dir) throws Exception {
        var sources = dir.resolve("sources");
        var classes = Files.createDirectory(dir.resolve("classes"));
        SpringApplicationAotProcessor.main(new String[] {
            AheadOfTimeService.class.getName(),
            sources.toString(),
            classes.toString(),
            classes.toString(),
            "dev.rowan",
            "test",
            NO_SERVER
        });
        compile(sources, classes);

        var output = run(classes);
        assertTrue(output.contains("\nprocessed: 1\n"), output);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> files;
        try (var found = Files.walk(sources)) {
            files = found.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
        }
        assertFalse(files.isEmpty());
        var arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", classPath()));
        arguments.addAll(files);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }

    private static String run(Path classes) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dspring.aot.enabled=true",
                        "-cp",
                        classes + File.pathSeparator + classPath(),
                        AheadOfTimeService.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("SPRING_DATASOURCE_URL", DB.url());
        builder.environment().put("SPRING_DATASOURCE_USERNAME", DB.user());
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", DB.password());
        var process = builder.start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), text);
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Surefire may have put the class path into the manifest of a jar. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
