package dev.rowan.codegen.database;

import org.jooq.impl.QOM.GenerationMode;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.DefaultColumnDefinition;
import org.jooq.meta.JavaTypeResolver;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;

/** A column of which the Java type is found once. jOOQ searches the forced types again for each source file. */
final class RowanColumnDefinition extends DefaultColumnDefinition {

    RowanColumnDefinition(
            TableDefinition table,
            String name,
            int position,
            DataTypeDefinition definedType,
            @Nullable GenerationMode identity,
            String comment) {
        super(table, name, position, definedType, identity, comment);
    }

    /** Returns the type, which is the same in all files: Rowan's forced types refer to classes by their full names. */
    @Override
    public DataTypeDefinition getType(JavaTypeResolver resolver) {
        return getType();
    }
}
