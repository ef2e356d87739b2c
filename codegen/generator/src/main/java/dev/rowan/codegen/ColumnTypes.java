package dev.rowan.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.jaxb.ForcedType;

/** The Java types of single columns: those that the user chose, and those of SET columns, of an enum each. */
record ColumnTypes(List<UserType> chosen, GeneratorStrategy names) {

    private static final Pattern TEXT = Pattern.compile("(?i:enum|(var)?char|(tiny|medium|long)?text)");

    /** Comes before what holds for all columns of a type. */
    private static final int FIRST = 1;

    /** @throws IllegalArgumentException if a type that the user chose cannot be given */
    List<ForcedType> of(List<TableDefinition> tables) {
        List<ColumnDefinition> columns =
                tables.stream().flatMap(table -> table.getColumns().stream()).toList();
        for (UserType type : chosen) {
            if (columns.stream().noneMatch(type::matches)) {
                throw type.refused("matches no column. Columns are matched as table.column, or by their name alone.");
            }
        }
        List<ForcedType> types = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            of(column)
                    .ifPresent(type -> types.add(
                            type.withPriority(FIRST).withIncludeExpression(Pattern.quote(column.getQualifiedName()))));
        }
        return types;
    }

    private Optional<ForcedType> of(ColumnDefinition column) {
        return chosen.stream()
                .filter(type -> type.matches(column))
                .reduce((one, other) -> {
                    throw one.refused("matches %s, and so does <type>%s</type>. Let one line match each column."
                            .formatted(UserType.name(column), other.line()));
                })
                .map(type -> type.by() == null ? byItself(type, column) : by(type, column))
                .or(() -> RowanDatabase.isSet(column) ? Optional.of(setOf(column)) : Optional.empty());
    }

    /** Puts the user's converter on top of how the column travels without it; a binding is in the place of that. */
    private static ForcedType by(UserType type, ColumnDefinition column) {
        if (isJson(column) && !type.isBinding()) {
            return new ForcedType()
                    .withUserType(type.javaType())
                    .withBinding(CoreTypes.jsonBinding("new %s()".formatted(type.by())));
        }
        ForcedType without = column.getDatabase().getConfiguredForcedType(column, column.getDefinedType());
        var forced = new ForcedType().withUserType(type.javaType());
        if (without != null) {
            forced.withName(without.getName()).withBinding(without.getBinding());
        }
        return type.isBinding() ? forced.withBinding(type.by()) : forced.withConverter(type.by());
    }

    private static boolean isJson(ColumnDefinition column) {
        return column.getDefinedType().getType().equalsIgnoreCase("json");
    }

    /** Returns the type of a column that needs no converter of the user's to be of it. */
    private ForcedType byItself(UserType type, ColumnDefinition column) {
        DataTypeDefinition data = column.getDefinedType();
        String javaType = type.javaType();
        var forced = new ForcedType().withUserType(javaType);
        if (isJson(column)) {
            return forced.withBinding(
                    CoreTypes.jsonBinding("new %s<%s>() {}".formatted(CoreTypes.JSON_CONVERTER, javaType)));
        }
        if (TEXT.matcher(data.getType()).matches() && !javaType.startsWith("java.")) {
            String from = data.getType().equalsIgnoreCase("enum") ? enumOf(column) : "java.lang.String";
            return forced.withConverter("new %1$s<%2$s, %3$s>(%4$s, %2$s.class, %3$s.class)"
                    .formatted(
                            CoreTypes.ENUM_CONVERTER, from, javaType, RowanGenerator.literal(UserType.name(column))));
        }
        String name = data.getType().toLowerCase(Locale.ROOT);
        if (name.equals("binary")) {
            name += "(" + data.getLength() + ")";
        }
        return switch (name + " = " + javaType) {
            case "time = java.time.LocalTime" -> new ForcedType().withName("LOCALTIME(" + data.getPrecision() + ")");
            case "tinyint(1) = java.lang.Byte" -> new ForcedType().withName("TINYINT");
            case "binary(16) = java.util.UUID" -> forced.withConverter(CoreTypes.UUID_CONVERTER);
            default ->
                throw type.refused("needs a converter, as %s is of the type %s. Name one: %s by com.example.MyConverter"
                        .formatted(UserType.name(column), name.toUpperCase(Locale.ROOT), type.line()));
        };
    }

    private ForcedType setOf(ColumnDefinition column) {
        String type = enumOf(column);
        return new ForcedType()
                .withUserType("java.util.Set<" + type + ">")
                .withConverter("new %s<>(%s.class)".formatted(CoreTypes.SET_CONVERTER, type));
    }

    /** Returns the class of the literals of an ENUM or SET column. */
    private String enumOf(ColumnDefinition column) {
        EnumDefinition literals = column.getDatabase()
                .getEnum(column.getSchema(), column.getDefinedType().getQualifiedUserType());
        return names.getFullJavaClassName(literals, Mode.ENUM);
    }
}
