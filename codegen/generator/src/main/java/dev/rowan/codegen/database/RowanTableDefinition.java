package dev.rowan.codegen.database;

import static org.jooq.meta.mysql.information_schema.Tables.COLUMNS;

import dev.rowan.codegen.model.ColumnTraits;
import dev.rowan.codegen.model.ComputedType;
import dev.rowan.codegen.naming.EnumName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM.GenerationMode;
import org.jooq.impl.QOM.GenerationOption;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.DefaultDataTypeDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.mysql.MySQLTableDefinition;
import org.jspecify.annotations.Nullable;

/** A table or view whose column definitions are the same on MySQL and MariaDB. Its generated columns are read-only. */
final class RowanTableDefinition extends MySQLTableDefinition {

    private static final Pattern WIDEST = Pattern.compile("(?<name>\\w+)(\\((?<precision>\\d+)(,(?<scale>\\d+))?\\))?");

    /** An integer type as it was declared: its name, the display width, and whether it is unsigned. */
    private static final Pattern INTEGER =
            Pattern.compile("((?:tiny|small|medium|big)?int)(\\(\\d+\\))?( unsigned)?.*");

    private final Supplier<ColumnCatalog> catalog;
    private final Predicate<ColumnDefinition> isLeftOut;

    /**
     * Creates a table.
     *
     * @param catalog returns what is known of columns
     * @param isLeftOut whether the sources do without a column
     */
    RowanTableDefinition(
            SchemaDefinition schema,
            String name,
            String comment,
            TableType type,
            Supplier<ColumnCatalog> catalog,
            Predicate<ColumnDefinition> isLeftOut) {
        super(schema, name, comment, type, null);
        this.catalog = catalog;
        this.isLeftOut = isLeftOut;
    }

    @Override
    public List<ColumnDefinition> getElements0() {
        // jOOQ sorts the list that this method returns
        List<ColumnDefinition> columns = new ArrayList<>();
        for (Record column : catalog.get().columnsOf(this)) {
            columns.add(columnOf(column, columns.size() + 1));
        }
        columns.removeIf(isLeftOut);
        if (isView()) {
            columns.replaceAll(this::viewColumn);
            return columns;
        }
        for (ColumnDefinition column : columns) {
            var type = (DefaultDataTypeDefinition) column.getDefinedType();
            type.readonly(type.isComputed());
            type.defaultValue(catalog.get().defaultOf(column));
        }
        return columns;
    }

    private ColumnDefinition columnOf(Record reported, int position) {
        String name = reported.get(COLUMNS.COLUMN_NAME);
        String extra = reported.get(COLUMNS.EXTRA);
        GenerationOption generation = generation(extra);
        boolean isGenerated = generation != null;
        String type = typeOf(reported);
        Number precision = reported.get(COLUMNS.NUMERIC_PRECISION);
        var definedType = new DefaultDataTypeDefinition(
                        getDatabase(),
                        getSchema(),
                        type,
                        reported.get(COLUMNS.CHARACTER_MAXIMUM_LENGTH),
                        precision == null ? reported.get(COLUMNS.DATETIME_PRECISION) : precision,
                        reported.get(COLUMNS.NUMERIC_SCALE),
                        reported.get(COLUMNS.IS_NULLABLE, boolean.class),
                        isGenerated ? null : reported.get(COLUMNS.COLUMN_DEFAULT),
                        enumName(type, name))
                .generatedAlwaysAs(isGenerated ? reported.get(COLUMNS.GENERATION_EXPRESSION) : null)
                .generationOption(generation);
        GenerationMode identity = extra.equalsIgnoreCase("auto_increment") ? GenerationMode.BY_DEFAULT : null;
        return new RowanColumnDefinition(
                this, name, position, definedType, identity, reported.get(COLUMNS.COLUMN_COMMENT));
    }

    private static @Nullable GenerationOption generation(String extra) {
        return switch (extra.toUpperCase(Locale.ROOT)) {
            case "VIRTUAL GENERATED" -> GenerationOption.VIRTUAL;
            case "STORED GENERATED" -> GenerationOption.STORED;
            default -> null;
        };
    }

    /** Returns the name of a type as jOOQ has it: that of an integer is without spaces. */
    private String typeOf(Record reported) {
        if (catalog.get().isJson(this, reported.get(COLUMNS.COLUMN_NAME))) {
            return "json";
        }
        Matcher integer = INTEGER.matcher(reported.get(COLUMNS.COLUMN_TYPE).toLowerCase(Locale.ROOT));
        return integer.matches()
                ? integer.group(1)
                        + (integer.group(3) == null ? "" : "unsigned")
                        + Objects.requireNonNullElse(integer.group(2), "")
                : reported.get(COLUMNS.DATA_TYPE);
    }

    /**
     * Returns the name of the enum of an ENUM or SET column, which no other column finds: jOOQ joins the names of table
     * and column. Others have none, because jOOQ searches all enums and tables for it at each use of the column.
     */
    private @Nullable Name enumName(String type, String column) {
        return ColumnTraits.hasMembers(type) ? DSL.name(getSchema().getName(), EnumName.of(getName(), column)) : null;
    }

    /** Returns the column without default and nullability: the servers differ in them, and readers do not need them. */
    private ColumnDefinition viewColumn(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        DataTypeDefinition portable = catalog.get().isComputed(column) ? widest(column) : typeOfView(type);
        GenerationMode noIdentity = null;
        return new RowanColumnDefinition(
                this, column.getName(), column.getPosition(), portable, noIdentity, column.getComment());
    }

    private DataTypeDefinition typeOfView(DataTypeDefinition type) {
        return typeOfView(
                type.getType(), type.getLength(), type.getPrecision(), type.getScale(), type.getQualifiedUserType());
    }

    /** Returns the widest type of the kind of a computed column. */
    private DataTypeDefinition widest(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        String widest = ComputedType.widest(type.getType());
        if (widest.equals(type.getType())) {
            return typeOfView(type);
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
