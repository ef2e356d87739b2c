package dev.rowan.codegen;

import java.sql.SQLException;
import java.util.List;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.QOM.GenerationMode;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.DefaultColumnDefinition;
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
        if (isView()) {
            // jOOQ sorts the list that it is given
            columns.replaceAll(this::ofView);
            return columns;
        }
        for (ColumnDefinition column : columns) {
            var type = (DefaultDataTypeDefinition) column.getDefinedType();
            type.readonly(type.isComputed());
            type.defaultValue(((RowanDatabase) getDatabase()).defaultOf(column));
        }
        return columns;
    }

    /** Leaves out what the servers disagree on, and nobody needs who only reads: defaults, and which is not null. */
    private ColumnDefinition ofView(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        boolean nullable = true;
        String noDefault = null;
        var anew = new DefaultDataTypeDefinition(
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
                this, column.getName(), column.getPosition(), anew, noIdentity, column.getComment());
    }
}
