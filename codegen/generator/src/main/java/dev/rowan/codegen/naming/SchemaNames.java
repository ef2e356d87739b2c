package dev.rowan.codegen.naming;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.rowan.codegen.config.NameRule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ConstraintDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.InverseForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;

/**
 * Every generated name of a schema.
 *
 * <p>The name of a class, column or relation depends on nothing but its own table, column and keys, and on the
 * configuration. If two of them would be the same, that is an error. The name of a key, an index, an enum or its
 * constant cannot be configured: if two would be the same, neither is given it.
 */
public final class SchemaNames {

    private static final String SUBPACKAGE = "repositories";
    private static final String RECORD = "Record";

    private final ConfiguredNames names;
    private final RelationNames relations;
    private final String packageName;
    private final String packageRoot;
    private final Map<List<String>, String> keys;
    private final Map<List<String>, String> indexes;
    private final Map<List<String>, String> enums;
    private final Map<List<String>, String> finders = new HashMap<>();

    /**
     * Decides the names.
     *
     * @param rules the configured names
     * @param packageName the package of the sources
     * @throws IllegalArgumentException if names are the same, or a rule names nothing; the message says what to change
     */
    public SchemaNames(SchemaDefinition schema, List<NameRule> rules, String packageName) {
        // in one order on all servers, so that they report the same conflicts
        List<TableDefinition> tables = sorted(schema.getTables());
        this.names = new ConfiguredNames(rules, tables);
        this.relations = new RelationNames(names);
        this.packageName = packageName;
        this.packageRoot = packageName.replaceFirst("\\..*", "");
        this.keys = keys(tables);
        this.indexes = indexes(tables);
        this.enums = enums(schema.getDatabase().getEnums(schema), tables);
        tables.forEach(table -> finders.putAll(finders(table)));

        var conflicts = new NameConflicts();
        tables.forEach(table -> {
            claimTable(table, conflicts);
            claimColumns(table, conflicts);
            claimRelations(table, conflicts);
        });
        conflicts.report();
    }

    private static <T extends Definition> List<T> sorted(List<T> definitions) {
        return definitions.stream()
                .sorted(Comparator.comparing(Definition::getName))
                .toList();
    }

    // tables

    /** Returns the name of a table's class. */
    String tableClass(TableDefinition table) {
        String name = className(table);
        // X could be a constant, which hides a class
        return name.equals(name.toUpperCase(Locale.ROOT)) ? name + "Table" : ReservedNames.tableClass(name);
    }

    /** Returns the name of the class of paths to a table, which is nested in the table's class. */
    String pathClass(TableDefinition table) {
        return className(table) + "Path";
    }

    String recordClass(TableDefinition table) {
        return className(table) + RECORD;
    }

    /** Returns the name of the repository of a table. */
    public String repository(TableDefinition table) {
        return className(table) + "Repository";
    }

    /** Returns the name of the record that holds a composite primary key. */
    public String keyRecord(TableDefinition table) {
        return className(table) + "Key";
    }

    private String className(TableDefinition table) {
        return JavaSyntax.className(names.of(table));
    }

    String tableConstant(TableDefinition table) {
        return ReservedNames.tableConstant(JavaSyntax.constantName(names.of(table)));
    }

    /** Returns the name of the package of all repositories and key records. */
    public String repositoryPackage() {
        return packageName + "." + SUBPACKAGE;
    }

    /** Returns the path of a source file in that package, relative to the root of the sources. */
    public static String repositoryPath(String className) {
        return SUBPACKAGE + "/" + className + ".java";
    }

    private void claimTable(TableDefinition table, NameConflicts conflicts) {
        var owner = new NameConflicts.Owner("table", ConfiguredNames.pathOf(table));
        for (String name : List.of(className(table), tableClass(table))) {
            conflicts.claim("class", DistinctNames.fileName(name), "the class " + name, owner);
        }
        String constant = tableConstant(table);
        conflicts.claim("constant", constant, "the constant Tables." + constant, owner);
        conflicts.claim("field " + table.getName(), constant, "the field " + constant, owner);
    }

    // columns

    String columnConstant(ColumnDefinition column) {
        String table = tableConstant(column.getContainer());
        return ReservedNames.columnConstant(JavaSyntax.constantName(names.of(column)), table);
    }

    /** Returns what follows {@code get} and {@code set} in the names of the column's methods. */
    String property(ColumnDefinition column) {
        return ReservedNames.property(JavaSyntax.pascalCase(names.of(column)));
    }

    /** Returns the name of a parameter that takes a value of the column. */
    String parameter(ColumnDefinition column) {
        String name = JavaSyntax.methodName(names.of(column));
        return ReservedNames.parameter(name, tableClass(column.getContainer()), packageRoot);
    }

    /** Returns the names of parameters or record components for these columns. */
    public List<String> parameters(List<ColumnDefinition> columns) {
        return columns.stream().map(this::parameter).toList();
    }

    private void claimColumns(TableDefinition table, NameConflicts conflicts) {
        for (ColumnDefinition column : table.getColumns()) {
            var owner = new NameConflicts.Owner("column", ConfiguredNames.pathOf(column));
            String constant = columnConstant(column);
            conflicts.claim("field " + table.getName(), constant, "the constant " + constant, owner);
            String getter = "get" + property(column);
            conflicts.claim("method " + table.getName(), getter, "the method " + getter, owner);
            conflicts.claim("parameter " + table.getName(), parameter(column), "the method " + getter, owner);
        }
    }

    // relations

    /** Returns the relation that follows the foreign key. */
    public RelationName toOne(ForeignKeyDefinition key) {
        return RelationName.of(relations.toOne(key));
    }

    /** Returns the relation on the inverse side of the foreign key. */
    public RelationName toMany(ForeignKeyDefinition key) {
        return RelationName.of(relations.toMany(key));
    }

    /** Returns the relation through a link table. */
    public RelationName manyToMany(ManyToManyKeyDefinition link) {
        return RelationName.of(relations.manyToMany(link));
    }

    /** Returns whether another foreign key has the same columns, and stands for this one too. */
    public static boolean isRepeated(ForeignKeyDefinition key) {
        return RelationNames.isRepeated(key);
    }

    /**
     * Returns the links of a table to others, each once. jOOQ finds those of a table that links itself several times,
     * and pairs of foreign keys of different tables, which link nothing.
     */
    public static List<ManyToManyKeyDefinition> links(TableDefinition table) {
        Map<List<ForeignKeyDefinition>, ManyToManyKeyDefinition> links = new LinkedHashMap<>();
        table.getManyToManyKeys().stream()
                .filter(link -> link.getForeignKey1()
                        .getTable()
                        .equals(link.getForeignKey2().getTable()))
                .forEach(link -> links.putIfAbsent(List.of(link.getForeignKey1(), link.getForeignKey2()), link));
        return List.copyOf(links.values());
    }

    private void claimRelations(TableDefinition table, NameConflicts conflicts) {
        for (ForeignKeyDefinition key : sorted(table.getForeignKeys())) {
            List<String> path = ConfiguredNames.pathOf(key);
            boolean ambiguous = table.getColumns().stream()
                    .anyMatch(column -> column.getName().equalsIgnoreCase(key.getName()));
            String value = ambiguous ? "%s, " + JavaSyntax.methodName(relations.toMany(key)) : "%s";
            claim(table, toOne(key), new NameConflicts.Owner("relation of", path, value), conflicts);
        }
        for (InverseForeignKeyDefinition inverse : sorted(table.getInverseForeignKeys())) {
            ForeignKeyDefinition key = inverse.getForeignKey();
            String value = JavaSyntax.methodName(relations.toOne(key)) + ", %s";
            List<String> path = ConfiguredNames.pathOf(key);
            claim(table, toMany(key), new NameConflicts.Owner("inverse relation of", path, value), conflicts);
        }
        for (ManyToManyKeyDefinition link : sorted(links(table))) {
            List<String> path = ConfiguredNames.pathOf(link.getForeignKey1(), link.getForeignKey2());
            claim(table, manyToMany(link), new NameConflicts.Owner("relation through", path), conflicts);
        }
    }

    private void claim(TableDefinition table, RelationName name, NameConflicts.Owner owner, NameConflicts conflicts) {
        String repository = repository(table);
        conflicts.claim(repository, name.constant(), "the relation " + repository + "." + name.constant(), owner);
        conflicts.claim("method " + table.getName(), name.accessor(), "the method " + name.accessor(), owner);
        conflicts.claim("path " + table.getName(), name.path(), "the path " + name.path(), owner);
        conflicts.claim("field " + table.getName(), "_" + name.path(), "the field _" + name.path(), owner);
    }

    // keys and indexes

    private Map<List<String>, String> keys(List<TableDefinition> tables) {
        List<ConstraintDefinition> all = tables.stream()
                .flatMap(table ->
                        Stream.<ConstraintDefinition>concat(table.getKeys().stream(), table.getForeignKeys().stream()))
                .toList();
        return DistinctNames.of(
                all,
                SchemaNames::pathOf,
                UnaryOperator.identity(),
                List.of(
                        key -> keyConstant(key, "_"),
                        key -> keyConstant(key, "__"),
                        key -> exact(pathOf(key), JavaSyntax::exactName)));
    }

    private static String exact(List<String> path, UnaryOperator<String> form) {
        return path.stream().map(form).collect(joining("$"));
    }

    private String keyConstant(ConstraintDefinition key, String separator) {
        return key instanceof UniqueKeyDefinition unique
                ? "KEY_" + constantPart(names.of(unique.getTable())) + separator + constantPart(constraint(unique))
                : JavaSyntax.constantName(key.getName());
    }

    /** Returns a part of a constant: unlike a whole name, it may begin with a digit and be a keyword. */
    private static String constantPart(String text) {
        return JavaSyntax.constantName("x_" + text).substring("X_".length());
    }

    private static List<String> pathOf(ConstraintDefinition key) {
        return key instanceof UniqueKeyDefinition unique
                ? List.of("KEY", key.getTable().getName(), constraint(unique))
                : List.of("FK", key.getTable().getName(), key.getName());
    }

    String keyConstant(ConstraintDefinition key) {
        return Objects.requireNonNull(keys.get(pathOf(key)));
    }

    /** Returns the constraint's name in the changelog, without the {@code KEY_<table>_} that jOOQ adds. */
    public static String constraint(UniqueKeyDefinition key) {
        return key.getOutputName().substring(("KEY_" + key.getTable().getName() + "_").length());
    }

    private Map<List<String>, String> indexes(List<TableDefinition> tables) {
        return DistinctNames.of(
                tables.stream().flatMap(table -> table.getIndexes().stream()).toList(),
                SchemaNames::pathOf,
                UnaryOperator.identity(),
                List.of(
                        index -> indexConstant(index, "_"),
                        index -> indexConstant(index, "__"),
                        index -> exact(pathOf(index), JavaSyntax::exactName)));
    }

    private String indexConstant(IndexDefinition index, String separator) {
        return JavaSyntax.constantName(names.of(index.getTable())) + separator + constantPart(index.getName());
    }

    private static List<String> pathOf(IndexDefinition index) {
        return List.of(index.getTable().getName(), index.getName());
    }

    String indexConstant(IndexDefinition index) {
        return Objects.requireNonNull(indexes.get(pathOf(index)));
    }

    /** Returns {@code findByUserIdAndPlacedAt}: named after the columns, so that renaming the key changes nothing. */
    public String finder(UniqueKeyDefinition key) {
        return Objects.requireNonNull(finders.get(pathOf(key)));
    }

    private Map<List<String>, String> finders(TableDefinition table) {
        return DistinctNames.of(
                distinctKeys(table),
                SchemaNames::pathOf,
                UnaryOperator.identity(),
                List.of(
                        key -> key.getKeyColumns().stream().map(this::property).collect(joining("And", "findBy", "")),
                        key -> "findBy" + JavaSyntax.pascalCase(constraint(key)),
                        key -> "findBy" + JavaSyntax.exactName(constraint(key))));
    }

    /** Returns the unique keys of a table without its primary key, one for each list of columns. */
    public static List<UniqueKeyDefinition> distinctKeys(TableDefinition table) {
        Map<List<ColumnDefinition>, UniqueKeyDefinition> keys = new LinkedHashMap<>();
        table.getUniqueKeys().stream()
                .filter(key -> !key.isPrimaryKey())
                .forEach(key -> keys.putIfAbsent(key.getKeyColumns(), key));
        return List.copyOf(keys.values());
    }

    // enums

    private Map<List<String>, String> enums(List<EnumDefinition> all, List<TableDefinition> tables) {
        Map<List<String>, ColumnDefinition> columns = tables.stream()
                .flatMap(table -> table.getColumns().stream())
                .collect(toMap(ConfiguredNames::pathOf, Function.identity()));
        return DistinctNames.of(
                all,
                EnumName::pathOf,
                DistinctNames::fileName,
                List.of(
                        each -> enumClass(Objects.requireNonNull(columns.get(EnumName.pathOf(each))), ""),
                        each -> enumClass(Objects.requireNonNull(columns.get(EnumName.pathOf(each))), "_"),
                        each -> "Enum" + exact(EnumName.pathOf(each), JavaSyntax::exactFileName)));
    }

    private String enumClass(ColumnDefinition column, String separator) {
        var name = className(column.getContainer()) + separator + JavaSyntax.pascalCase(names.of(column));
        // in the table's class, its path class hides one with the same name
        return name.equals(className(column.getContainer()) + "Path") ? name + "Enum" : name;
    }

    String enumClass(EnumDefinition definition) {
        return Objects.requireNonNull(enums.get(EnumName.pathOf(definition)));
    }

    /** Returns the constants of the literals of an enum. */
    Map<String, String> literals(EnumDefinition definition) {
        return DistinctNames.of(
                definition.getLiterals(),
                Function.identity(),
                UnaryOperator.identity(),
                List.of(
                        literal -> ReservedNames.enumConstant(JavaSyntax.literalName(literal), packageRoot),
                        JavaSyntax::exactName));
    }
}
