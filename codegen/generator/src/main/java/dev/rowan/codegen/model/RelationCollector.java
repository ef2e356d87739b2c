package dev.rowan.codegen.model;

import dev.rowan.codegen.model.Relation.Kind;
import dev.rowan.codegen.naming.RelationNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.InverseForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;

/** Collects the relations of a table from its foreign keys and from those that refer to it. */
public final class RelationCollector {

    private RelationCollector() {}

    /** Returns the relations of the table, each with a name of its own. */
    public static List<Relation> relationsOf(TableDefinition table) {
        Set<String> names = new HashSet<>();
        return Stream.of(
                        table.getForeignKeys().stream().map(RelationCollector::toOne),
                        table.getInverseForeignKeys().stream().map(RelationCollector::toMany),
                        table.getManyToManyKeys().stream().map(RelationCollector::manyToMany))
                .flatMap(relations -> relations)
                .map(relation -> relation.withName(unique(relation.name(), names)))
                .toList();
    }

    private static String unique(String name, Set<String> names) {
        String candidate = name;
        while (!names.add(candidate)) {
            candidate += "_";
        }
        return candidate;
    }

    private static Relation toOne(ForeignKeyDefinition key) {
        TableDefinition target = key.getReferencedTable();
        return new Relation(
                RelationNames.toOne(key),
                Kind.TO_ONE,
                target,
                List.of(key),
                key.getKeyColumns().stream()
                        .anyMatch(column -> column.getDefinedType().isNullable()),
                "The row of <code>%s</code> that <code>%s</code> refers to"
                        .formatted(target.getOutputName(), key.getOutputName()));
    }

    private static Relation toMany(InverseForeignKeyDefinition inverse) {
        ForeignKeyDefinition key = inverse.getForeignKey();
        TableDefinition target = key.getTable();
        return new Relation(
                RelationNames.toMany(key),
                Kind.TO_MANY,
                target,
                List.of(key),
                true,
                "The rows of <code>%s</code> that refer to this row through <code>%s</code>"
                        .formatted(target.getOutputName(), key.getOutputName()));
    }

    private static Relation manyToMany(ManyToManyKeyDefinition link) {
        TableDefinition target = link.getForeignKey2().getReferencedTable();
        return new Relation(
                RelationNames.manyToMany(link),
                Kind.MANY_TO_MANY,
                target,
                List.of(link.getForeignKey1(), link.getForeignKey2()),
                true,
                "The rows of <code>%s</code> that <code>%s</code> links to this row"
                        .formatted(target.getOutputName(), link.getTable().getOutputName()));
    }
}
