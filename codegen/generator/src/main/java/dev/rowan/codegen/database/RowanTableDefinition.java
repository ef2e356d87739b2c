package dev.rowan.codegen.database;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.QOM.GenerationMode;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.DefaultColumnDefinition;
import org.jooq.meta.DefaultDataTypeDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.mysql.MySQLTableDefinition;
import org.jspecify.annotations.Nullable;

/** A table or view whose column definitions are the same on MySQL and MariaDB. Its generated columns are read-only. */
final class RowanTableDefinition extends MySQLTableDefinition {

    private final Function<ColumnDefinition, @Nullable String> defaults;
    private final Predicate<ColumnDefinition> isLeftOut;

    /**
     * Creates a table.
     *
     * @param defaults returns the default of a column, in one notation for both servers
     * @param isLeftOut whether the sources do without a column
     */
    RowanTableDefinition(
            SchemaDefinition schema,
            String name,
            String comment,
            TableType type,
            Function<ColumnDefinition, @Nullable String> defaults,
            Predicate<ColumnDefinition> isLeftOut) {
        super(schema, name, comment, type, null);
        this.defaults = defaults;
        this.isLeftOut = isLeftOut;
    }

    @Override
    public List<ColumnDefinition> getElements0() throws SQLException {
        List<ColumnDefinition> columns = super.getElements0();
        columns.removeIf(isLeftOut);
        if (isView()) {
            // in place: jOOQ sorts the list that this method returns
            columns.replaceAll(this::viewColumn);
            return columns;
        }
        for (ColumnDefinition column : columns) {
            var type = (DefaultDataTypeDefinition) column.getDefinedType();
            type.readonly(type.isComputed());
            type.defaultValue(defaults.apply(column));
        }
        return columns;
    }

    /** Returns the column without default and nullability: the servers differ in them, and readers do not need them. */
    private ColumnDefinition viewColumn(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        boolean nullable = true;
        String noDefault = null;
        var portable = new DefaultDataTypeDefinition(
                getDatabase(),
                getSchema(),
                type.getType(),
                type.getLength(),
                type.getPrecision(),
                type.getScale(),
                nullable,
                noDefault,
                type.getQualifiedUserType());
        GenerationMode noIdentity = null;
        return new DefaultColumnDefinition(
                this, column.getName(), column.getPosition(), portable, noIdentity, column.getComment());
    }
}
