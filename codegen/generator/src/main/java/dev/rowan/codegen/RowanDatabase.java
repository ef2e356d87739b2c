package dev.rowan.codegen;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.meta.mysql.information_schema.Tables.COLUMNS;

import dev.rowan.codegen.JsonColumns.Column;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
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
 * Reads a schema so that MySQL and MariaDB, given the same changelogs, yield the same definitions.
 *
 * <p>jOOQ's own reader sees, on MariaDB, JSON columns as text, defaults in another notation, and RESTRICT where a foreign
 * key says nothing.
 */
public final class RowanDatabase extends MySQLDatabase {

    private static final Pattern INTEGER = Pattern.compile("(?i)(tiny|small|medium|big)?int.*");

    private @Nullable Boolean mariaDb;
    private @Nullable Set<Column> jsonColumns;
    private @Nullable Map<Column, Record> columns;

    @Override
    protected List<TableDefinition> getTables0() throws SQLException {
        List<TableDefinition> tables = super.getTables0();
        tables.replaceAll(table -> new RowanTable(
                table.getSchema(),
                table.getName(),
                table.getComment(),
                table.isView() ? TableType.VIEW : TableType.TABLE));
        return tables;
    }

    /** Returns the enums of ENUM columns, as jOOQ does, and those of SET columns, whose members hold no comma. */
    @Override
    protected List<EnumDefinition> getEnums0() throws SQLException {
        List<EnumDefinition> enums = super.getEnums0();
        for (SchemaDefinition schema : getSchemata()) {
            for (TableDefinition table : getTables(schema)) {
                for (ColumnDefinition column : table.getColumns()) {
                    if (isSet(column)) {
                        enums.add(enumOf(column));
                    }
                }
            }
        }
        return enums;
    }

    static boolean isSet(ColumnDefinition column) {
        return column.getDefinedType().getType().equalsIgnoreCase("set");
    }

    private EnumDefinition enumOf(ColumnDefinition column) {
        String type = reported(column).get(COLUMNS.COLUMN_TYPE);
        var members = new DefaultEnumDefinition(
                column.getSchema(), column.getDefinedType().getUserType(), column.getComment(), true);
        String list = type.substring(type.indexOf('(') + 1, type.lastIndexOf(')'));
        for (String member : list.split(",", -1)) {
            members.addLiteral(member.substring(1, member.length() - 1).replace("''", "'"));
        }
        return members;
    }

    @Override
    protected Condition jsonCheck(Field<String> schema, Field<String> table, Field<String> column) {
        if (jsonColumns().isEmpty()) {
            return falseCondition();
        }
        return row(table, column)
                .in(jsonColumns().stream()
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

    /** Returns RESTRICT, which InnoDB does not tell from NO ACTION, as NO ACTION. */
    private static ForeignKeyRule rule(ForeignKeyRule rule) {
        return rule == ForeignKeyRule.RESTRICT ? ForeignKeyRule.NO_ACTION : rule;
    }

    /** Returns the integer columns named {@code version}, in any case, of tables that have a primary key. */
    @Override
    public String[] getRecordVersionFields() {
        return getInputSchemata().stream()
                .flatMap(name -> Stream.ofNullable(getSchema(name)))
                .flatMap(schema -> getTables(schema).stream())
                .filter(table -> table.getPrimaryKey() != null)
                .flatMap(table -> table.getColumns().stream())
                .filter(column -> column.getName().equalsIgnoreCase("version"))
                .filter(column -> !column.getDefinedType().isComputed())
                .filter(column ->
                        INTEGER.matcher(column.getDefinedType().getType()).matches())
                .map(column -> Pattern.quote(column.getQualifiedName()))
                .toArray(String[]::new);
    }

    @Nullable String defaultOf(ColumnDefinition column) {
        String text = column.getDefinedType().getDefaultValue();
        if (isMariaDb()) {
            return ColumnDefault.ofMariaDb(text);
        }
        return ColumnDefault.ofMySql(text, reported(column).get(COLUMNS.EXTRA));
    }

    /** Returns how the column was declared, for the check of a live database. */
    String declarationOf(ColumnDefinition column) {
        Record reported = reported(column);
        String type = jsonColumns().contains(key(column)) ? "json" : reported.get(COLUMNS.COLUMN_TYPE);
        if (column.getContainer().isView()) {
            return Declaration.ofView(type);
        }
        String text = reported.get(COLUMNS.COLUMN_DEFAULT);
        return Declaration.ofTable(
                type,
                reported.get(COLUMNS.COLLATION_NAME),
                reported.get(COLUMNS.IS_NULLABLE, boolean.class),
                text != null && !(isMariaDb() && text.equals("NULL")),
                reported.get(COLUMNS.EXTRA));
    }

    private boolean isMariaDb() {
        if (mariaDb == null) {
            mariaDb = create().fetchSingle("select version()")
                    .get(0, String.class)
                    .contains("MariaDB");
        }
        return mariaDb;
    }

    private Set<Column> jsonColumns() {
        if (jsonColumns == null) {
            jsonColumns = isMariaDb()
                    ? JsonColumns.of(
                            create(), getConnection(), getInputSchemata().get(0))
                    : Set.of();
        }
        return jsonColumns;
    }

    private Record reported(ColumnDefinition column) {
        return Objects.requireNonNull(columns().get(key(column)));
    }

    private Map<Column, Record> columns() {
        if (columns == null) {
            Map<Column, Record> reported = new HashMap<>();
            create().select(
                            COLUMNS.TABLE_NAME,
                            COLUMNS.COLUMN_NAME,
                            COLUMNS.COLUMN_TYPE,
                            COLUMNS.COLLATION_NAME,
                            COLUMNS.IS_NULLABLE,
                            COLUMNS.COLUMN_DEFAULT,
                            COLUMNS.EXTRA)
                    .from(COLUMNS)
                    .where(COLUMNS.TABLE_SCHEMA.in(getInputSchemata()))
                    .forEach(found -> reported.put(new Column(found.value1(), found.value2()), found));
            columns = reported;
        }
        return columns;
    }

    private static Column key(ColumnDefinition column) {
        return new Column(column.getContainer().getName(), column.getName());
    }
}
