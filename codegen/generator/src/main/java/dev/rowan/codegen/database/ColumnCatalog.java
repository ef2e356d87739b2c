package dev.rowan.codegen.database;

import static org.jooq.meta.mysql.information_schema.Tables.COLUMNS;
import static org.jooq.meta.mysql.information_schema.Tables.KEY_COLUMN_USAGE;

import dev.rowan.codegen.model.ColumnDeclaration;
import dev.rowan.codegen.model.ColumnDefault;
import dev.rowan.codegen.model.ColumnId;
import dev.rowan.codegen.model.ComputedType;
import java.sql.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;

/** What {@code information_schema} reports about the columns of a schema, in one notation for MySQL and MariaDB. */
final class ColumnCatalog {

    /** The types that hold bytes, or do so with the character set {@code binary}. */
    private static final Pattern BYTES = Pattern.compile("(?i)(var)?binary|enum|set");

    private final boolean mariaDb;
    private final Set<ColumnId> jsonColumns;
    private final Map<String, Result<Record>> tables;
    private final Map<ColumnId, Record> columns;
    private final Set<ColumnId> keyColumns;
    private final Set<ColumnId> computed;

    private ColumnCatalog(
            boolean mariaDb,
            Set<ColumnId> jsonColumns,
            Map<String, Result<Record>> tables,
            Set<ColumnId> keyColumns,
            Set<ColumnId> computed) {
        this.mariaDb = mariaDb;
        this.jsonColumns = jsonColumns;
        this.tables = tables;
        this.columns = new HashMap<>();
        tables.forEach((table, rows) ->
                rows.forEach(row -> columns.put(new ColumnId(table, row.get(COLUMNS.COLUMN_NAME)), row)));
        this.keyColumns = keyColumns;
        this.computed = computed;
    }

    /** Reads all columns with one query: jOOQ's own reader sends one for each table. */
    static ColumnCatalog read(DSLContext dsl, Connection connection, String schema) {
        boolean mariaDb =
                dsl.fetchSingle("select version()").get(0, String.class).contains("MariaDB");
        Set<ColumnId> json = mariaDb ? MariaDbJsonColumns.find(dsl, connection, schema) : Set.of();
        Field<?>[] attributes = {
            COLUMNS.TABLE_NAME,
            COLUMNS.COLUMN_NAME,
            COLUMNS.COLUMN_COMMENT,
            COLUMNS.COLUMN_TYPE,
            COLUMNS.DATA_TYPE,
            COLUMNS.CHARACTER_MAXIMUM_LENGTH,
            COLUMNS.NUMERIC_PRECISION,
            COLUMNS.DATETIME_PRECISION,
            COLUMNS.NUMERIC_SCALE,
            COLUMNS.COLLATION_NAME,
            COLUMNS.IS_NULLABLE,
            COLUMNS.COLUMN_DEFAULT,
            COLUMNS.GENERATION_EXPRESSION,
            COLUMNS.EXTRA
        };
        Map<String, Result<Record>> tables = dsl.select(attributes)
                .from(COLUMNS)
                .where(COLUMNS.TABLE_SCHEMA.eq(schema))
                .orderBy(COLUMNS.TABLE_NAME, COLUMNS.ORDINAL_POSITION)
                .fetchGroups(COLUMNS.TABLE_NAME);
        Set<ColumnId> keyColumns = new HashSet<>();
        dsl.select(KEY_COLUMN_USAGE.TABLE_NAME, KEY_COLUMN_USAGE.COLUMN_NAME)
                .from(KEY_COLUMN_USAGE)
                .where(KEY_COLUMN_USAGE.TABLE_SCHEMA.eq(schema))
                .and(KEY_COLUMN_USAGE.COLUMN_NAME.isNotNull())
                .forEach(column -> keyColumns.add(new ColumnId(column.value1(), column.value2())));
        return new ColumnCatalog(mariaDb, json, tables, keyColumns, ComputedColumns.find(dsl, schema));
    }

    /** Returns the columns of a table or view in their order, as {@code information_schema} describes them. */
    List<Record> columnsOf(TableDefinition table) {
        Result<Record> rows = tables.get(table.getName());
        return rows == null ? List.of() : rows;
    }

    /** Returns whether a column was declared JSON, which MariaDB reports as text. */
    boolean isJson(TableDefinition table, String column) {
        return jsonColumns.contains(new ColumnId(table.getName(), column));
    }

    /** Returns the default of a column of a table. */
    @Nullable String defaultOf(ColumnDefinition column) {
        Record reported = reported(column);
        String text = column.getDefinedType().getDefaultValue();
        String value =
                mariaDb ? ColumnDefault.ofMariaDb(text) : ColumnDefault.ofMySql(text, reported.get(COLUMNS.EXTRA));
        return value != null && holdsBytes(reported) ? ColumnDefault.EXPRESSION : value;
    }

    /**
     * Returns whether the default of a column consists of bytes. MySQL reports them in hexadecimal, and only those
     * before the first zero; MariaDB reports them as text.
     */
    private static boolean holdsBytes(Record reported) {
        String collation = reported.get(COLUMNS.COLLATION_NAME);
        return BYTES.matcher(reported.get(COLUMNS.DATA_TYPE)).matches()
                && (collation == null || collation.equals(ColumnDeclaration.NO_COLLATION));
    }

    /** Returns the {@linkplain ColumnDeclaration declaration} of a column. */
    String declarationOf(ColumnDefinition column) {
        if (column.getContainer().isView()) {
            return declaredTypeOf(column);
        }
        Record reported = reported(column);
        String type = isJson(column.getContainer(), column.getName()) ? "json" : reported.get(COLUMNS.COLUMN_TYPE);
        String text = reported.get(COLUMNS.COLUMN_DEFAULT);
        return ColumnDeclaration.ofTable(
                type,
                reported.get(COLUMNS.COLLATION_NAME),
                reported.get(COLUMNS.IS_NULLABLE, boolean.class),
                text != null && !(mariaDb && text.equals("NULL")),
                reported.get(COLUMNS.EXTRA));
    }

    /** Returns the type in the declaration of a column. */
    String declaredTypeOf(ColumnDefinition column) {
        String type = isJson(column.getContainer(), column.getName()) ? "json" : typeOf(column);
        return ColumnDeclaration.ofView(isComputed(column) ? ComputedType.widest(type) : type);
    }

    /** Returns the type of a column, with the members of an ENUM or SET column. */
    String typeOf(ColumnDefinition column) {
        return reported(column).get(COLUMNS.COLUMN_TYPE);
    }

    /** Returns whether a column of a view is computed, and not a column of a table. */
    boolean isComputed(ColumnDefinition column) {
        return computed.contains(ColumnId.of(column));
    }

    /** Returns whether a column is part of a primary, unique or foreign key. */
    boolean isInKey(ColumnDefinition column) {
        return keyColumns.contains(ColumnId.of(column));
    }

    /** Returns whether an insert may leave out a column of a table. */
    boolean canBeLeftOut(ColumnDefinition column) {
        Record reported = reported(column);
        return reported.get(COLUMNS.IS_NULLABLE, boolean.class)
                || reported.get(COLUMNS.COLUMN_DEFAULT) != null
                || !reported.get(COLUMNS.EXTRA).isEmpty();
    }

    private Record reported(ColumnDefinition column) {
        return Objects.requireNonNull(columns.get(ColumnId.of(column)));
    }
}
