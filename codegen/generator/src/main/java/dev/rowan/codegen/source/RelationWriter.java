package dev.rowan.codegen.source;

import dev.rowan.codegen.model.Relation;
import dev.rowan.codegen.model.Relation.Kind;
import dev.rowan.codegen.model.RelationCollector;
import dev.rowan.codegen.naming.CoreTypes;
import dev.rowan.codegen.naming.RelationNames;
import dev.rowan.codegen.naming.RepositoryNames;
import java.util.List;
import java.util.Optional;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.TableDefinition;

/** Writes the relations of one table: constants into its repository, accessors into its record. */
final class RelationWriter {

    private final SourceFile file;
    private final JavaWriter out;
    private final TableDefinition table;
    private final String repository;

    RelationWriter(SourceFile file, TableDefinition table) {
        this.file = file;
        this.out = file.out();
        this.table = table;
        this.repository = RepositoryNames.repository(file.strategy(), table);
    }

    /** Writes a constant for each relation. */
    void writeConstants() {
        String source = file.recordOf(table);
        for (Relation relation : RelationCollector.relationsOf(table)) {
            String target = file.recordOf(relation.target());
            var keys = new StringBuilder();
            relation.keys().forEach(key -> keys.append(file.constantOf(key)).append(", "));
            String type = out.ref(typeOf(relation.kind()));
            out.println();
            file.printJavadoc(relation.description());
            out.println(
                    "public static final %s<%s, %s> %s = new %s<>(\"%s.%s\", %s%s::new);",
                    type, source, target, relation.constant(), type, repository, relation.constant(), keys, target);
        }
    }

    /** Writes an accessor for each relation, unless every record already has a method of that name. */
    void writeAccessors() {
        String holder = RepositoryNames.packageName(file.strategy()) + "." + repository;
        for (Relation relation : RelationCollector.relationsOf(table)) {
            if (RelationNames.isInheritedMethod(relation.accessor())) {
                continue;
            }
            boolean required = !relation.optional();
            String type = resultOf(relation);
            out.println();
            file.printJavadoc(relation.description() + ". The relation must be loaded");
            out.println("public %s %s() {", type, relation.accessor());
            out.println("return %s.%s.%s(this);", out.ref(holder), relation.constant(), required ? "get" : "of");
            out.println("}");
        }
    }

    private String resultOf(Relation relation) {
        String target = file.recordOf(relation.target());
        if (relation.kind() != Kind.TO_ONE && relation.kind() != Kind.ONE_TO_ONE) {
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
