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
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final List<String> STRICT = List.of("-Xlint:all", "-Werror", "-proc:none", "-classpath", CLASS_PATH);
    private static final List<String> DECLARATIONS = List.of("-proc:only", "-classpath", CLASS_PATH);

    private SourceCompiler() {}

    /** Returns the errors and warnings. */
    static List<Diagnostic<? extends JavaFileObject>> compile(Collection<Path> sources) throws IOException {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        // byte code would double the time
        run(sources, STRICT, diagnostics, JavacTask::analyze);
        return diagnostics.getDiagnostics();
    }

    /** Returns whether imports and declarations compile, which takes a tenth of the time. */
    static boolean declarationsCompile(Collection<Path> sources) throws IOException {
        return run(sources, DECLARATIONS, new DiagnosticCollector<>(), JavacTask::call);
    }

    private static <T> T run(
            Collection<Path> sources,
            List<String> options,
            DiagnosticCollector<JavaFileObject> diagnostics,
            Compilation<T> compilation)
            throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> all = new ArrayList<>(sources);
        try (Stream<Path> core = Files.list(CORE)) {
            core.forEach(all::add);
        }
        try (var files = compiler.getStandardFileManager(diagnostics, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(all);
            return compilation.run((JavacTask) compiler.getTask(null, files, diagnostics, options, null, units));
        }
    }

    @FunctionalInterface
    private interface Compilation<T> {
        T run(JavacTask task) throws IOException;
    }
}
