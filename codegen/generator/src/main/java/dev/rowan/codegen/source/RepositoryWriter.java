package dev.rowan.codegen.source;

import static java.util.stream.Collectors.joining;

import dev.rowan.codegen.naming.CoreTypes;
import dev.rowan.codegen.naming.SchemaNames;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.NullMarked;

/** Writes the repository of one table: relations, constructors, and a finder for each unique key. */
final class RepositoryWriter {

    private final SourceFile file;
    private final JavaWriter out;
    private final SchemaNames names;
    private final GeneratorStrategy strategy;
    private final TableDefinition table;
    private final List<ColumnDefinition> primaryKey;
    private final String name;
    private final String record;

    RepositoryWriter(SourceFile file, TableDefinition table) {
        this.file = file;
        this.out = file.out();
        this.names = file.names();
        this.strategy = file.strategy();
        this.table = table;
        this.primaryKey = primaryKeyOf(table);
        this.name = names.repository(table);
        this.record = file.recordOf(table);
    }

    private static List<ColumnDefinition> primaryKeyOf(TableDefinition table) {
        UniqueKeyDefinition key = table.getPrimaryKey();
        return key == null ? List.of() : key.getKeyColumns();
    }

    /** Writes the class into the file, below its imports. */
    void write() {
        String key = keyType();
        String parent = key.isEmpty()
                ? out.ref(CoreTypes.READ_REPOSITORY) + "<" + record + ">"
                : out.ref(CoreTypes.REPOSITORY) + "<" + record + ", " + key + ">";

        file.printJavadoc("Repository of <code>%s</code>".formatted(table.getOutputName()), table.getComment());
        out.println("@%s", NullMarked.class);
        out.println("public final class %s extends %s {", name, parent);
        new RelationWriter(file, table).writeConstants();
        out.println();
        file.printJavadoc("Creates a repository bound to the database: each call is atomic");
        constructor("public", CoreTypes.DATABASE, "database");
        out.println();
        constructor("private", CoreTypes.SESSION, "session");
        out.println();
        file.printJavadoc("Returns this repository bound to the session: each call is part of its transaction");
        out.println("public %s in(%s session) {", name, out.ref(CoreTypes.SESSION));
        out.println("return new %s(session);", name);
        out.println("}");
        SchemaNames.distinctKeys(table).forEach(this::finder);
        out.println("}");
    }

    private String keyType() {
        return switch (primaryKey.size()) {
            case 0 -> "";
            case 1 -> file.typeOf(primaryKey.get(0));
            default -> names.keyRecord(table);
        };
    }

    private void constructor(String visibility, String type, String parameter) {
        out.println("%s %s(%s %s) {", visibility, name, out.ref(type), parameter);
        out.println("super(%s, %s, %s::new%s);", parameter, file.constantOf(table), record, keyArgument());
        out.println("}");
    }

    /** Returns the last argument of the super call: the key's field, or a function that splits a composite key. */
    private String keyArgument() {
        return switch (primaryKey.size()) {
            case 0 -> "";
            case 1 -> ", " + file.constantOf(table) + "." + strategy.getJavaIdentifier(primaryKey.get(0));
            default ->
                names.parameters(primaryKey).stream()
                        .map(component -> "key." + component + "()")
                        .collect(joining(", ", ", key -> new Object[] {", "}"));
        };
    }

    private void finder(UniqueKeyDefinition key) {
        List<ColumnDefinition> keyColumns = key.getKeyColumns();
        List<String> names = this.names.parameters(keyColumns);
        var parameters = new StringJoiner(", ");
        for (int i = 0; i < names.size(); i++) {
            parameters.add(file.typeOf(keyColumns.get(i)) + " " + names.get(i));
        }
        String columns =
                keyColumns.stream().map(ColumnDefinition::getOutputName).collect(joining(" and "));
        out.println();
        file.printJavadoc("Returns the row with this %s, or empty; uses the unique key <code>%s</code>"
                .formatted(columns, SchemaNames.constraint(key)));
        out.println("public %s<%s> %s(%s) {", Optional.class, record, this.names.finder(key), parameters);
        out.println("return findBy(%s, %s);", file.constantOf(key), String.join(", ", names));
        out.println("}");
    }
}
