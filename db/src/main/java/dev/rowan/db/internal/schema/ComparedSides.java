package dev.rowan.db.internal.schema;

/**
 * What two schemas that are compared are called.
 *
 * @param expected the one that is right, such as {@code the changelog}
 * @param found the other, such as {@code the database}
 */
public record ComparedSides(String expected, String found) {

    static final ComparedSides CHANGELOG_AND_DATABASE = new ComparedSides("the changelog", "the database");

    String isMissing() {
        return " is missing in " + found;
    }

    String isNotExpected() {
        return " is not in " + expected;
    }

    String differs() {
        return " differs between " + expected + " and " + found;
    }

    /** Returns what something is on the one side, and on the other. */
    String both(String one, String other) {
        return one + " in " + expected + ", and " + other + " in " + found;
    }
}
