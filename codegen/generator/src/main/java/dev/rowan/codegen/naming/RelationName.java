package dev.rowan.codegen.naming;

import java.util.Locale;

/**
 * The names of a relation.
 *
 * @param constant in the repository
 * @param accessor the method of the record
 * @param path the method of the table, for joins
 */
public record RelationName(String constant, String accessor, String path) {

    static RelationName of(String name) {
        String method = JavaSyntax.methodName(name);
        return new RelationName(
                JavaSyntax.constantName(name), ReservedNames.accessor(method), ReservedNames.path(method));
    }

    /** Returns the method of the record that sets the related row. */
    public String setter() {
        return "set"
                + ReservedNames.property(accessor.substring(0, 1).toUpperCase(Locale.ROOT) + accessor.substring(1));
    }
}
