package dev.rowan.codegen.database;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;

import dev.rowan.codegen.config.Rules;
import dev.rowan.codegen.model.ColumnId;
import dev.rowan.codegen.model.ColumnTraits;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DefaultEnumDefinition;
import org.jooq.meta.DefaultRelations;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.mysql.MySQLDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Reads a schema so that MySQL and MariaDB, given the same changelogs, yield the same definitions. jOOQ instantiates
 * this class by name.
 *
 * <p>On MariaDB, jOOQ's own reader sees JSON columns as text, defaults in another notation, and RESTRICT where a
 * foreign key declares no rule.
 */
public final class RowanDatabase extends MySQLDatabase {

    private @Nullable ColumnCatalog catalog;
    private @Nullable Rules rules;
    private String @Nullable [] versionColumns;

    @Override
    protected List<TableDefinition> getTables0() throws SQLException {
        List<TableDefinition> tables = super.getTables0();
        tables.replaceAll(table -> new RowanTableDefinition(
                table.getSchema(),
                table.getName(),
                table.getComment(),
                table.isView() ? TableType.VIEW : TableType.TABLE,
                column -> catalog().defaultOf(column)));
        return tables;
    }

    /** Returns jOOQ's enums of ENUM columns, and one for each SET column. */
    @Override
    protected List<EnumDefinition> getEnums0() throws SQLException {
        List<EnumDefinition> enums = super.getEnums0();
        for (SchemaDefinition schema : getSchemata()) {
            for (TableDefinition table : getTables(schema)) {
                for (ColumnDefinition column : table.getColumns()) {
                    if (ColumnTraits.isSet(column)) {
                        enums.add(enumOfSet(column));
                    }
                }
            }
        }
        return enums;
    }

    private EnumDefinition enumOfSet(ColumnDefinition column) {
        var members = new DefaultEnumDefinition(
                column.getSchema(), column.getDefinedType().getUserType(), column.getComment(), true);
        catalog().membersOf(column).forEach(members::addLiteral);
        return members;
    }

    @Override
    protected Condition jsonCheck(Field<String> schema, Field<String> table, Field<String> column) {
        Set<ColumnId> jsonColumns = catalog().jsonColumns();
        if (jsonColumns.isEmpty()) {
            return falseCondition();
        }
        return row(table, column)
                .in(jsonColumns.stream()
                        .map(json -> row(inline(json.table()), inline(json.column())))
                        .toList());
    }

    @Override
    protected void loadForeignKeys(DefaultRelations relations) throws SQLException {
        super.loadForeignKeys(new DefaultRelations() {
            @Override
            public void addForeignKey(
                    String name,
                    TableDefinition table,
                    ColumnDefinition column,
                    String keyName,
                    TableDefinition keyTable,
                    boolean enforced,
                    ForeignKeyRule onDelete,
                    ForeignKeyRule onUpdate) {
                relations.addForeignKey(
                        name, table, column, keyName, keyTable, enforced, rule(onDelete), rule(onUpdate));
            }
        });
    }

    /** Returns NO ACTION for RESTRICT: InnoDB does not distinguish them. */
    private static ForeignKeyRule rule(ForeignKeyRule rule) {
        return rule == ForeignKeyRule.RESTRICT ? ForeignKeyRule.NO_ACTION : rule;
    }

    /** Returns patterns of the version columns of tables with a primary key. jOOQ asks for them for each table. */
    @Override
    public String[] getRecordVersionFields() {
        if (versionColumns == null) {
            versionColumns = getInputSchemata().stream()
                    .flatMap(name -> Stream.ofNullable(getSchema(name)))
                    .flatMap(schema -> getTables(schema).stream())
                    .filter(table -> table.getPrimaryKey() != null)
                    .flatMap(table -> table.getColumns().stream())
                    .filter(ColumnTraits::isVersion)
                    .map(column -> Pattern.quote(column.getQualifiedName()))
                    .toArray(String[]::new);
        }
        return versionColumns;
    }

    /** Returns the declaration of a column, which core compares with the one in a live database. */
    public String declarationOf(ColumnDefinition column) {
        return catalog().declarationOf(column);
    }

    /** Returns what the project has configured. */
    public Rules rules() {
        if (rules == null) {
            rules = Rules.of(getProperties());
        }
        return rules;
    }

    private ColumnCatalog catalog() {
        if (catalog == null) {
            catalog = ColumnCatalog.read(
                    create(), getConnection(), getInputSchemata().get(0));
        }
        return catalog;
    }
}
