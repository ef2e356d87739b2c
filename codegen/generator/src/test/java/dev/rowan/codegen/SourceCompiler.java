package dev.rowan.codegen;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles generated sources without writing classes, as strictly as Rowan's own, against the signatures of core in the
 * directory {@code core}: core is built after this module.
 */
final class SourceCompiler {

    private static final Path CORE = Path.of("src/test/resources/core");
    private static final List<String> OPTIONS =
            List.of("-Xlint:all", "-Werror", "-proc:none", "-classpath", System.getProperty("java.class.path"));

    private SourceCompiler() {}

    /** Returns the errors and warnings. */
    static List<Diagnostic<? extends JavaFileObject>> compile(Collection<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        List<Path> all = new ArrayList<>(sources);
        try (Stream<Path> core = Files.list(CORE)) {
            core.forEach(all::add);
        }
        try (var files = compiler.getStandardFileManager(diagnostics, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, diagnostics, OPTIONS, null, files.getJavaFileObjectsFromPaths(all));
            task.analyze(); // finds all errors and warnings; byte code would double the time
        }
        return diagnostics.getDiagnostics();
    }
}
