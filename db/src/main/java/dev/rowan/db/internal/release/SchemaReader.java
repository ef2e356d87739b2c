package dev.rowan.db.internal.release;

import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.release.ReleasedColumn.Trait;
import dev.rowan.db.internal.release.ReleasedTable.ForeignKey;
import dev.rowan.db.internal.release.ReleasedTable.Kind;
import dev.rowan.db.internal.release.ReleasedTable.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Reads a schema in words that do not depend on the product of the server. */
final class SchemaReader {

    private static final String SELECTED = " = DATABASE() AND %s NOT IN ('DATABASECHANGELOG', 'DATABASECHANGELOGLOCK')";

    private final Connection connection;
    private final ServerProduct product;
    private final ReleasedSchema schema;

    SchemaReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.product = ServerProduct.of(connection);
        this.schema = new ReleasedSchema(product.name(), nameOrder());
    }

    private Comparator<String> nameOrder() throws SQLException {
        var isCaseSensitive =
                rows("SELECT @@lower_case_table_names").get(0).get(0).equals("0");
        return isCaseSensitive ? Comparator.naturalOrder() : String.CASE_INSENSITIVE_ORDER;
    }

    ReleasedSchema read() throws SQLException {
        readTables();
        readColumns();
        readUniqueKeys();
        readForeignKeys();
        readChecks();
        return schema;
    }

    private void readTables() throws SQLException {
        var tables = rows("SELECT t.TABLE_NAME, t.TABLE_TYPE, COALESCE(v.IS_UPDATABLE, '') FROM"
                + " information_schema.TABLES t LEFT JOIN information_schema.VIEWS v ON v.TABLE_SCHEMA = t.TABLE_SCHEMA"
                + " AND v.TABLE_NAME = t.TABLE_NAME WHERE t.TABLE_SCHEMA" + SELECTED.formatted("t.TABLE_NAME"));
        for (var row : tables) {
            var kind = switch (row.get(1)) {
                case "BASE TABLE", "SYSTEM VERSIONED" -> Kind.TABLE;
                case "VIEW" -> row.get(2).equals("YES") ? Kind.VIEW : Kind.READ_ONLY_VIEW;
                default -> null; // a sequence
            };
            if (kind != null) {
                schema.tables().put(row.get(0), new ReleasedTable(row.get(0), kind));
            }
        }
    }

    private void readColumns() throws SQLException {
        // "NULL" is how MariaDB writes that a column is null by default
        var isDefault = product.isMariaDb() ? "COLUMN_DEFAULT <> 'NULL'" : "COLUMN_DEFAULT IS NOT NULL";
        var columns = rows("SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COALESCE(" + isDefault
                + ", 0), UPPER(EXTRA), COALESCE(CHARACTER_SET_NAME, ''), COALESCE(COLLATION_NAME, '') FROM"
                + " information_schema.COLUMNS WHERE TABLE_SCHEMA" + SELECTED.formatted("TABLE_NAME")
                + " ORDER BY TABLE_NAME, ORDINAL_POSITION");
        for (var row : columns) {
            var table = schema.tables().get(row.get(0));
            if (table != null) {
                table.columns().add(column(row));
            }
        }
    }

    private static ReleasedColumn column(List<String> row) {
        var traits = EnumSet.noneOf(Trait.class);
        if (row.get(3).equals("YES")) {
            traits.add(Trait.NULL);
        }
        var extra = row.get(5);
        if (extra.matches(".*(?:VIRTUAL|STORED|PERSISTENT) GENERATED.*")) {
            traits.add(Trait.GENERATED);
        } else if (!row.get(4).equals("0")) {
            traits.add(Trait.DEFAULT);
        }
        if (extra.contains("AUTO_INCREMENT")) {
            traits.add(Trait.AUTO_INCREMENT);
        }
        if (extra.contains("ON UPDATE")) {
            traits.add(Trait.ON_UPDATE);
        }
        var charset = row.get(6).equals("utf8") ? "utf8mb3" : row.get(6);
        return new ReleasedColumn(
                row.get(1), ColumnType.ofServer(row.get(2)), traits, charset, sensitivity(row.get(7)));
    }

    /** Returns what a collation heeds: the products have others, of the same kinds. */
    private static String sensitivity(String collation) {
        if (collation.isEmpty()) {
            return "";
        }
        if (collation.endsWith("bin") || collation.equals("binary")) {
            return "bin";
        }
        return (collation.contains("_as") ? "as" : "ai") + (collation.contains("_cs") ? "_cs" : "_ci");
    }

    private void readUniqueKeys() throws SQLException {
        var keys = new LinkedHashMap<String, UniqueKey>();
        for (var row : rows("SELECT TABLE_NAME, INDEX_NAME, COALESCE(COLUMN_NAME, CONCAT('an expression of ',"
                + " INDEX_NAME)), COALESCE(CONCAT('(', SUB_PART, ')'), '') FROM information_schema.STATISTICS WHERE"
                + " NON_UNIQUE = 0 AND TABLE_SCHEMA" + SELECTED.formatted("TABLE_NAME")
                + " ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX")) {
            var table = schema.tables().get(row.get(0));
            if (table != null) {
                keys.computeIfAbsent(row.get(0) + "\n" + row.get(1), name -> {
                            var key = new UniqueKey(row.get(1), new ArrayList<>());
                            table.uniqueKeys().add(key);
                            return key;
                        })
                        .parts()
                        .add(row.get(2) + row.get(3));
            }
        }
    }

    private void readForeignKeys() throws SQLException {
        var keys = new LinkedHashMap<String, ForeignKey>();
        for (var row : rows("SELECT k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_NAME,"
                + " k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE FROM information_schema.KEY_COLUMN_USAGE k"
                + " JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND"
                + " r.TABLE_NAME = k.TABLE_NAME AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME WHERE"
                + " k.REFERENCED_TABLE_NAME IS NOT NULL AND k.TABLE_SCHEMA = DATABASE()"
                + " ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION")) {
            var table = schema.tables().get(row.get(0));
            if (table != null) {
                var key = keys.computeIfAbsent(row.get(0) + "\n" + row.get(1), name -> {
                    var added = new ForeignKey(
                            row.get(1),
                            new ArrayList<>(),
                            row.get(3),
                            new ArrayList<>(),
                            rule(row.get(5)),
                            rule(row.get(6)));
                    table.foreignKeys().add(added);
                    return added;
                });
                key.columns().add(row.get(2));
                key.targetColumns().add(row.get(4));
            }
        }
    }

    /** Returns a rule in one word; the products call the default in two ways. */
    private static String rule(String rule) {
        return rule.equals("NO ACTION")
                ? "restrict"
                : rule.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private void readChecks() throws SQLException {
        var checks = product.isMariaDb()
                ? "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE"
                        + " CONSTRAINT_SCHEMA = DATABASE()"
                : "SELECT t.TABLE_NAME, t.CONSTRAINT_NAME, c.CHECK_CLAUSE FROM information_schema.TABLE_CONSTRAINTS t"
                        + " JOIN information_schema.CHECK_CONSTRAINTS c ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA"
                        + " AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME WHERE t.CONSTRAINT_TYPE = 'CHECK' AND"
                        + " t.ENFORCED = 'YES' AND t.TABLE_SCHEMA = DATABASE()";
        for (var row : rows(checks)) {
            var table = schema.tables().get(row.get(0));
            if (table != null && !isJson(table, row.get(1), row.get(2))) {
                table.checks().put(row.get(1), row.get(2));
            }
        }
    }

    /** Returns whether this is how MariaDB says that a column is JSON; if so, notes that. */
    private boolean isJson(ReleasedTable table, String name, String condition) {
        var column = table.column(name);
        if (!product.isMariaDb() || column == null || !condition.equalsIgnoreCase("json_valid(`" + name + "`)")) {
            return false;
        }
        var json = new ReleasedColumn(column.name(), ColumnType.JSON, column.traits(), "", "");
        table.columns().replaceAll(other -> other.equals(column) ? json : other);
        return true;
    }

    private List<List<String>> rows(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
