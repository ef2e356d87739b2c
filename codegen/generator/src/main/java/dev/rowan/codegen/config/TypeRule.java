package dev.rowan.codegen.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The Java type of columns: {@code .*\.total = com.example.Money by com.example.MoneyConverter}; of all columns of a
 * SQL type: {@code type int unsigned = java.lang.Long}; or none, to leave columns out: {@code users.legacy = none}.
 *
 * @param isOfSqlType whether the rule is about all columns of a SQL type; a rule about columns takes precedence
 * @param what matches {@code table.column}, or the column's name alone, or the SQL type, in any case
 * @param javaType fully qualified, with its type arguments; empty to leave the columns out
 * @param converter the class of a jOOQ converter or binding; null to use the converter of the column's own type
 * @param isBinding whether that class is a binding
 */
public record TypeRule(
        RuleLine line,
        boolean isOfSqlType,
        Pattern what,
        String javaType,
        @Nullable String converter,
        boolean isBinding) {

    private static final Pattern VALUE =
            Pattern.compile("(?<type>.+?)(\\s+by\\s+(?<kind>binding\\s+)?(?<converter>\\S+))?");

    private static final Pattern SQL_TYPE = Pattern.compile("(?i)type\\s+(?<type>.+)");

    static TypeRule of(RuleLine line) {
        Matcher sqlType = SQL_TYPE.matcher(line.what());
        boolean isOfSqlType = sqlType.matches();
        Pattern what = RegularExpression.ofLine(line, isOfSqlType ? sqlType.group("type") : line.what());
        if (line.value().equals(Rules.NONE)) {
            if (isOfSqlType) {
                throw line.malformed("only columns can be left out, not all those of a SQL type");
            }
            return new TypeRule(line, false, what, "", null, false);
        }
        Matcher matcher = VALUE.matcher(line.value());
        if (!matcher.matches()) {
            throw line.malformed("a value is a type, or: type by converter");
        }
        String type = matcher.group("type").replaceAll("\\s*([<>,])\\s*", "$1");
        if (!isType(type)) {
            throw line.malformed("\"" + type + "\" is not a fully qualified Java type");
        }
        String converter = matcher.group("converter");
        if (converter != null && !isQualified(converter)) {
            throw line.malformed("\"" + converter + "\" is not a fully qualified Java class");
        }
        return new TypeRule(line, isOfSqlType, what, type, converter, matcher.group("kind") != null);
    }

    /** Returns whether the text is a qualified name and its type arguments are qualified types too. */
    private static boolean isType(String text) {
        String shape = text.replaceAll("[^<>,]+", "T");
        for (String before = ""; !before.equals(shape); ) {
            before = shape;
            shape = shape.replaceAll("T<T(,T)*>", "T");
        }
        return shape.equals("T") && Stream.of(text.split("[<>,]+")).allMatch(TypeRule::isQualified);
    }

    private static boolean isQualified(String name) {
        return name.contains(".") && SourceVersion.isName(name);
    }

    /** Returns whether the rule leaves columns out of the sources. */
    public boolean leavesOut() {
        return javaType.isEmpty();
    }

    /** Returns whether the rule is about a column, by its name. */
    public boolean matches(String table, String column) {
        return !isOfSqlType
                && (what.matcher(column).matches()
                        || what.matcher(table + "." + column).matches());
    }

    /** Returns whether the rule is about a SQL type. */
    public boolean matchesType(String sqlType) {
        return isOfSqlType && what.matcher(sqlType).matches();
    }
}
