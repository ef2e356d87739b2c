package dev.rowan.codegen.page;

import dev.rowan.codegen.database.RowanDatabase;
import dev.rowan.codegen.model.ColumnDefault;
import dev.rowan.codegen.model.Relation;
import dev.rowan.codegen.model.Relation.Kind;
import dev.rowan.codegen.model.RelationCollector;
import dev.rowan.codegen.naming.SchemaNames;
import dev.rowan.codegen.source.RowanGenerator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.SortOrder;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jooq.meta.CatalogDefinition;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page of a schema in place of sources, with the names that the sources have. jOOQ instantiates this class
 * by name.
 */
public final class PageGenerator extends RowanGenerator {

    @Override
    protected void generateCatalog(CatalogDefinition catalog) {
        catalog.getSchemata().forEach(this::generateSchema);
    }

    @Override
    protected void generateSchema(SchemaDefinition schema) {
        decide(schema);
        var options = PageOptions.of(schema.getDatabase().getProperties());
        var content = content(schema, options);
        try {
            Files.writeString(options.html(), new HtmlPage(content).text());
            Files.writeString(options.markdown(), new MarkdownPage(content).text());
        } catch (IOException e) {
            throw new UncheckedIOException("The page of the schema could not be written: " + e, e);
        }
    }

    private SchemaContent content(SchemaDefinition schema, PageOptions options) {
        var tables = schema.getDatabase().getTables(schema).stream()
                .sorted(Comparator.comparing(Definition::getName))
                .map(table -> table(table, options))
                .toList();
        return new SchemaContent(options.title(), getStrategy().getTargetPackage(), options.selection(), tables);
    }

    private SchemaContent.Table table(TableDefinition table, PageOptions options) {
        var key = table.getPrimaryKey();
        var isComposite = key != null && key.getKeyColumns().size() > 1;
        return new SchemaContent.Table(
                table.getName(),
                table.isView(),
                text(table.getComment()),
                "Tables." + getStrategy().getJavaIdentifier(table),
                getStrategy().getJavaClassName(table, Mode.RECORD),
                names().repository(table),
                isComposite ? Optional.of(names().keyRecord(table)) : Optional.empty(),
                columns(table),
                keys(table),
                sorted(table.getForeignKeys()).map(PageGenerator::foreignKey).toList(),
                sorted(table.getIndexes()).map(PageGenerator::index).toList(),
                relations(table),
                options.history().getOrDefault(table.getName(), List.of()));
    }

    private static <T extends Definition> Stream<T> sorted(List<T> definitions) {
        return definitions.stream().sorted(Comparator.comparing(Definition::getName));
    }

    private List<SchemaContent.Column> columns(TableDefinition table) {
        var database = (RowanDatabase) table.getDatabase();
        var version = database.versionColumnOf(table);
        // a file that is never closed, and so not written: it gives the types the names that they have in one
        var file = newJavaWriter(new File(getStrategy().getFileRoot(), table.getName()));
        return table.getColumns().stream()
                .map(column -> new SchemaContent.Column(
                        column.getName(),
                        database.typeOf(column),
                        column.getDefinedType().isNullable(),
                        valueOf(column),
                        typeOf(column, file),
                        getStrategy().getJavaGetterName(column, Mode.RECORD),
                        version.equals(Optional.of(column)),
                        text(column.getComment())))
                .toList();
    }

    private static String valueOf(ColumnDefinition column) {
        var type = column.getDefinedType();
        if (column.isIdentity()) {
            return "auto_increment";
        }
        if (type.isComputed()) {
            return "generated";
        }
        var value = type.getDefaultValue();
        if (value == null) {
            return "";
        }
        return value.equals(ColumnDefault.EXPRESSION) ? "default (…)" : "default " + value;
    }

    private List<SchemaContent.Key> keys(TableDefinition table) {
        var keys = new ArrayList<SchemaContent.Key>();
        var primary = table.getPrimaryKey();
        if (primary != null) {
            keys.add(new SchemaContent.Key("PRIMARY", true, namesOf(primary.getKeyColumns()), "find"));
        }
        SchemaNames.distinctKeys(table).stream()
                .sorted(Comparator.comparing(SchemaNames::constraint))
                .forEach(key -> keys.add(unique(key)));
        return keys;
    }

    private SchemaContent.Key unique(UniqueKeyDefinition key) {
        return new SchemaContent.Key(
                SchemaNames.constraint(key), false, namesOf(key.getKeyColumns()), names().finder(key));
    }

    private static SchemaContent.ForeignKey foreignKey(ForeignKeyDefinition key) {
        var columns = key.getKeyColumns();
        return new SchemaContent.ForeignKey(
                key.getName(),
                namesOf(columns),
                key.getReferencedTable().getName(),
                namesOf(key.getReferencedColumns()),
                RelationCollector.isUnique(key),
                columns.stream().anyMatch(column -> column.getDefinedType().isNullable()),
                rules(key));
    }

    private static String rules(ForeignKeyDefinition key) {
        var rules = new ArrayList<String>();
        if (isRule(key.getDeleteRule())) {
            rules.add("on delete " + words(key.getDeleteRule()));
        }
        if (isRule(key.getUpdateRule())) {
            rules.add("on update " + words(key.getUpdateRule()));
        }
        return String.join(", ", rules);
    }

    private static boolean isRule(@Nullable ForeignKeyRule rule) {
        return rule != null && rule != ForeignKeyRule.NO_ACTION;
    }

    private static String words(@Nullable ForeignKeyRule rule) {
        return String.valueOf(rule).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static SchemaContent.Index index(IndexDefinition index) {
        return new SchemaContent.Index(
                index.getName(),
                index.isUnique(),
                index.getIndexColumns().stream()
                        .map(column -> column.getName() + (column.getSortOrder() == SortOrder.DESC ? " desc" : ""))
                        .toList());
    }

    private List<SchemaContent.Relation> relations(TableDefinition table) {
        return new RelationCollector(names())
                .relationsOf(table).stream()
                        .map(relation -> new SchemaContent.Relation(
                                relation.name().accessor() + "()",
                                result(relation),
                                names().repository(table) + "."
                                        + relation.name().constant(),
                                words(relation.kind()),
                                relation.target().getName(),
                                through(relation)))
                        .sorted(Comparator.comparing(SchemaContent.Relation::accessor))
                        .toList();
    }

    private String result(Relation relation) {
        var target = getStrategy().getJavaClassName(relation.target(), Mode.RECORD);
        return switch (relation.kind()) {
            case TO_ONE, ONE_TO_ONE -> relation.optional() ? "Optional<" + target + ">" : target;
            case TO_MANY, MANY_TO_MANY, READ_MANY_TO_MANY -> "List<" + target + ">";
        };
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case TO_ONE -> "to one";
            case ONE_TO_ONE -> "one to one";
            case TO_MANY -> "to many";
            case MANY_TO_MANY -> "many to many";
            case READ_MANY_TO_MANY -> "many to many, read only";
        };
    }

    /** Returns the foreign key of a relation, or its link table. */
    private static String through(Relation relation) {
        var isLink = relation.kind() == Kind.MANY_TO_MANY || relation.kind() == Kind.READ_MANY_TO_MANY;
        var key = (ForeignKeyDefinition) relation.keys().get(0);
        return isLink ? key.getTable().getName() : key.getName();
    }

    private static List<String> namesOf(List<ColumnDefinition> columns) {
        return columns.stream().map(Definition::getName).toList();
    }

    private static String text(@Nullable String comment) {
        return Objects.requireNonNullElse(comment, "");
    }
}
