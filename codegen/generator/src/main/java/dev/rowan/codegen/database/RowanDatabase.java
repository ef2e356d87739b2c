package dev.rowan.codegen.database;

import dev.rowan.codegen.config.Rules;
import dev.rowan.codegen.config.TypeRule;
import dev.rowan.codegen.model.ColumnTraits;
import dev.rowan.codegen.model.RelationCollector;
import dev.rowan.codegen.model.VersionColumns;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.TableOptions.TableType;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DefaultEnumDefinition;
import org.jooq.meta.DefaultRelations;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.mysql.MySQLDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Reads a schema so that MySQL and MariaDB, given the same changelogs, yield the same definitions. jOOQ instantiates
 * this class by name.
 *
 * <p>On MariaDB, jOOQ's own reader sees JSON columns as text, and defaults in another notation.
 */
public final class RowanDatabase extends MySQLDatabase {

    private @Nullable ColumnCatalog catalog;
    private @Nullable Rules rules;
    private @Nullable ColumnExclusions exclusions;
    private @Nullable IllegalArgumentException rejected;
    private @Nullable Map<TableDefinition, ColumnDefinition> versionColumns;

    @Override
    protected List<TableDefinition> getTables0() throws SQLException {
        List<TableDefinition> tables = super.getTables0();
        tables.replaceAll(table -> new RowanTableDefinition(
                table.getSchema(),
                table.getName(),
                table.getComment(),
                table.isView() ? TableType.VIEW : TableType.TABLE,
                this::catalog,
                this::isLeftOut));
        return tables;
    }

    private boolean isLeftOut(ColumnDefinition column) {
        return exclusions().test(column);
    }

    /**
     * Checks that the user may see all of the schema, and that each line of the configuration suits it.
     *
     * @throws IllegalArgumentException if the user may not, or if a line matches nothing or asks for what cannot be
     */
    public void requireRulesApply() {
        catalog(); // jOOQ would log its exception, for each column, and go on
        List<TableDefinition> tables = getTables(getSchemata().get(0));
        tables.forEach(this::requireColumns);
        exclusions().requireSuitable();
        tables.forEach(RowanDatabase::requireColumnsLeft);
        tables.forEach(TableDefinition::getUniqueKeys);
        if (rejected != null) {
            throw rejected;
        }
        versionColumns();
        RelationCollector.requireRulesApply(rules().relations(), tables);
    }

    /** Checks that the server reports columns of a table or view: it reports none of a view that it cannot run. */
    private void requireColumns(TableDefinition table) {
        if (catalog().columnsOf(table).isEmpty()) {
            throw new IllegalArgumentException("No column of " + table.getName() + " can be read"
                    + reasonOfServer(table.getName()) + ". Fix it, drop it, or exclude it.");
        }
    }

    private String reasonOfServer(String table) {
        try (var statement = getConnection().createStatement()) {
            statement.executeQuery("SHOW COLUMNS FROM `" + table.replace("`", "``") + "`");
            return "";
        } catch (SQLException e) {
            return " with the settings that a service's session has: " + e.getMessage() + " (" + e.getErrorCode() + ")";
        }
    }

    private static void requireColumnsLeft(TableDefinition table) {
        if (table.getColumns().isEmpty()) {
            throw new IllegalArgumentException(
                    "All columns of " + table.getName() + " are left out. Exclude it instead.");
        }
    }

    private ColumnExclusions exclusions() {
        if (exclusions == null) {
            exclusions = new ColumnExclusions(
                    rules().types().stream().filter(TypeRule::leavesOut).toList(), catalog());
        }
        return exclusions;
    }

    /** Returns an enum for each ENUM and each SET column. */
    @Override
    protected List<EnumDefinition> getEnums0() {
        return getSchemata().stream()
                .flatMap(schema -> getTables(schema).stream())
                .flatMap(table -> table.getColumns().stream())
                .filter(ColumnTraits::hasMembers)
                .map(this::enumOf)
                .toList();
    }

    private EnumDefinition enumOf(ColumnDefinition column) {
        var members = new DefaultEnumDefinition(
                column.getSchema(), column.getDefinedType().getUserType(), column.getComment(), true);
        ColumnMembers.read(create(), column, catalog().typeOf(column)).forEach(members::addLiteral);
        return members;
    }

    /** Returns the indexes in an order of its own: servers sort the names of tables in different ways. */
    @Override
    protected List<IndexDefinition> getIndexes0() throws SQLException {
        List<IndexDefinition> indexes = super.getIndexes0();
        indexes.sort(Comparator.comparing(index -> index.getTable().getName()));
        return indexes;
    }

    @Override
    protected void loadUniqueKeys(DefaultRelations relations) throws SQLException {
        var keys = new KeyReader();
        super.loadUniqueKeys(keys);
        keys.addTo(relations);
        try {
            KeyReader.addConfigured(rules().keys(), getTables(getSchemata().get(0)), relations);
        } catch (IllegalArgumentException e) {
            // jOOQ would log it and go on
            rejected = e;
        }
    }

    @Override
    protected void loadForeignKeys(DefaultRelations relations) {
        SchemaDefinition schema = getSchemata().get(0);
        try {
            new ForeignKeyReader(create(), schema.getInputName(), name -> getTable(schema, name)).addTo(relations);
        } catch (IllegalArgumentException e) {
            // jOOQ would log it and go on
            rejected = e;
        }
    }

    /** Returns the version column of a table. */
    public Optional<ColumnDefinition> versionColumnOf(TableDefinition table) {
        return Optional.ofNullable(versionColumns().get(table));
    }

    private Map<TableDefinition, ColumnDefinition> versionColumns() {
        if (versionColumns == null) {
            versionColumns = new VersionColumns(rules())
                    .of(getTables(getSchemata().get(0))).stream()
                            .collect(Collectors.toMap(ColumnDefinition::getContainer, column -> column));
        }
        return versionColumns;
    }

    /** Returns the declaration of a column, which core compares with the one in a live database. */
    public String declarationOf(ColumnDefinition column) {
        return catalog().declarationOf(column);
    }

    /** Returns the SQL type of a column, in MySQL's notation. */
    public String typeOf(ColumnDefinition column) {
        return catalog().declaredTypeOf(column);
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
