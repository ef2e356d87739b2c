package dev.rowan.db.internal.migration;

import java.util.Locale;
import liquibase.database.Database;
import liquibase.database.core.MySQLDatabase;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.BooleanType;
import org.jspecify.annotations.Nullable;

/**
 * The type {@code boolean} of a changeset in YAML, XML or JSON: {@code TINYINT(1)}, as MySQL itself reads {@code
 * BOOLEAN}. Liquibase's own type is {@code TINYINT}, which nothing tells from a small number. Liquibase finds this
 * class as a service.
 */
@DataTypeInfo(
        name = "boolean",
        aliases = {"java.sql.Types.BOOLEAN", "java.lang.Boolean", "bit", "bool"},
        minParameters = 0,
        maxParameters = 0,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class BooleanColumnType extends BooleanType {

    /** Called by Liquibase. */
    public BooleanColumnType() {}

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        @Nullable String definition = getRawDefinition();
        boolean isBit = definition != null
                && definition.strip().toLowerCase(Locale.ROOT).startsWith("bit");
        return database instanceof MySQLDatabase && !isBit
                ? new DatabaseDataType("TINYINT", 1)
                : super.toDatabaseDataType(database);
    }
}
