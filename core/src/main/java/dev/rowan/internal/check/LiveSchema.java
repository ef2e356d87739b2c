package dev.rowan.internal.check;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.ColumnDeclaration;
import dev.rowan.internal.statement.SqlCommand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jooq.SQLDialect;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The tables, columns and keys of a live schema that its user sees. They are read in a fixed number of statements,
 * however many tables there are, from those views of the information schema that show everything to a read-only user.
 */
public final class LiveSchema {

    /** A column, and its position, which counts from 1. */
    record LiveColumn(String name, int position, ColumnDeclaration declaration) {}

    /** A table or view. The names of columns and keys are case-insensitive. */
    record LiveTable(
            String name,
            boolean isView,
            Map<String, LiveColumn> columns,
            Map<String, KeyDefinition> keys,
            Map<String, KeyDefinition> references) {}

    private static final String DATABASE = "select database(), @@lower_case_table_names";
    private static final String TABLES =
            "select TABLE_NAME, TABLE_TYPE from information_schema.TABLES where TABLE_SCHEMA = ?";
    private static final String COLUMNS =
            "select TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE, COLLATION_NAME,"
                    + " IS_NULLABLE, COLUMN_DEFAULT, EXTRA from information_schema.COLUMNS where TABLE_SCHEMA = ?"
                    + " order by TABLE_NAME, ORDINAL_POSITION";
    /** MariaDB shows no TABLE_CONSTRAINTS to a read-only user. */
    private static final String KEYS = "select TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_NAME,"
            + " REFERENCED_COLUMN_NAME from information_schema.KEY_COLUMN_USAGE where TABLE_SCHEMA = ?"
            // the classes have no keys to tables of another database
            + " and (REFERENCED_TABLE_SCHEMA is null or REFERENCED_TABLE_SCHEMA = TABLE_SCHEMA)"
            + " order by TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION";
    /** Unique keys with an expression among their columns; the classes have none of them. MariaDB has no such keys. */
    private static final String EXPRESSION_KEYS =
            "select distinct TABLE_NAME, INDEX_NAME from information_schema.STATISTICS"
                    + " where TABLE_SCHEMA = ? and COLUMN_NAME is null";
    /** A separate statement: a join with the keys takes MySQL 20 seconds for 500 tables. */
    private static final String RULES = "select TABLE_NAME, CONSTRAINT_NAME, DELETE_RULE"
            + " from information_schema.REFERENTIAL_CONSTRAINTS where CONSTRAINT_SCHEMA = ?";
    /** MariaDB stores JSON as a LONGTEXT with a check, which a user with privileges on single tables does not see. */
    private static final String CHECKS =
            "select TABLE_NAME, CHECK_CLAUSE from information_schema.CHECK_CONSTRAINTS where CONSTRAINT_SCHEMA = ?";

    /** The check of a JSON column. The quotes depend on the session's sql_mode, which may be a wrong one. */
    private static final Pattern JSON_CHECK = Pattern.compile("json_valid\\(([`\"])(.+)\\1\\)");

    private final Executor executor;
    private final String name;
    private final boolean isMariaDb;
    private final List<@Nullable String[]> checks;
    private final Map<String, LiveTable> tables;

    /**
     * Reads the schema of a name, or the connection's own schema if the name is empty.
     *
     * @throws IllegalStateException if the name is empty, and the connection has no schema
     */
    public LiveSchema(Executor executor, String name) {
        this.executor = executor;
        this.isMariaDb = executor.statements().configuration().family() == SQLDialect.MARIADB;
        var server = rows(DATABASE, new BindValues()).get(0);
        this.name = name.isEmpty() ? Optional.ofNullable(server[0]).orElseThrow(LiveSchema::noDatabase) : name;
        this.tables = new TreeMap<>("0".equals(server[1]) ? Comparator.naturalOrder() : String.CASE_INSENSITIVE_ORDER);
        this.checks = isMariaDb ? rows(CHECKS) : List.of();
        readTables();
        readColumns();
        readKeys();
    }

    /** Returns the name of the schema. */
    public String name() {
        return name;
    }

    /** Returns the tables and views by name; case-insensitive if the server's names are. */
    Map<String, LiveTable> tables() {
        return tables;
    }

    /** Returns whether a text column may be JSON: no check is visible, as there is none, or the user sees none. */
    boolean mayHideJson() {
        return isMariaDb && checks.isEmpty();
    }

    private void readTables() {
        for (var row : rows(TABLES)) {
            tables.put(
                    text(row[0]),
                    new LiveTable(
                            text(row[0]),
                            text(row[1]).contains("VIEW"),
                            caseInsensitive(),
                            caseInsensitive(),
                            caseInsensitive()));
        }
    }

    private void readColumns() {
        var json = jsonColumns();
        for (var row : rows(COLUMNS)) {
            var table = tables.get(text(row[0]));
            if (table == null) {
                // created since the tables were read
                continue;
            }
            var column = text(row[1]);
            var declaration = ColumnDeclaration.live(
                    json.contains(List.of(table.name(), column)) ? "json" : text(row[3]),
                    row[4],
                    text(row[5]).equals("YES"),
                    row[6] != null && !(isMariaDb && row[6].equals("NULL")),
                    text(row[7]));
            table.columns().put(column, new LiveColumn(column, Integer.parseInt(text(row[2])), declaration));
        }
    }

    private Set<List<String>> jsonColumns() {
        var columns = new HashSet<List<String>>();
        for (var row : checks) {
            var check = JSON_CHECK.matcher(text(row[1]));
            if (check.matches()) {
                columns.add(List.of(
                        text(row[0]), check.group(2).replace(check.group(1).repeat(2), check.group(1))));
            }
        }
        return columns;
    }

    private void readKeys() {
        var rules = new HashMap<List<String>, String>();
        for (var row : rows(RULES)) {
            rules.put(List.of(text(row[0]), text(row[1])), KeyDefinition.ruleOf(text(row[2])));
        }
        for (var row : rows(KEYS)) {
            var table = tables.get(text(row[0]));
            if (table == null || (isMariaDb && !table.columns().containsKey(text(row[2])))) {
                // a column that no table lists ends each key of a table WITH SYSTEM VERSIONING
                continue;
            }
            var key = text(row[1]);
            var target = Objects.requireNonNullElse(row[3], "");
            var found = (target.isEmpty() ? table.keys() : table.references())
                    .computeIfAbsent(
                            key,
                            name -> new KeyDefinition(
                                    name,
                                    new ArrayList<>(),
                                    target,
                                    new ArrayList<>(),
                                    target.isEmpty() ? "" : rules.getOrDefault(List.of(table.name(), key), "")));
            found.columns().add(text(row[2]));
            if (row[4] != null) {
                found.targetColumns().add(row[4]);
            }
        }
        tables.values().forEach(LiveSchema::removeRepeatedPrimaryKey);
        if (!isMariaDb) {
            for (var row : rows(EXPRESSION_KEYS)) {
                var table = tables.get(text(row[0]));
                if (table != null) {
                    table.keys().remove(text(row[1]));
                }
            }
        }
    }

    /** Removes unique keys of the primary key's columns, which the classes leave out: SERIAL makes one on MySQL. */
    private static void removeRepeatedPrimaryKey(LiveTable table) {
        var primary = table.keys().get(KeyDefinition.PRIMARY);
        if (primary != null) {
            table.keys().values().removeIf(key -> !key.equals(primary) && key.hasColumnsOf(primary));
        }
    }

    private List<@Nullable String[]> rows(String text) {
        return rows(text, new BindValues().add(Codec.of(SQLDataType.VARCHAR), name));
    }

    private List<@Nullable String[]> rows(String text, BindValues binds) {
        return executor.run(SqlCommand.list(null, text, binds, row -> {
            var values = new @Nullable String[row.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getString(i + 1);
            }
            return values;
        }));
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static <V> Map<String, V> caseInsensitive() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static IllegalStateException noDatabase() {
        return new IllegalStateException("The URL names no database. Add it: jdbc:mysql://host:3306/shop");
    }
}
