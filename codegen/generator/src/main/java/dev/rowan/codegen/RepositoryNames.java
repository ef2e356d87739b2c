package dev.rowan.codegen;

import static java.util.stream.Collectors.joining;
import static org.jooq.tools.StringUtils.toCamelCase;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;

/** The names in repositories, derived from those that jOOQ gives to tables, columns and keys. */
final class RepositoryNames {

    /** What a component of a Java record may not be called. */
    private static final Set<String> RESERVED =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private RepositoryNames() {}

    static String repository(GeneratorStrategy strategy, TableDefinition table) {
        return noun(strategy, table) + "Repository";
    }

    /** Returns the name of the record that holds a composite primary key. */
    static String key(GeneratorStrategy strategy, TableDefinition table) {
        return noun(strategy, table) + "Key";
    }

    private static String noun(GeneratorStrategy strategy, TableDefinition table) {
        String name = strategy.getJavaClassName(table, Mode.RECORD);
        return name.substring(0, name.length() - "Record".length());
    }

    /** Returns {@code findByUserIdAndPlacedAt}: named after the columns, so that it survives a new name of the key. */
    static String finder(GeneratorStrategy strategy, List<ColumnDefinition> columns) {
        return columns.stream().map(column -> capitalised(strategy, column)).collect(joining("And", "findBy", ""));
    }

    /** Returns {@code findByUkUsersEmail}: the way out where the columns of two keys make the same name. */
    static String finder(UniqueKeyDefinition key) {
        return "findBy" + toCamelCase(constraint(key).replaceAll("\\W+", "_"));
    }

    /** Returns the parameters or record components for these columns: legal in Java, no two the same. */
    static List<String> parameters(GeneratorStrategy strategy, List<ColumnDefinition> columns) {
        List<String> names = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            String name = strategy.getJavaMemberName(column, Mode.DEFAULT);
            while (SourceVersion.isKeyword(name) || RESERVED.contains(name) || names.contains(name)) {
                name += "_";
            }
            names.add(name);
        }
        return names;
    }

    /** Returns the constraint as the changelog calls it; jOOQ puts {@code KEY_}, the table and {@code _} before it. */
    static String constraint(UniqueKeyDefinition key) {
        return key.getOutputName().substring(("KEY_" + key.getTable().getName() + "_").length());
    }

    private static String capitalised(GeneratorStrategy strategy, ColumnDefinition column) {
        String setter = strategy.getJavaSetterName(column, Mode.DEFAULT);
        return setter.substring("set".length());
    }
}
