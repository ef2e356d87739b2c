package dev.rowan.codegen.source;

import dev.rowan.codegen.naming.SchemaNames;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A source file that is being written.
 *
 * @param out prints code, and imports the classes that it refers to
 * @param strategy names tables, columns and keys, as jOOQ does
 * @param names names everything else
 * @param types returns the Java type of a column, as this file refers to it
 * @param javadoc prints a javadoc comment: a sentence without its full stop, and a comment from the database
 */
record SourceFile(
        JavaWriter out,
        GeneratorStrategy strategy,
        SchemaNames names,
        Function<ColumnDefinition, String> types,
        BiConsumer<String, @Nullable String> javadoc) {

    /** Prints a javadoc comment of one sentence, which is given without its full stop. */
    void printJavadoc(String sentence) {
        printJavadoc(sentence, null);
    }

    /** Prints a javadoc comment of a sentence and, if there is one, a comment from the database. */
    void printJavadoc(String sentence, @Nullable String comment) {
        javadoc.accept(sentence, comment);
    }

    String typeOf(ColumnDefinition column) {
        return types.apply(column);
    }

    String recordOf(TableDefinition table) {
        return out.ref(strategy.getFullJavaClassName(table, Mode.RECORD));
    }

    /** Returns the constant of a table or key, such as {@code Keys.FK_ORDERS_USER}. */
    String constantOf(Definition definition) {
        String full = strategy.getFullJavaIdentifier(definition);
        int dot = full.lastIndexOf('.');
        return out.ref(full.substring(0, dot)) + full.substring(dot);
    }
}
