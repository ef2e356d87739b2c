package dev.rowan.db.internal.release;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the classes that are generated from a schema rely on.
 *
 * @param product the product of the server that it was read from: it gives names to checks that have none
 */
public record ReleasedSchema(String product, Map<String, ReleasedTable> tables) {

    /** @param nameOrder the order of its tables, in which equal names are those of one table */
    ReleasedSchema(String product, Comparator<String> nameOrder) {
        this(product, new TreeMap<>(nameOrder));
    }

    /** Reads that of a connection's database, without the tables of Liquibase. */
    public static ReleasedSchema read(Connection connection) throws SQLException {
        return new SchemaReader(connection).read();
    }

    /**
     * Reads the text of a file.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException if it is no such text
     */
    public static ReleasedSchema parse(String file, String text) {
        return ReleaseFile.read(file, text);
    }

    /** Removes the tables and columns that the classes do not have. */
    public void retain(Predicate<String> tablesOfClasses, BiPredicate<String, String> columnsOfClasses) {
        tables.keySet().removeIf(tablesOfClasses.negate());
        tables.values()
                .forEach(table ->
                        table.columns().removeIf(column -> !columnsOfClasses.test(table.name(), column.name())));
    }

    /** Returns the text of its file: the same for the same schema. */
    public String text() {
        return ReleaseFile.write(this);
    }

    /** Returns what in a later schema the classes do not work with: what is silent comes first. */
    public List<Break> breaks(ReleasedSchema later) {
        return new ReleaseComparison(this, later).breaks();
    }

    /** Returns the names of the tables that are views in a later schema. */
    public List<String> replacedByViews(ReleasedSchema later) {
        return tables.values().stream()
                .filter(table -> !table.isView())
                .map(ReleasedTable::name)
                .filter(name -> {
                    var now = later.table(name);
                    return now != null && now.isView();
                })
                .toList();
    }

    /**
     * Returns what of the release's writes the server refuses because a view is in place of a table.
     *
     * @param later the schema of the connection's database, in which nothing stays written
     */
    public List<Break> refusedByViews(ReleasedSchema later, Connection connection) throws SQLException {
        return new ViewWrites(connection).refused(this, later);
    }

    /** Returns the table that the server takes for this name; null if there is none. */
    @Nullable ReleasedTable table(String name) {
        return tables.get(name);
    }
}
