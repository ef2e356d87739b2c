package dev.rowan.codegen.source;

import java.io.File;
import java.util.List;
import java.util.function.Predicate;
import org.jooq.codegen.JavaGenerator;
import org.jooq.codegen.JavaWriter;

/**
 * Writes Java, and refers to a class of paths by the class around it, as in {@code Orders.OrdersPath}. An import of a
 * nested class makes javac read the file of that class and its imports at once, so that a long chain of foreign keys
 * would exhaust its stack.
 */
final class SourceWriter extends JavaWriter {

    private final Predicate<String> isPath;

    /**
     * Creates a writer with the settings of jOOQ's own.
     *
     * @param isPath whether this is the full name of a class of paths
     */
    SourceWriter(File file, JavaGenerator settings, Predicate<String> isPath) {
        super(
                file,
                settings.generateFullyQualifiedTypes(),
                settings.getTargetEncoding(),
                settings.generateJavadoc(),
                null,
                settings.generatedSerialVersionUID());
        this.isPath = isPath;
    }

    @Override
    protected List<String> ref(List<String> names, int keptSegments) {
        boolean isPathClass = names.size() == 1 && isPath.test(names.get(0));
        return super.ref(names, isPathClass ? 2 : keptSegments);
    }
}
