package dev.rowan.codegen.naming;

import static org.jooq.tools.StringUtils.toCamelCaseLC;

import java.util.Locale;
import javax.lang.model.SourceVersion;

/** Legal Java identifiers and string literals for texts from a schema. */
public final class JavaSyntax {

    private JavaSyntax() {}

    /** Returns the text as a Java string literal, in quotes. */
    public static String stringLiteral(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Returns a type with a type annotation: before its simple name, or before the brackets of an array. */
    public static String annotated(String type, String annotation) {
        if (type.endsWith("[]")) {
            return type.substring(0, type.length() - 2) + " " + annotation + " []";
        }
        int arguments = type.indexOf('<');
        int name = type.lastIndexOf('.', arguments < 0 ? type.length() : arguments) + 1;
        return type.substring(0, name) + annotation + " " + type.substring(name);
    }

    /** Returns the name of a constant: {@code ORDERS_BY_APPROVER} for {@code orders_by_approver}. */
    public static String constantName(String snakeCase) {
        return identifier(snakeCase.toUpperCase(Locale.ROOT));
    }

    /** Returns the name of a method: {@code ordersByApprover} for {@code orders_by_approver}. */
    public static String methodName(String snakeCase) {
        return identifier(toCamelCaseLC(snakeCase.replaceAll("\\W+", "_")));
    }

    private static String identifier(String name) {
        String legal = name.replaceAll("\\P{javaJavaIdentifierPart}+", "_");
        if (!Character.isJavaIdentifierStart(legal.charAt(0))) {
            legal = "_" + legal;
        }
        return SourceVersion.isKeyword(legal) ? legal + "_" : legal;
    }
}
