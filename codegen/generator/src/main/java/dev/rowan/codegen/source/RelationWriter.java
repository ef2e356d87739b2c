package dev.rowan.codegen.source;

import dev.rowan.codegen.model.Relation;
import dev.rowan.codegen.model.Relation.Kind;
import dev.rowan.codegen.model.RelationCollector;
import dev.rowan.codegen.naming.CoreTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.TableDefinition;

/** Writes the relations of one table: constants into its repository, accessors into its record. */
final class RelationWriter {

    private final SourceFile file;
    private final JavaWriter out;
    private final TableDefinition table;
    private final String repository;
    private final List<Relation> relations;

    RelationWriter(SourceFile file, TableDefinition table) {
        this.file = file;
        this.out = file.out();
        this.table = table;
        this.repository = file.names().repository(table);
        this.relations = new RelationCollector(file.names()).relationsOf(table);
    }

    /** Writes a constant for each relation. */
    void writeConstants() {
        // a constant hides a class of its name
        out.refConflicts(
                relations.stream().map(relation -> relation.name().constant()).toList());
        String source = file.recordOf(table);
        for (Relation relation : relations) {
            String target = file.recordOf(relation.target());
            var keys = new StringBuilder();
            relation.keys().forEach(key -> keys.append(file.constantOf(key)).append(", "));
            String type = out.ref(typeOf(relation.kind()));
            out.println();
            file.printJavadoc(relation.description());
            out.println(
                    "public static final %s<%s, %s> %s = new %s<>(\"%s.%s\", %s%s::new);",
                    type,
                    source,
                    target,
                    relation.name().constant(),
                    type,
                    repository,
                    relation.name().constant(),
                    keys,
                    target);
        }
    }

    /** Writes an accessor for each relation. */
    void writeAccessors() {
        for (Relation relation : relations) {
            boolean required = !relation.optional();
            String type = resultOf(relation);
            out.println();
            file.printJavadoc(relation.description() + ". The relation must be loaded");
            out.println("public %s %s() {", type, relation.name().accessor());
            out.println(
                    "return %s.%s.%s(this);", repositoryRef(), relation.name().constant(), required ? "get" : "of");
            out.println("}");
        }
    }

    /** Writes a setter for each relation to one row, unless a column has a setter of its name. */
    void writeSetters() {
        if (table.getPrimaryKey() == null) {
            return; // nothing writes its records
        }
        Set<String> setters = table.getColumns().stream()
                .map(column -> file.strategy().getJavaSetterName(column, Mode.RECORD))
                .collect(Collectors.toSet());
        for (Relation relation : relations) {
            String setter = relation.name().setter();
            if (isToOneRow(relation) && relation.target().getPrimaryKey() != null && setters.add(setter)) {
                out.println();
                file.printJavadoc((relation.kind() == Kind.TO_ONE
                                ? "Makes this record refer to the row, by {@link "
                                : "Makes the row refer to this record, by {@link ")
                        + repositoryRef() + "#" + relation.name().constant() + "}");
                out.println("public %s %s(%s row) {", file.recordOf(table), setter, file.recordOf(relation.target()));
                out.println(
                        "%s.%s.set(this, row);",
                        repositoryRef(), relation.name().constant());
                out.println("return this;");
                out.println("}");
            }
        }
    }

    private String repositoryRef() {
        return out.ref(file.names().repositoryPackage() + "." + repository);
    }

    private static boolean isToOneRow(Relation relation) {
        return relation.kind() == Kind.TO_ONE || relation.kind() == Kind.ONE_TO_ONE;
    }

    private String resultOf(Relation relation) {
        String target = file.recordOf(relation.target());
        if (!isToOneRow(relation)) {
            return out.ref(List.class) + "<" + target + ">";
        }
        return relation.optional() ? out.ref(Optional.class) + "<" + target + ">" : target;
    }

    private static String typeOf(Kind kind) {
        return switch (kind) {
            case TO_ONE -> CoreTypes.TO_ONE;
            case ONE_TO_ONE -> CoreTypes.ONE_TO_ONE;
            case TO_MANY -> CoreTypes.TO_MANY;
            case MANY_TO_MANY -> CoreTypes.MANY_TO_MANY;
            case READ_MANY_TO_MANY -> CoreTypes.READ_MANY_TO_MANY;
        };
    }
}
