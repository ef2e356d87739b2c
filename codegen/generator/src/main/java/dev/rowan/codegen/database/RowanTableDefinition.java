package dev.rowan.codegen.database;

import dev.rowan.codegen.model.ColumnTraits;
import dev.rowan.codegen.model.ComputedType;
import dev.rowan.codegen.naming.EnumName;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Name;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.DSL;
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

    private static final Pattern WIDEST = Pattern.compile("(?<name>\\w+)(\\((?<precision>\\d+)(,(?<scale>\\d+))?\\))?");

    private final Function<ColumnDefinition, @Nullable String> defaults;
    private final Predicate<ColumnDefinition> isLeftOut;
    private final Predicate<ColumnDefinition> isComputed;

    /**
     * Creates a table.
     *
     * @param defaults returns the default of a column, in one notation for both servers
     * @param isLeftOut whether the sources do without a column
     * @param isComputed whether a column of a view is computed
     */
    RowanTableDefinition(
            SchemaDefinition schema,
            String name,
            String comment,
            TableType type,
            Function<ColumnDefinition, @Nullable String> defaults,
            Predicate<ColumnDefinition> isLeftOut,
            Predicate<ColumnDefinition> isComputed) {
        super(schema, name, comment, type, null);
        this.defaults = defaults;
        this.isLeftOut = isLeftOut;
        this.isComputed = isComputed;
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
        columns.replaceAll(column -> ColumnTraits.hasMembers(column) ? withOwnEnum(column) : column);
        for (ColumnDefinition column : columns) {
            var type = (DefaultDataTypeDefinition) column.getDefinedType();
            type.readonly(type.isComputed());
            type.defaultValue(defaults.apply(column));
        }
        return columns;
    }

    /** Returns the column with an enum that no other column finds: jOOQ joins the names of table and column. */
    private ColumnDefinition withOwnEnum(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        var own = new DefaultDataTypeDefinition(
                        getDatabase(),
                        getSchema(),
                        type.getType(),
                        type.getLength(),
                        type.getPrecision(),
                        type.getScale(),
                        type.isNullable(),
                        type.getDefaultValue(),
                        enumName(column))
                .generatedAlwaysAs(type.getGeneratedAlwaysAs())
                .generationOption(type.getGenerationOption());
        GenerationMode noIdentity = null;
        return new DefaultColumnDefinition(
                this, column.getName(), column.getPosition(), own, noIdentity, column.getComment());
    }

    private Name enumName(ColumnDefinition column) {
        return DSL.name(getSchema().getName(), EnumName.of(getName(), column.getName()));
    }

    /** Returns the column without default and nullability: the servers differ in them, and readers do not need them. */
    private ColumnDefinition viewColumn(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        DataTypeDefinition portable = isComputed.test(column) ? widest(column) : typeOfView(type, enumName(column));
        GenerationMode noIdentity = null;
        return new DefaultColumnDefinition(
                this, column.getName(), column.getPosition(), portable, noIdentity, column.getComment());
    }

    private DataTypeDefinition typeOfView(DataTypeDefinition type, @Nullable Name userType) {
        return typeOfView(type.getType(), type.getLength(), type.getPrecision(), type.getScale(), userType);
    }

    /** Returns the widest type of the kind of a computed column. */
    private DataTypeDefinition widest(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        String widest = ComputedType.widest(type.getType());
        if (widest.equals(type.getType())) {
            return typeOfView(type, enumName(column));
        }
        Matcher parts = WIDEST.matcher(widest);
        if (!parts.matches()) {
            throw new IllegalStateException(widest);
        }
        return typeOfView(
                parts.group("name"), null, number(parts.group("precision")), number(parts.group("scale")), null);
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text);
    }

    private DataTypeDefinition typeOfView(
            String type,
            @Nullable Number length,
            @Nullable Number precision,
            @Nullable Number scale,
            @Nullable Name userType) {
        boolean nullable = true;
        String noDefault = null;
        return new DefaultDataTypeDefinition(
                getDatabase(), getSchema(), type, length, precision, scale, nullable, noDefault, userType);
    }
}
