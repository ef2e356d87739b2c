package dev.rowan.codegen;

import java.sql.SQLException;
import java.util.List;
import org.jooq.TableOptions.TableType;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DefaultDataTypeDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.mysql.MySQLTableDefinition;

/** A table or view whose columns read the same from MySQL and from MariaDB, and whose generated ones are read-only. */
final class RowanTable extends MySQLTableDefinition {

    RowanTable(SchemaDefinition schema, String name, String comment, TableType type) {
        super(schema, name, comment, type, null);
    }

    @Override
    public List<ColumnDefinition> getElements0() throws SQLException {
        List<ColumnDefinition> columns = super.getElements0();
        var database = (RowanDatabase) getDatabase();
        for (ColumnDefinition column : columns) {
            var type = (DefaultDataTypeDefinition) column.getDefinedType();
            type.readonly(type.isComputed());
            // a view's column shows the default of the column behind it, which nobody inserts through a view
            type.defaultValue(isView() ? null : database.defaultOf(column));
        }
        return columns;
    }
}
