package dev.rowan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's module that requires Rowan's. */
class ModuleTest {

    /** The parts of the names of those jars that Rowan's module, or jOOQ's, requires. */
    private static final List<String> REQUIRED =
            List.of("jooq", "jspecify", "HikariCP", "slf4j-api", "r2dbc", "reactive-streams", "jakarta.xml.bind");

    @Test
    void aModuleThatRequiresRowanCompilesWithoutJackson(@TempDir Path folder) throws Exception {
        var module = Files.writeString(folder.resolve("module-info.java"), "module shop { requires dev.rowan; }");
        var user = Files.createDirectories(folder.resolve("shop")).resolve("Shop.java");
        Files.writeString(user, "package shop; class Shop { dev.rowan.Database database; org.jooq.DSLContext dsl; }");
        var rowan = Path.of(Database.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var modulePath = Stream.concat(
                        Stream.of(rowan.toString()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .filter(jar -> REQUIRED.stream()
                                        .anyMatch(Path.of(jar).getFileName().toString()::contains)))
                .collect(Collectors.joining(File.pathSeparator));

        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(diagnostics, null, null)) {
            compiler.getTask(
                            null,
                            manager,
                            diagnostics,
                            List.of("-proc:none", "-d", folder.toString(), "--module-path", modulePath),
                            null,
                            manager.getJavaFileObjects(module, user))
                    .call();
        }

        assertEquals(
                List.of(),
                diagnostics.getDiagnostics().stream()
                        .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
                        .map(found -> found.getMessage(null))
                        .toList());
    }
}
