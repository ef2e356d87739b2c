package dev.rowan.codegen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles generated sources in memory, as strictly as Rowan's own, against the signatures of core in the directory
 * {@code core}: core is built after this module.
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
        try (var files = compiler.getStandardFileManager(diagnostics, null, null);
                var nowhere = new Nowhere(files)) {
            compiler.getTask(null, nowhere, diagnostics, OPTIONS, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
        }
        return diagnostics.getDiagnostics();
    }

    /** Forgets the classes. */
    private static final class Nowhere extends ForwardingJavaFileManager<JavaFileManager> {

        Nowhere(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject source) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.hashCode()), kind) {

                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream();
                }
            };
        }
    }
}
