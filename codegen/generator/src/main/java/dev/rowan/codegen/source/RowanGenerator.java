package dev.rowan.codegen.source;

import dev.rowan.codegen.config.TypeRule;
import dev.rowan.codegen.database.RowanDatabase;
import dev.rowan.codegen.model.ColumnDefault;
import dev.rowan.codegen.naming.JavaSyntax;
import dev.rowan.codegen.naming.RowanNamingStrategy;
import dev.rowan.codegen.naming.SchemaNames;
import dev.rowan.codegen.type.ForcedTypeResolver;
import java.io.File;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.TableField;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaGenerator;
import org.jooq.codegen.JavaWriter;
import org.jooq.impl.DSL;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.TypedElementDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Writes jOOQ's sources, and adds repositories, relations and column declarations. Generated columns are read-only.
 * jOOQ instantiates this class by name.
 */
public class RowanGenerator extends JavaGenerator {

    private static final String READONLY = ".readonly(true)";

    private @Nullable RowanNamingStrategy naming;
    private @Nullable SchemaNames names;
    private @Nullable GeneratorStrategy remembered;
    private Set<String> pathClasses = Set.of();
    private Map<File, String> hiddenClasses = Map.of();

    /** By identity, as two types of one name equal each other. jOOQ searches all enums wherever a source has a type. */
    private final IdentityHashMap<DataTypeDefinition, String> javaTypes = new IdentityHashMap<>();

    @Override
    public void setStrategy(GeneratorStrategy strategy) {
        naming = (RowanNamingStrategy) strategy;
        super.setStrategy(strategy);
    }

    @Override
    public GeneratorStrategy getStrategy() {
        return remembered == null ? super.getStrategy() : remembered;
    }

    @Override
    protected void generateSchema(SchemaDefinition schema) {
        decide(schema);
        super.generateSchema(schema);
    }

    /** Decides all names, and the Java types of single columns, before jOOQ asks for any. */
    protected final void decide(SchemaDefinition schema) {
        var database = (RowanDatabase) schema.getDatabase();
        database.requireRulesApply();
        names = new SchemaNames(schema, database.rules().names(), getStrategy().getTargetPackage());
        Objects.requireNonNull(naming).setNames(names);
        remembered = new RememberedNames(super.getStrategy());
        var tables = database.getTables(schema);
        pathClasses = tables.stream().map(this::pathClass).collect(Collectors.toSet());
        hiddenClasses = hiddenClasses(tables);
        List<TypeRule> typeRules = database.rules().types().stream()
                .filter(rule -> !rule.leavesOut())
                .toList();
        var types = new ForcedTypeResolver(typeRules, getStrategy());
        database.getConfiguredForcedTypes().addAll(types.resolve(database.getTables(schema)));
    }

    /**
     * Returns the classes of tables that a class of paths hides, by the source file in which it does: {@code
     * Users.UsersPath} hides that of the table {@code users_path}.
     */
    private Map<File, String> hiddenClasses(List<TableDefinition> tables) {
        Map<String, String> fullNames = new HashMap<>();
        tables.forEach(table -> fullNames.put(
                getStrategy().getJavaClassName(table), getStrategy().getFullJavaClassName(table)));
        Map<File, String> hidden = new HashMap<>();
        for (TableDefinition table : tables) {
            var name = fullNames.get(getStrategy().getJavaClassName(table, Mode.PATH));
            if (name != null) {
                hidden.put(getStrategy().getFile(table), name);
            }
        }
        return hidden;
    }

    private String pathClass(TableDefinition table) {
        return getStrategy().getFullJavaClassName(table) + "." + getStrategy().getJavaClassName(table, Mode.PATH);
    }

    @Override
    protected JavaWriter newJavaWriter(File file, @Nullable Mode mode) {
        var hidden = hiddenClasses.get(file);
        return new SourceWriter(file, this, pathClasses::contains, hidden);
    }

    /**
     * Suppresses warnings, as jOOQ does, and that of overloads: to find those that callers could confuse, javac
     * compares the hundreds of methods of each table and record in pairs, which takes a quarter of a compilation.
     */
    @Override
    protected void printClassAnnotations(JavaWriter out, Definition definition, Mode mode) {
        if (mode != Mode.PATH) {
            out.println(
                    "@%s({ \"all\", \"overloads\", \"unchecked\", \"rawtypes\", \"this-escape\" })",
                    SuppressWarnings.class);
        }
    }

    @Override
    protected void generateRecords(SchemaDefinition schema) {
        super.generateRecords(schema);
        for (TableDefinition table : schema.getDatabase().getTables(schema)) {
            UniqueKeyDefinition key = table.getPrimaryKey();
            if (key != null && key.getKeyColumns().size() > 1) {
                generateInRepositories(
                        names().keyRecord(table), file -> new KeyRecordWriter(file).write(table, key.getKeyColumns()));
            }
            generateInRepositories(names().repository(table), file -> new RepositoryWriter(file, table).write());
        }
    }

    private void generateInRepositories(String className, Consumer<SourceFile> body) {
        JavaWriter out = newJavaWriter(new File(getStrategy().getFileRoot(), SchemaNames.repositoryPath(className)));
        out.println("/*");
        out.println(RowanNamingStrategy.FILE_HEADER);
        out.println(" */");
        out.printPackageSpecification(names().repositoryPackage());
        out.println();
        out.printImports();
        out.println();
        body.accept(sourceFile(out));
        closeJavaWriter(out);
    }

    /** Returns all names, once they are decided. */
    protected final SchemaNames names() {
        return Objects.requireNonNull(names);
    }

    private SourceFile sourceFile(JavaWriter out) {
        return new SourceFile(
                out,
                getStrategy(),
                names(),
                column -> typeOf(column, out),
                (sentence, comment) -> printJavadoc(out, sentence, comment));
    }

    private void printJavadoc(JavaWriter out, String sentence, @Nullable String comment) {
        boolean alone = comment == null || comment.isBlank();
        printClassJavadoc(out, sentence + (alone ? "." : ": " + escapeEntities(comment)));
    }

    @Override
    protected String getJavaType(DataTypeDefinition type, JavaWriter out, Mode mode) {
        // MySQL has no types that depend on the mode
        return javaTypes.computeIfAbsent(type, any -> super.getJavaType(type, out, mode));
    }

    /** Returns the Java type of a column, as a source file refers to it. */
    protected final String typeOf(TypedElementDefinition<?> column, JavaWriter out) {
        return out.ref(getJavaType(column.getType(resolver(out)), out));
    }

    @Override
    protected void generateRecordClassFooter(TableDefinition table, JavaWriter out) {
        super.generateRecordClassFooter(table, out);
        var relations = new RelationWriter(sourceFile(out), table);
        relations.writeAccessors();
        relations.writeSetters();
    }

    /** Adds {@code @Nullable} to the getter of a column that may be null. */
    @Override
    protected void generateRecordGetter(TypedElementDefinition<?> column, int index, JavaWriter out) {
        if (!column.getDefinedType().isNullable()) {
            super.generateRecordGetter(column, index, out);
            return;
        }
        String comment = column.getComment();
        String type = typeOf(column, out);
        out.javadoc(
                "Getter for <code>%s</code>.%s",
                column.getQualifiedOutputName(),
                comment == null || comment.isBlank() ? "" : " " + escapeEntities(comment));
        out.println(
                "public %s %s() {",
                JavaSyntax.annotated(type, "@" + out.ref(Nullable.class)),
                getStrategy().getJavaGetterName(column, Mode.RECORD));
        out.println("return (%s) get(%s);", type, index);
        out.println("}");
    }

    /** Makes the setter of a generated column private; it must exist, because jOOQ's constructors call it. */
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
                typeOf(column, out));
        out.println("set(%s, value);", index);
        out.println("return this;");
        out.println("}");
    }

    /** Adds the version column, and the declaration of each column: jOOQ's data types keep only part of it. */
    @Override
    protected void generateTableClassFooter(TableDefinition table, JavaWriter out) {
        var database = (RowanDatabase) table.getDatabase();
        database.versionColumnOf(table).ifPresent(column -> generateVersion(column, out));
        generateDeclarations(table, database, out);
    }

    /** Writes what jOOQ writes for a configured version column, which it would look for among those of all tables. */
    private void generateVersion(ColumnDefinition column, JavaWriter out) {
        out.overrideInherit();
        out.println(
                "public %s<%s, %s> getRecordVersion() {",
                TableField.class, sourceFile(out).recordOf(column.getContainer()), typeOf(column, out));
        out.println("return %s;", getStrategy().getJavaIdentifier(column));
        out.println("}");
    }

    private static void generateDeclarations(TableDefinition table, RowanDatabase database, JavaWriter out) {
        List<ColumnDefinition> columns = table.getColumns();
        out.overrideInherit();
        out.println("public %s<String> declarations() {", List.class);
        out.println("return %s.of(", List.class);
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition column = columns.get(i);
            String declaration = column.getName() + " " + database.declarationOf(column);
            out.println("%s%s", JavaSyntax.stringLiteral(declaration), i == columns.size() - 1 ? "" : ",");
        }
        out.println(");");
        out.println("}");
    }

    /**
     * Marks generated columns as read-only, which jOOQ does in its commercial editions only. A SET column is no enum,
     * since its value is a list of members, and a TIME without a precision has precision 0.
     */
    @Override
    protected String getJavaTypeReference(Database database, DataTypeDefinition type, JavaWriter out) {
        String reference = super.getJavaTypeReference(database, type, out)
                .replace(
                        ".inline(\"" + ColumnDefault.EXPRESSION + "\"",
                        ".field(" + out.ref(DSL.class) + ".raw(\"DEFAULT\")");
        reference = switch (type.getType().toLowerCase(Locale.ROOT)) {
            case "set" -> reference.replaceFirst("\\.asEnumDataType\\(.*?\\)", "");
            case "time", "localtime(0)" -> reference.replaceFirst("\\.LOCALTIME\\b(?!\\()", ".LOCALTIME(0)");
            default -> reference;
        };
        return type.isReadonly() && !reference.contains(READONLY) ? reference + READONLY : reference;
    }
}
