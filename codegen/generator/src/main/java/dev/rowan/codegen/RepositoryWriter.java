package dev.rowan.codegen;

import static java.util.stream.Collectors.joining;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.NullMarked;

/** Writes the repository of one table into an open file: constructors, and a finder for each unique key. */
final class RepositoryWriter {

    private final RowanGenerator generator;
    private final GeneratorStrategy strategy;
    private final TableDefinition table;
    private final JavaWriter out;

    RepositoryWriter(RowanGenerator generator, TableDefinition table, JavaWriter out) {
        this.generator = generator;
        this.strategy = generator.getStrategy();
        this.table = table;
        this.out = out;
    }

    void write() {
        String name = RepositoryNames.repository(strategy, table);
        String row = out.ref(strategy.getFullJavaClassName(table, Mode.RECORD));
        String key = keyType();
        String parent = key.isEmpty()
                ? out.ref(CoreTypes.READ_REPOSITORY) + "<" + row + ">"
                : out.ref(CoreTypes.REPOSITORY) + "<" + row + ", " + key + ">";

        generator.javadoc(out, "Repository of <code>%s</code>".formatted(table.getOutputName()), table.getComment());
        out.println("@%s", NullMarked.class);
        out.println("public final class %s extends %s {", name, parent);
        new RelationWriter(generator, table, out).constants();
        out.println();
        generator.javadoc(out, "Makes a repository bound to the database: each call is atomic", "");
        constructor("public", name, CoreTypes.DATABASE, "database", row);
        out.println();
        constructor("private", name, CoreTypes.SESSION, "session", row);
        out.println();
        generator.javadoc(
                out, "Returns this repository, bound to the session: each call is part of its transaction", "");
        out.println("public %s in(%s session) {", name, out.ref(CoreTypes.SESSION));
        out.println("return new %s(session);", name);
        out.println("}");
        finders(row);
        out.println("}");
    }

    private void constructor(String visibility, String name, String type, String parameter, String row) {
        out.println("%s %s(%s %s) {", visibility, name, out.ref(type), parameter);
        out.println("super(%s, %s, %s::new%s);", parameter, constant(table), row, keyArgument());
        out.println("}");
    }

    private String constant(Definition definition) {
        String full = strategy.getFullJavaIdentifier(definition);
        int dot = full.lastIndexOf('.');
        return out.ref(full.substring(0, dot)) + full.substring(dot);
    }

    private List<ColumnDefinition> keyColumns() {
        UniqueKeyDefinition key = table.getPrimaryKey();
        return key == null ? List.of() : key.getKeyColumns();
    }

    private String keyType() {
        List<ColumnDefinition> columns = keyColumns();
        return switch (columns.size()) {
            case 0 -> "";
            case 1 -> generator.typeOf(columns.get(0), out);
            default -> RepositoryNames.key(strategy, table);
        };
    }

    /** Returns the last argument of the super call: the key's one field, or how to take a composite key apart. */
    private String keyArgument() {
        List<ColumnDefinition> columns = keyColumns();
        return switch (columns.size()) {
            case 0 -> "";
            case 1 -> ", " + constant(table) + "." + strategy.getJavaIdentifier(columns.get(0));
            default ->
                RepositoryNames.parameters(strategy, columns).stream()
                        .map(name -> "key." + name + "()")
                        .collect(joining(", ", ", key -> new Object[] {", "}"));
        };
    }

    private void finders(String row) {
        Set<String> signatures = new HashSet<>();
        Set<List<ColumnDefinition>> found = new HashSet<>();
        for (UniqueKeyDefinition key : table.getUniqueKeys()) {
            if (key.isPrimaryKey() || !found.add(key.getKeyColumns())) {
                continue;
            }
            List<ColumnDefinition> columns = key.getKeyColumns();
            List<String> types = columns.stream()
                    .map(column -> generator.typeOf(column, out))
                    .toList();
            String name = RepositoryNames.finder(strategy, columns);
            if (signatures.contains(name + types)) {
                name = RepositoryNames.finder(key);
            }
            while (!signatures.add(name + types)) {
                name += "_";
            }
            finder(key, name, types, row);
        }
    }

    private void finder(UniqueKeyDefinition key, String name, List<String> types, String row) {
        List<String> names = RepositoryNames.parameters(strategy, key.getKeyColumns());
        var parameters = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            parameters
                    .append(i == 0 ? "" : ", ")
                    .append(types.get(i))
                    .append(' ')
                    .append(names.get(i));
        }
        String columns = key.getKeyColumns().stream()
                .map(ColumnDefinition::getOutputName)
                .collect(joining(" and "));
        out.println();
        generator.javadoc(
                out,
                "Returns the row with this %s, or nothing; by the unique key <code>%s</code>"
                        .formatted(columns, RepositoryNames.constraint(key)),
                "");
        out.println("public %s<%s> %s(%s) {", Optional.class, row, name, parameters);
        out.println("return findBy(%s, %s);", constant(key), String.join(", ", names));
        out.println("}");
    }
}
