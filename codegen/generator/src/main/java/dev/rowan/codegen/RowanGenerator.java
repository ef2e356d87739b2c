package dev.rowan.codegen;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaGenerator;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.TypedElementDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** jOOQ's sources, with repositories beside them, and with generated columns kept out of writes. */
public final class RowanGenerator extends JavaGenerator {

    private static final String READONLY = ".readonly(true)";

    /** Begins with the Java types of single columns, before jOOQ asks for any. */
    @Override
    protected void generateSchema(SchemaDefinition schema) {
        Database database = schema.getDatabase();
        var types = new ColumnTypes(UserType.all(database.getProperties()), getStrategy());
        database.getConfiguredForcedTypes().addAll(types.of(database.getTables(schema)));
        super.generateSchema(schema);
    }

    @Override
    protected void generateRecords(SchemaDefinition schema) {
        super.generateRecords(schema);
        for (TableDefinition table : schema.getDatabase().getTables(schema)) {
            if (table.getColumns().isEmpty()) {
                throw new IllegalArgumentException("No column of " + table.getName()
                        + " could be read. A view may refer to what is gone: mend it, drop it, or exclude it.");
            }
            UniqueKeyDefinition key = table.getPrimaryKey();
            if (key != null && key.getKeyColumns().size() > 1) {
                generateKey(table, key.getKeyColumns());
            }
            inRepositories(
                    RepositoryNames.repository(getStrategy(), table),
                    out -> new RepositoryWriter(this, table, out).write());
        }
    }

    @Override
    protected void generateRecordClassFooter(TableDefinition table, JavaWriter out) {
        super.generateRecordClassFooter(table, out);
        new RelationWriter(this, table, out).accessors();
    }

    private void generateKey(TableDefinition table, List<ColumnDefinition> columns) {
        String name = RepositoryNames.key(getStrategy(), table);
        List<String> names = RepositoryNames.parameters(getStrategy(), columns);
        inRepositories(name, out -> {
            var components = new StringJoiner(", ");
            for (int i = 0; i < names.size(); i++) {
                components.add(typeOf(columns.get(i), out) + " " + names.get(i));
            }
            javadoc(out, "The primary key of <code>%s</code>".formatted(table.getOutputName()), "");
            out.println("@%s", NullMarked.class);
            out.println("public record %s(%s) {}", name, components);
        });
    }

    private void inRepositories(String className, Consumer<JavaWriter> body) {
        JavaWriter out = newJavaWriter(new File(getStrategy().getFileRoot(), "repositories/" + className + ".java"));
        out.println("/*");
        out.println(RowanStrategy.FILE_HEADER);
        out.println(" */");
        out.printPackageSpecification(getStrategy().getTargetPackage() + ".repositories");
        out.println();
        out.printImports();
        out.println();
        body.accept(out);
        closeJavaWriter(out);
    }

    /** Prints the javadoc of what follows: a first sentence, and the comment in the database if there is one. */
    void javadoc(JavaWriter out, String sentence, @Nullable String comment) {
        String text = comment == null || comment.isBlank() ? sentence + "." : sentence + ": " + escapeEntities(comment);
        printClassJavadoc(out, text);
    }

    String typeOf(ColumnDefinition column, JavaWriter out) {
        return out.ref(getJavaType(column.getType(resolver(out)), out));
    }

    @Override
    protected void closeJavaWriter(JavaWriter out) {
        super.closeJavaWriter(out);
        JavadocText.mend(out.file().toPath());
    }

    /** Makes the setter of a generated column private: jOOQ's constructors call it, so it must be there. */
    @Override
    protected void generateRecordSetter(TypedElementDefinition<?> column, int index, JavaWriter out) {
        if (!column.getDefinedType().isReadonly()) {
            super.generateRecordSetter(column, index, out);
            return;
        }
        out.println();
        out.println(
                "private %s %s(%s value) {",
                getStrategy().getJavaClassName(column.getContainer(), Mode.RECORD),
                getStrategy().getJavaSetterName(column, Mode.RECORD),
                out.ref(getJavaType(column.getType(resolver(out)), out)));
        out.println("set(%s, value);", index);
        out.println("return this;");
        out.println("}");
    }

    /** Adds how each column was declared, of which jOOQ's own types keep only a part. */
    @Override
    protected void generateTableClassFooter(TableDefinition table, JavaWriter out) {
        List<ColumnDefinition> columns = table.getColumns();
        out.overrideInherit();
        out.println("public %s<String> declarations() {", List.class);
        out.println("return %s.of(", List.class);
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition column = columns.get(i);
            String declaration = ((RowanDatabase) table.getDatabase()).declarationOf(column);
            out.println("%s%s", literal(column.getName() + " " + declaration), i == columns.size() - 1 ? "" : ",");
        }
        out.println(");");
        out.println("}");
    }

    /** Returns a text as Java writes it. */
    static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /**
     * Marks generated columns, which jOOQ's own generator does in its commercial editions only. Values of SET columns are
     * texts of several literals; a TIME that says nothing of its digits has none.
     */
    @Override
    protected String getJavaTypeReference(Database database, DataTypeDefinition type, JavaWriter out) {
        String reference = super.getJavaTypeReference(database, type, out)
                .replace(".inline(\"" + ColumnDefault.EXPRESSION + "\"", ".field(DSL.raw(\"DEFAULT\")");
        reference = switch (type.getType().toLowerCase(Locale.ROOT)) {
            case "set" -> reference.replaceFirst("\\.asEnumDataType\\(.*?\\)", "");
            case "time", "localtime(0)" -> reference.replaceFirst("\\.LOCALTIME\\b(?!\\()", ".LOCALTIME(0)");
            default -> reference;
        };
        return type.isReadonly() && !reference.contains(READONLY) ? reference + READONLY : reference;
    }
}
