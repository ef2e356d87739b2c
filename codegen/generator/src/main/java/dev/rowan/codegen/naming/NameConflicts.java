package dev.rowan.codegen.naming;

import dev.rowan.codegen.config.NameRule;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the names that two objects of the database would both have, and how to give one of them another. */
final class NameConflicts {

    /**
     * What has a name.
     *
     * @param kind of the object in the database, or of the relation
     * @param path the object in a line of the configuration
     * @param value the value of that line, in which a new name stands for {@code %s}
     */
    record Owner(String kind, List<String> path, String value) {

        Owner(String kind, List<String> path) {
            this(kind, path, "%s");
        }

        private String line() {
            String line = NameRule.written(path) + " = " + value.formatted("anotherName");
            return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }

        private String shown() {
            return kind + " " + String.join(".", path);
        }
    }

    private record Pair(Owner one, Owner other) {}

    private final Map<List<String>, Owner> owners = new HashMap<>();
    private final Map<Pair, String> problems = new LinkedHashMap<>();

    /**
     * Takes a name.
     *
     * @param scope where the name has to be the only one
     * @param description the name as the message contains it
     */
    void claim(String scope, String name, String description, Owner owner) {
        @Nullable Owner other = owners.putIfAbsent(List.of(scope, name), owner);
        if (other != null && !other.equals(owner)) {
            problems.putIfAbsent(new Pair(other, owner), description);
        }
    }

    /** Throws an exception that describes all conflicts, if there is one. */
    void report() {
        if (problems.isEmpty()) {
            return;
        }
        var message = new StringBuilder("Some names in Java would be the same. Change one of each two in <names>,"
                + " in the configuration of the plugin.");
        problems.forEach((pair, name) -> message.append("\n%s and %s both give %s: <name>%s</name>"
                .formatted(pair.one.shown(), pair.other.shown(), name, pair.other.line())));
        throw new IllegalArgumentException(message.toString());
    }
}
