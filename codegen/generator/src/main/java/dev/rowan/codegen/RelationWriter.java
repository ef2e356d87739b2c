package dev.rowan.codegen;

import static org.jooq.tools.StringUtils.toCamelCaseLC;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaWriter;
import org.jooq.impl.UpdatableRecordImpl;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.InverseForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;

/** Writes the relations of one table: constants into its repository, accessors into its record. */
final class RelationWriter {

    /** A relation: its name in snake case, and how it is declared. */
    private record Relation(
            String name,
            String type,
            TableDefinition there,
            List<Definition> keys,
            boolean mayBeNone,
            String sentence) {

        String constant() {
            return legal(name.toUpperCase(Locale.ROOT));
        }

        String accessor() {
            return legal(toCamelCaseLC(name.replaceAll("\\W+", "_")));
        }

        private static String legal(String name) {
            String legal = name.replaceAll("\\P{javaJavaIdentifierPart}+", "_");
            if (!Character.isJavaIdentifierStart(legal.charAt(0))) {
                legal = "_" + legal;
            }
            return SourceVersion.isKeyword(legal) ? legal + "_" : legal;
        }
    }

    /** What a record can be asked already. */
    private static final Set<String> TAKEN = Arrays.stream(UpdatableRecordImpl.class.getMethods())
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName)
            .collect(Collectors.toSet());

    private final RowanGenerator generator;
    private final GeneratorStrategy strategy;
    private final TableDefinition table;
    private final JavaWriter out;

    RelationWriter(RowanGenerator generator, TableDefinition table, JavaWriter out) {
        this.generator = generator;
        this.strategy = generator.getStrategy();
        this.table = table;
        this.out = out;
    }

    /** Writes a constant for each relation. */
    void constants() {
        String here = out.ref(strategy.getFullJavaClassName(table, Mode.RECORD));
        for (Relation relation : relations()) {
            String there = out.ref(strategy.getFullJavaClassName(relation.there(), Mode.RECORD));
            var keys = new StringBuilder();
            relation.keys().forEach(key -> keys.append(constant(key)).append(", "));
            out.println();
            generator.javadoc(out, relation.sentence(), "");
            out.println(
                    "public static final %s<%s, %s> %s = new %s<>(\"%s.%s\", %s%s::new);",
                    out.ref(relation.type()),
                    here,
                    there,
                    relation.constant(),
                    out.ref(relation.type()),
                    RepositoryNames.repository(strategy, table),
                    relation.constant(),
                    keys,
                    there);
        }
    }

    /** Writes an accessor for each relation, but for those whose name a record has taken already. */
    void accessors() {
        String repository =
                strategy.getTargetPackage() + ".repositories." + RepositoryNames.repository(strategy, table);
        for (Relation relation : relations()) {
            String name = relation.accessor();
            if (TAKEN.contains(name)) {
                continue;
            }
            String there = out.ref(strategy.getFullJavaClassName(relation.there(), Mode.RECORD));
            boolean toOne = relation.type().equals(CoreTypes.TO_ONE);
            String type = !toOne
                    ? out.ref(List.class) + "<" + there + ">"
                    : relation.mayBeNone() ? out.ref(Optional.class) + "<" + there + ">" : there;
            out.println();
            generator.javadoc(out, relation.sentence() + ". It must have been loaded", "");
            out.println("public %s %s() {", type, name);
            out.println(
                    "return %s.%s.%s(this);",
                    out.ref(repository), relation.constant(), toOne && !relation.mayBeNone() ? "get" : "of");
            out.println("}");
        }
    }

    private List<Relation> relations() {
        List<Relation> relations = new ArrayList<>();
        for (ForeignKeyDefinition key : table.getForeignKeys()) {
            relations.add(new Relation(
                    RelationNames.toOne(key),
                    CoreTypes.TO_ONE,
                    key.getReferencedTable(),
                    List.of(key),
                    key.getKeyColumns().stream().anyMatch(RelationWriter::isNullable),
                    "The row of <code>%s</code> that <code>%s</code> refers to"
                            .formatted(key.getReferencedTable().getOutputName(), key.getOutputName())));
        }
        for (InverseForeignKeyDefinition inverse : table.getInverseForeignKeys()) {
            ForeignKeyDefinition key = inverse.getForeignKey();
            relations.add(new Relation(
                    RelationNames.toMany(key),
                    CoreTypes.TO_MANY,
                    key.getTable(),
                    List.of(key),
                    true,
                    "The rows of <code>%s</code> that refer to this by <code>%s</code>"
                            .formatted(key.getTable().getOutputName(), key.getOutputName())));
        }
        for (ManyToManyKeyDefinition link : table.getManyToManyKeys()) {
            relations.add(new Relation(
                    RelationNames.manyToMany(link),
                    CoreTypes.MANY_TO_MANY,
                    link.getForeignKey2().getReferencedTable(),
                    List.of(link.getForeignKey1(), link.getForeignKey2()),
                    true,
                    "The rows of <code>%s</code> that <code>%s</code> links to this"
                            .formatted(
                                    link.getForeignKey2().getReferencedTable().getOutputName(),
                                    link.getTable().getOutputName())));
        }
        return withNamesOfTheirOwn(relations);
    }

    private static List<Relation> withNamesOfTheirOwn(List<Relation> relations) {
        Set<String> names = new HashSet<>();
        return relations.stream()
                .map(relation -> {
                    String name = relation.name();
                    while (!names.add(name)) {
                        name += "_";
                    }
                    return new Relation(
                            name,
                            relation.type(),
                            relation.there(),
                            relation.keys(),
                            relation.mayBeNone(),
                            relation.sentence());
                })
                .toList();
    }

    private static boolean isNullable(ColumnDefinition column) {
        return column.getDefinedType().isNullable();
    }

    private String constant(Definition definition) {
        String full = strategy.getFullJavaIdentifier(definition);
        int dot = full.lastIndexOf('.');
        return out.ref(full.substring(0, dot)) + full.substring(dot);
    }
}
