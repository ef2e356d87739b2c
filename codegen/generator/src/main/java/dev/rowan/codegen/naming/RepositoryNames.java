package dev.rowan.codegen.naming;

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

/** The names in repositories, derived from the names that jOOQ gives to tables, columns and keys. */
public final class RepositoryNames {

    private static final String SUBPACKAGE = "repositories";

    /** The names that a component of a Java record must not have. */
    private static final Set<String> RESERVED =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private RepositoryNames() {}

    /** Returns the name of the repository of a table. */
    public static String repository(GeneratorStrategy strategy, TableDefinition table) {
        return baseName(strategy, table) + "Repository";
    }

    /** Returns the name of the package of all repositories and key records. */
    public static String packageName(GeneratorStrategy strategy) {
        return strategy.getTargetPackage() + "." + SUBPACKAGE;
    }

    /** Returns the path of a source file in that package, relative to the root of the sources. */
    public static String path(String className) {
        return SUBPACKAGE + "/" + className + ".java";
    }

    /** Returns the name of the record that holds a composite primary key. */
    public static String keyRecord(GeneratorStrategy strategy, TableDefinition table) {
        return baseName(strategy, table) + "Key";
    }

    /** Returns the name of the table's record without {@code Record}. */
    private static String baseName(GeneratorStrategy strategy, TableDefinition table) {
        String name = strategy.getJavaClassName(table, Mode.RECORD);
        return name.substring(0, name.length() - "Record".length());
    }

    /** Returns {@code findByUserIdAndPlacedAt}: named after the columns, so that renaming the key changes nothing. */
    public static String finder(GeneratorStrategy strategy, List<ColumnDefinition> columns) {
        return columns.stream().map(column -> capitalised(strategy, column)).collect(joining("And", "findBy", ""));
    }

    /** Returns {@code findByUkUsersEmail}: the alternative if the columns of two keys result in the same name. */
    public static String finder(UniqueKeyDefinition key) {
        return "findBy" + toCamelCase(constraint(key).replaceAll("\\W+", "_"));
    }

    /** Returns the names of parameters or record components for these columns: legal in Java and distinct. */
    public static List<String> parameters(GeneratorStrategy strategy, List<ColumnDefinition> columns) {
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

    /** Returns the constraint's name in the changelog, without the {@code KEY_<table>_} that jOOQ adds. */
    public static String constraint(UniqueKeyDefinition key) {
        return key.getOutputName().substring(("KEY_" + key.getTable().getName() + "_").length());
    }

    private static String capitalised(GeneratorStrategy strategy, ColumnDefinition column) {
        String setter = strategy.getJavaSetterName(column, Mode.DEFAULT);
        return setter.substring("set".length());
    }
}
