package dev.rowan.codegen.source;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jooq.codegen.JavaGenerator;
import org.jooq.codegen.JavaWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java, and refers to a class of paths by the class around it, as in {@code Orders.OrdersPath}. An import of a
 * nested class makes javac read the file of that class and its imports at once, so that a long chain of foreign keys
 * would exhaust its stack.
 */
final class SourceWriter extends JavaWriter {

    private final Predicate<String> isPath;
    private final @Nullable String hidden;

    /** The references to single classes by their full names. jOOQ takes each name apart again wherever it stands. */
    private final Map<String, String> references = new HashMap<>();

    private boolean importsNothing;

    /**
     * Creates a writer with the settings of jOOQ's own.
     *
     * @param isPath whether this is the full name of a class of paths
     * @param hidden the full name of a class whose simple name one that is nested in the file's own has; null if none
     */
    SourceWriter(File file, JavaGenerator settings, Predicate<String> isPath, @Nullable String hidden) {
        super(
                file,
                settings.generateFullyQualifiedTypes(),
                settings.getTargetEncoding(),
                settings.generateJavadoc(),
                null,
                settings.generatedSerialVersionUID());
        this.isPath = isPath;
        this.hidden = hidden;
    }

    @Override
    protected List<String> ref(List<String> names, int keptSegments) {
        if (names.size() != 1 || keptSegments != 1 || importsNothing) {
            return super.ref(names, keptSegments);
        }
        var name = names.get(0);
        var reference = references.get(name);
        if (reference == null) {
            reference = isHidden(name)
                    ? name
                    : super.ref(names, isPath.test(name) ? 2 : 1).get(0);
            references.put(name, reference);
        }
        return new ArrayList<>(List.of(reference)); // jOOQ adds to some
    }

    private boolean isHidden(String name) {
        return hidden != null && (name.equals(hidden) || name.startsWith(hidden + "."));
    }

    // what a reference depends on, apart from the order in which classes are first referred to

    @Override
    public void printPackageSpecification(String packageName) {
        references.clear();
        super.printPackageSpecification(packageName);
    }

    @Override
    public JavaWriter refConflicts(List<String> conflicts) {
        references.clear();
        return super.refConflicts(conflicts);
    }

    @Override
    public void ignoreImports(boolean ignore) {
        importsNothing = ignore;
        super.ignoreImports(ignore);
    }

    @Override
    protected String beforeClose(String content) {
        return JavadocEscaper.escape(super.beforeClose(content));
    }
}
