package dev.rowan.codegen.model;

import dev.rowan.codegen.config.RelationRule;
import dev.rowan.codegen.config.RelationRule.Choice;
import dev.rowan.codegen.config.Rules;
import dev.rowan.codegen.model.Relation.Kind;
import dev.rowan.codegen.naming.SchemaNames;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.InverseForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the relations of a table from its foreign keys and from those that refer to it.
 *
 * @param names names the relations
 */
public record RelationCollector(SchemaNames names) {

    /** Returns the relations of the table; foreign keys that repeat another have none of their own. */
    public List<Relation> relationsOf(TableDefinition table) {
        List<RelationRule> rules = Rules.of(table.getDatabase().getProperties()).relations();
        return Stream.of(
                        table.getForeignKeys().stream()
                                .filter(key -> hasRelation(rules, key))
                                .map(this::toOne),
                        table.getInverseForeignKeys().stream()
                                .map(InverseForeignKeyDefinition::getForeignKey)
                                .filter(key -> hasRelation(rules, key))
                                .map(key -> inverse(key, choice(rules, key))),
                        SchemaNames.links(table).stream()
                                .filter(link -> isLink(rules, link))
                                .map(link -> manyToMany(link, choice(rules, link))))
                .flatMap(relations -> relations)
                .toList();
    }

    private Relation toOne(ForeignKeyDefinition key) {
        TableDefinition target = key.getReferencedTable();
        return new Relation(
                names.toOne(key),
                Kind.TO_ONE,
                target,
                List.of(key),
                key.getKeyColumns().stream()
                        .anyMatch(column -> column.getDefinedType().isNullable()),
                "The row of <code>%s</code> that <code>%s</code> refers to"
                        .formatted(target.getOutputName(), key.getOutputName()));
    }

    private Relation inverse(ForeignKeyDefinition key, @Nullable Choice choice) {
        TableDefinition target = key.getTable();
        boolean isOne = isUnique(key) && choice != Choice.MANY;
        return new Relation(
                names.toMany(key),
                isOne ? Kind.ONE_TO_ONE : Kind.TO_MANY,
                target,
                List.of(key),
                true,
                (isOne
                                ? "The row of <code>%s</code> that refers to this row through <code>%s</code>"
                                : "The rows of <code>%s</code> that refer to this row through <code>%s</code>")
                        .formatted(target.getOutputName(), key.getOutputName()));
    }

    /** Returns whether at most one row refers to each row: the foreign key has all columns of a key of its table. */
    public static boolean isUnique(ForeignKeyDefinition key) {
        return key.getTable().getKeys().stream()
                .anyMatch(own -> key.getKeyColumns().containsAll(own.getKeyColumns()));
    }

    private Relation manyToMany(ManyToManyKeyDefinition link, @Nullable Choice choice) {
        TableDefinition target = link.getForeignKey2().getReferencedTable();
        return new Relation(
                names.manyToMany(link),
                isWritten(link, choice) ? Kind.MANY_TO_MANY : Kind.READ_MANY_TO_MANY,
                target,
                List.of(link.getForeignKey1(), link.getForeignKey2()),
                true,
                "The rows of <code>%s</code> that <code>%s</code> links to this row"
                        .formatted(target.getOutputName(), link.getTable().getOutputName()));
    }

    /** Returns whether links can be set. Links that are marked as deleted cannot: they would stay, and stay deleted. */
    private static boolean isWritten(ManyToManyKeyDefinition link, @Nullable Choice choice) {
        boolean isMarked = ownColumns(link).anyMatch(RelationCollector::marksDeleted);
        return canBeInserted(link) && choice != Choice.READ && (choice == Choice.WRITE || !isMarked);
    }

    /** Returns whether a row of a link table can be inserted with its two foreign keys alone. */
    private static boolean canBeInserted(ManyToManyKeyDefinition link) {
        return ownColumns(link)
                .allMatch(column -> column.isIdentity()
                        || column.getDefinedType().isComputed()
                        || column.getDefinedType().isNullable()
                        || column.getDefinedType().getDefaultValue() != null);
    }

    /** Returns whether a column says that its row counts as deleted, as {@code deleted_at} or {@code is_deleted}. */
    private static boolean marksDeleted(ColumnDefinition column) {
        return column.getName().toLowerCase(Locale.ROOT).contains("deleted");
    }

    /** Returns the columns of a link table beside its two foreign keys. */
    private static Stream<ColumnDefinition> ownColumns(ManyToManyKeyDefinition link) {
        return link.getTable().getColumns().stream()
                .filter(column -> !link.getForeignKey1().getKeyColumns().contains(column)
                        && !link.getForeignKey2().getKeyColumns().contains(column));
    }

    /** Returns whether links are read or written, if a rule says so. */
    private static @Nullable Choice choice(List<RelationRule> rules, ManyToManyKeyDefinition link) {
        String table = link.getTable().getName();
        return rules.stream()
                .filter(rule -> isAboutLinksOnly(rule) && rule.matches(table))
                .reduce((one, other) -> {
                    throw other.line().contradicts(one.line(), table);
                })
                .map(RelationRule::choice)
                .orElse(null);
    }

    private static boolean isAboutLinksOnly(RelationRule rule) {
        return rule.choice() == Choice.READ || rule.choice() == Choice.WRITE;
    }

    private static @Nullable Choice choice(List<RelationRule> rules, ForeignKeyDefinition key) {
        return rules.stream()
                .filter(rule -> !isAboutLinksOnly(rule) && matches(rule, key))
                .reduce((one, other) -> {
                    throw other.line().contradicts(one.line(), displayName(key));
                })
                .map(RelationRule::choice)
                .orElse(null);
    }

    private static boolean hasRelation(List<RelationRule> rules, ForeignKeyDefinition key) {
        return choice(rules, key) != Choice.NONE && !SchemaNames.isRepeated(key);
    }

    private static boolean isLink(List<RelationRule> rules, ManyToManyKeyDefinition link) {
        return rules.stream()
                        .noneMatch(rule -> rule.choice() == Choice.NONE
                                && rule.matches(link.getTable().getName()))
                && !SchemaNames.isRepeated(link.getForeignKey1())
                && !SchemaNames.isRepeated(link.getForeignKey2());
    }

    /**
     * Checks the rules.
     *
     * @throws IllegalArgumentException if one matches no foreign key and no link table, or cannot be followed
     */
    public static void requireRulesApply(List<RelationRule> rules, List<TableDefinition> tables) {
        for (RelationRule rule : rules) {
            List<ForeignKeyDefinition> keys = tables.stream()
                    .flatMap(table -> table.getForeignKeys().stream())
                    .filter(key -> matches(rule, key))
                    .toList();
            List<ManyToManyKeyDefinition> links = tables.stream()
                    .flatMap(table -> table.getManyToManyKeys().stream())
                    .filter(link -> rule.matches(link.getTable().getName()))
                    .toList();
            if (isAboutLinksOnly(rule) && links.isEmpty()) {
                throw rule.line().rejected("matches no link table: only links are read or written.");
            }
            if (rule.choice() == Choice.WRITE && !links.stream().allMatch(RelationCollector::canBeInserted)) {
                throw rule.line()
                        .rejected("cannot be followed: an insert of a link must set more than its two foreign keys."
                                + " Remove the line, or give the other columns a default.");
            }
            if (keys.isEmpty() && links.isEmpty()) {
                throw rule.line()
                        .rejected("matches no foreign key and no link table. Foreign keys are matched as"
                                + " table.constraint, link tables by their name.");
            }
            if (rule.choice() == Choice.MANY && keys.stream().noneMatch(RelationCollector::isUnique)) {
                throw rule.line()
                        .rejected("changes nothing: only a unique foreign key has one row on its inverse side."
                                + " Remove the line, or write none.");
            }
        }
    }

    private static boolean matches(RelationRule rule, ForeignKeyDefinition key) {
        return rule.matches(key.getTable().getName(), key.getName());
    }

    private static String displayName(ForeignKeyDefinition key) {
        return key.getTable().getName() + "." + key.getName();
    }
}
