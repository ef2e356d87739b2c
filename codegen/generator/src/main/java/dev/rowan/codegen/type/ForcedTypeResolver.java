package dev.rowan.codegen.type;

import dev.rowan.codegen.config.TypeRule;
import dev.rowan.codegen.model.ColumnTraits;
import dev.rowan.codegen.naming.CoreTypes;
import dev.rowan.codegen.naming.JavaSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.jaxb.ForcedType;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the Java types of single columns: the configured ones, and the enums of SET columns.
 *
 * @param rules the configured types, without those that leave columns out
 * @param names names the enums
 */
public record ForcedTypeResolver(List<TypeRule> rules, GeneratorStrategy names) {

    private static final Pattern TEXT = Pattern.compile("(?i:enum|(var)?char|(tiny|medium|long)?text)");

    /** Takes precedence over the types that hold for all columns of a SQL type. */
    private static final int COLUMN_PRIORITY = 1;

    /**
     * Returns the types of all columns that have one of their own.
     *
     * @throws IllegalArgumentException if a configured type matches no column, or does not suit the column that it
     *     matches
     */
    public List<ForcedType> resolve(List<TableDefinition> tables) {
        List<ColumnDefinition> columns =
                tables.stream().flatMap(table -> table.getColumns().stream()).toList();
        for (TypeRule rule : rules) {
            if (rule.isOfSqlType() && columns.stream().noneMatch(column -> matchesType(rule, column))) {
                throw rule.line()
                        .rejected("matches no column. A SQL type is written as in the database: type int unsigned,"
                                + " type decimal\\(12,2\\), type decimal.*");
            }
            if (!rule.isOfSqlType() && columns.stream().noneMatch(column -> matches(rule, column))) {
                throw rule.line()
                        .rejected("matches no column. Columns are matched as table.column, or by their name alone.");
            }
        }
        List<ForcedType> types = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            resolve(column)
                    .ifPresent(type -> types.add(type.withPriority(COLUMN_PRIORITY)
                            .withIncludeExpression("(?-i:" + Pattern.quote(column.getQualifiedName()) + ")")));
        }
        return types;
    }

    private Optional<ForcedType> resolve(ColumnDefinition column) {
        return only(rules.stream().filter(rule -> matches(rule, column)), column)
                .or(() -> only(rules.stream().filter(rule -> matchesType(rule, column)), column))
                .map(rule -> mapped(rule, column))
                .or(() -> ColumnTraits.isSet(column) ? Optional.of(setOf(column)) : Optional.empty());
    }

    private static Optional<TypeRule> only(Stream<TypeRule> matching, ColumnDefinition column) {
        return matching.reduce((one, other) -> {
            throw other.line().contradicts(one.line(), ColumnTraits.displayName(column));
        });
    }

    private static boolean matches(TypeRule rule, ColumnDefinition column) {
        return rule.matches(column.getContainer().getName(), column.getName());
    }

    private static boolean matchesType(TypeRule rule, ColumnDefinition column) {
        return rule.matchesType(ColumnTraits.sqlType(column));
    }

    private ForcedType mapped(TypeRule rule, ColumnDefinition column) {
        String converter = rule.converter();
        return converter == null ? builtIn(rule, column) : converted(rule, converter, column);
    }

    /** Returns a type with the configured binding, or with the converter on top of the column's default type. */
    private static ForcedType converted(TypeRule rule, String converter, ColumnDefinition column) {
        if (ColumnTraits.isJson(column) && !rule.isBinding()) {
            return new ForcedType()
                    .withUserType(rule.javaType())
                    .withBinding(DefaultForcedTypes.jsonBinding("new %s()".formatted(converter)));
        }
        @Nullable ForcedType base = column.getDatabase().getConfiguredForcedType(column, column.getDefinedType());
        var forced = new ForcedType().withUserType(rule.javaType());
        if (base != null) {
            forced.withName(base.getName()).withBinding(base.getBinding());
        }
        return rule.isBinding() ? forced.withBinding(converter) : forced.withConverter(converter);
    }

    /** Returns a type for which core has a converter. */
    private ForcedType builtIn(TypeRule rule, ColumnDefinition column) {
        DataTypeDefinition data = column.getDefinedType();
        String javaType = rule.javaType();
        var forced = new ForcedType().withUserType(javaType);
        if (ColumnTraits.isJson(column)) {
            return forced.withBinding(
                    DefaultForcedTypes.jsonBinding("new %s<%s>() {}".formatted(CoreTypes.JSON_CONVERTER, javaType)));
        }
        String displayName = ColumnTraits.displayName(column);
        if (TEXT.matcher(data.getType()).matches() && !javaType.startsWith("java.")) {
            String from = data.getType().equalsIgnoreCase("enum") ? enumOf(column) : "java.lang.String";
            return forced.withConverter("new %1$s<%2$s, %3$s>(%4$s, %2$s.class, %3$s.class)"
                    .formatted(CoreTypes.ENUM_CONVERTER, from, javaType, JavaSyntax.stringLiteral(displayName)));
        }
        String name = ColumnTraits.sqlType(column);
        return switch (name + " = " + javaType) {
            case "time = java.time.LocalTime" -> new ForcedType().withName("LOCALTIME(" + data.getPrecision() + ")");
            case "tinyint(1) = java.lang.Byte" -> new ForcedType().withName("TINYINT");
            case "tinyint = java.lang.Boolean" -> DefaultForcedTypes.booleanType();
            case "tinyint unsigned = java.lang.Short" -> new ForcedType().withName("SMALLINT");
            case "tinyint unsigned = java.lang.Integer",
                    "smallint unsigned = java.lang.Integer",
                    "mediumint unsigned = java.lang.Integer",
                    "int unsigned = java.lang.Integer" -> new ForcedType().withName("INTEGER");
            case "tinyint unsigned = java.lang.Long",
                    "smallint unsigned = java.lang.Long",
                    "mediumint unsigned = java.lang.Long",
                    "int unsigned = java.lang.Long",
                    "bigint unsigned = java.lang.Long" -> new ForcedType().withName("BIGINT");
            case "binary(16) = java.util.UUID" -> forced.withConverter(CoreTypes.UUID_CONVERTER);
            default ->
                throw rule.line()
                        .rejected(
                                "needs a converter, because %s is of the type %s. Add one: %s by com.example.MyConverter"
                                        .formatted(
                                                displayName,
                                                name.toUpperCase(Locale.ROOT),
                                                rule.line().text()));
        };
    }

    private ForcedType setOf(ColumnDefinition column) {
        String type = enumOf(column);
        return new ForcedType()
                .withUserType("java.util.Set<" + type + ">")
                .withConverter("new %s<>(%s.class)".formatted(CoreTypes.SET_CONVERTER, type));
    }

    /** Returns the enum that is generated for an ENUM or SET column. */
    private String enumOf(ColumnDefinition column) {
        EnumDefinition literals = column.getDatabase()
                .getEnum(column.getSchema(), column.getDefinedType().getQualifiedUserType());
        return names.getFullJavaClassName(literals, Mode.ENUM);
    }
}
