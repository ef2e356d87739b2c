package dev.rowan.db.internal.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the schema that a changelog makes with that of a database, by what the server shows of both. For a single
 * use.
 */
public final class SchemaComparison {

    private final LiveSchema changelog;
    private final LiveSchema database;
    private final ComparedSides sides;
    private final List<String> differences = new ArrayList<>();
    private final List<Definition> statements = new ArrayList<>();

    /** Statements for people, who decide whether they want to lose what is dropped. */
    private final List<String> losses = new ArrayList<>();

    /**
     * Compares two schemas.
     *
     * @param changelog that of a database that the changelog has made
     * @param database that of the other database
     */
    public SchemaComparison(LiveSchema changelog, LiveSchema database) {
        this(changelog, database, ComparedSides.CHANGELOG_AND_DATABASE);
    }

    /** Compares two schemas of other origins, which the differences call so. */
    public SchemaComparison(LiveSchema changelog, LiveSchema database, ComparedSides sides) {
        this.sides = sides;
        this.changelog = changelog;
        this.database = database;
        compareTables();
        compareObjects();
    }

    /** Returns a sentence for each difference. */
    public List<String> differences() {
        return differences;
    }

    /** Returns a changelog that makes the schema of the database from the other; what would lose data is a comment. */
    public String changelog() throws SchemaFailure {
        var text = new ChangelogText("diff");
        losses.forEach(loss -> text.comment("In the changelog only: " + loss + ";"));
        for (var statement : statements) {
            text.add(statement);
        }
        return text.toString();
    }

    private void compareTables() {
        changelog.tables().forEach((name, expected) -> {
            var found = database.tables().get(name);
            if (found == null) {
                differences.add("The table " + name + sides.isMissing() + ".");
                losses.add("DROP TABLE " + SqlName.quoted(name));
                return;
            }
            var comparison = new TableComparison(expected, found, sides);
            comparison.differences().forEach(difference -> differences.add(difference + "."));
            statements.addAll(comparison.statements());
            losses.addAll(comparison.losses());
        });
        database.tables().keySet().stream()
                .filter(name -> !changelog.tables().containsKey(name))
                .forEach(name -> differences.add("The table " + name + sides.isNotExpected() + "."));
        for (var definition : database.tableDefinitions()) {
            if (!changelog.tables().containsKey(definition.name())) {
                statements.add(definition);
            }
        }
    }

    private void compareObjects() {
        var expected = byName(changelog.otherObjects());
        var found = byName(database.otherObjects());
        expected.forEach((object, definition) -> {
            if (!found.containsKey(object)) {
                differences.add("The " + object + sides.isMissing() + ".");
                losses.add(drop(definition));
            }
        });
        var order = triggers(found, expected);
        var isInOrder = order.equals(triggers(expected, found));
        if (!isInOrder) {
            differences.add(
                    "The triggers run in another order in " + sides.found() + ": " + String.join(", ", order) + ".");
        }
        found.forEach((object, definition) -> {
            var other = expected.get(object);
            if (other == null) {
                differences.add("The " + object + sides.isNotExpected() + ".");
            } else if (other.equals(definition) && (isInOrder || !isTrigger(definition))) {
                return;
            } else {
                if (!other.equals(definition)) {
                    differences.add("The " + object + sides.differs() + ".");
                }
                statements.add(new Definition("drop-" + definition.kind(), definition.name(), drop(definition)));
            }
            statements.add(definition);
        });
    }

    /** Returns the names of those triggers that both have, in the order in which the first runs them. */
    private static List<String> triggers(Map<String, Definition> objects, Map<String, Definition> others) {
        return objects.entrySet().stream()
                .filter(object -> isTrigger(object.getValue()) && others.containsKey(object.getKey()))
                .map(object -> object.getValue().name())
                .toList();
    }

    private static boolean isTrigger(Definition definition) {
        return definition.kind().equals("trigger");
    }

    private static Map<String, Definition> byName(List<Definition> definitions) {
        var byName = new LinkedHashMap<String, Definition>();
        definitions.forEach(definition -> byName.put(definition.kind() + " " + definition.name(), definition));
        return byName;
    }

    private static String drop(Definition definition) {
        return "DROP " + definition.kind().replace('-', ' ').toUpperCase(Locale.ROOT) + " "
                + SqlName.quoted(definition.name());
    }
}
