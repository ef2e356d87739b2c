package dev.rowan.db.internal.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares a table as the changelog makes it with the same table as a database has it. For a single use. */
final class TableComparison {

    private static final Pattern INDEX = Pattern.compile("(?:\\w+ )?KEY (" + SqlName.QUOTED + ") .*", Pattern.DOTALL);
    private static final Pattern CHECK =
            Pattern.compile("CONSTRAINT (" + SqlName.QUOTED + ") CHECK .*", Pattern.DOTALL);
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("CONSTRAINT (" + SqlName.QUOTED + ") FOREIGN KEY .*", Pattern.DOTALL);
    private static final Pattern CHARSET = Pattern.compile("\\bDEFAULT CHARSET=(\\w+)(?: COLLATE=(\\w+))?");

    /** A column of text; without a character set and a collation it has those of its table. */
    private static final Pattern TEXT = Pattern.compile(
            "(" + SqlName.QUOTED + " (?:(?:var)?char\\(\\d+\\)|(?:tiny|medium|long)?text"
                    + "|(?:enum|set)\\((?:'(?:[^']|'')*+',?)++\\)))(?: CHARACTER SET (\\w+))?(?: COLLATE (\\w+))?(.*)",
            Pattern.DOTALL);

    private static final Pattern COLUMN = Pattern.compile("(" + SqlName.QUOTED + ") (.*)", Pattern.DOTALL);

    /** What a line of the statement that makes a table defines, and how to take it away again. */
    private enum Kind {
        COLUMN("column", "DROP COLUMN "),
        INDEX("index", "DROP INDEX "),
        CHECK("check constraint", "DROP CONSTRAINT "),
        FOREIGN_KEY("foreign key", "DROP FOREIGN KEY "),
        PRIMARY_KEY("primary key", "DROP PRIMARY KEY"),
        OTHER("definition", "");

        private final String word;
        private final String drop;

        Kind(String word, String drop) {
            this.word = word;
            this.drop = drop;
        }
    }

    /**
     * A part of a table.
     *
     * @param name its quoted name; empty for the primary key
     */
    private record Part(Kind kind, String name) {

        String drop() {
            return kind.drop + name;
        }

        @Override
        public String toString() {
            return "the " + kind.word + (name.isEmpty() ? "" : " " + SqlName.unquoted(name));
        }
    }

    private final TableText changelog;
    private final TableText database;
    private final ComparedSides sides;
    private final Map<Part, String> expected;
    private final Map<Part, String> found;
    private final List<String> differences = new ArrayList<>();

    // the parts of the statements that make the one from the other
    private final List<String> keysDropped = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> keysAdded = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();

    TableComparison(TableText changelog, TableText database, ComparedSides sides) {
        this.sides = sides;
        this.changelog = changelog;
        this.database = database;
        var isOneCharset = charset(changelog).equals(charset(database));
        this.expected = parts(changelog, isOneCharset ? "" : charset(changelog));
        this.found = parts(database, isOneCharset ? "" : charset(database));
        compare();
    }

    /** Returns a sentence for each difference. */
    List<String> differences() {
        return differences;
    }

    /** Returns the statements that change the table of the changelog to that of the database, without loss. */
    List<Definition> statements() {
        var statements = new ArrayList<Definition>();
        add(statements, keysDropped);
        add(statements, changes);
        add(statements, keysAdded);
        return statements;
    }

    /** Returns the statements that would lose data. */
    List<String> losses() {
        return losses.stream()
                .map(part -> alter(List.of(part)).replace("\n ", ""))
                .toList();
    }

    private void add(List<Definition> statements, List<String> parts) {
        if (!parts.isEmpty()) {
            statements.add(new Definition("alter-table", changelog.name(), alter(parts)));
        }
    }

    private String alter(List<String> parts) {
        return "ALTER TABLE " + SqlName.quoted(changelog.name()) + "\n  " + String.join(",\n  ", parts);
    }

    private void compare() {
        expected.forEach((part, definition) -> {
            var other = found.get(part);
            if (other == null) {
                report(part + sides.isMissing());
                drop(part);
            } else if (!other.equals(definition)) {
                report(part + " is " + sides.both(shown(part, definition), shown(part, other)));
                replace(part, other);
            }
        });
        String before = null;
        for (var entry : found.entrySet()) {
            var part = entry.getKey();
            if (!expected.containsKey(part)) {
                report(part + sides.isNotExpected());
                add(part, entry.getValue(), before);
            }
            before = part.kind() == Kind.COLUMN ? part.name() : before;
        }
        if (differences.isEmpty() && !columns(expected).equals(columns(found))) {
            report("its columns are in another order in " + sides.found());
        }
        if (!changelog.options().equals(database.options())) {
            report("its options are " + sides.both(options(changelog), options(database)));
            changes.add(options(database));
        }
    }

    private void report(String difference) {
        differences.add(changelog.name() + ": " + difference);
    }

    private void drop(Part part) {
        switch (part.kind()) {
            case COLUMN -> losses.add(part.drop());
            case FOREIGN_KEY -> keysDropped.add(part.drop());
            default -> changes.add(part.drop());
        }
    }

    private void add(Part part, String definition, @Nullable String before) {
        switch (part.kind()) {
            case COLUMN -> changes.add("ADD COLUMN " + definition + (before == null ? " FIRST" : " AFTER " + before));
            case FOREIGN_KEY -> keysAdded.add("ADD " + definition);
            default -> changes.add("ADD " + definition);
        }
    }

    private void replace(Part part, String definition) {
        if (part.kind() == Kind.COLUMN) {
            changes.add("MODIFY COLUMN " + definition);
        } else {
            drop(part);
            add(part, definition, null);
        }
    }

    private static String shown(Part part, String definition) {
        var column = COLUMN.matcher(definition);
        return part.kind() == Kind.COLUMN && column.matches() ? column.group(2) : definition;
    }

    private static String options(TableText table) {
        return table.options().replaceFirst("^\\) ?", "").replaceAll("\\s+", " ");
    }

    private static List<String> columns(Map<Part, String> parts) {
        return parts.keySet().stream()
                .filter(part -> part.kind() == Kind.COLUMN)
                .map(Part::name)
                .toList();
    }

    /** Returns what a column says to have the character set of the table. */
    private static String charset(TableText table) {
        var charset = CHARSET.matcher(table.options());
        return charset.find() ? charset(charset.group(1), charset.group(2)) : "";
    }

    /** Returns the shortest words for both: the name of a collation begins with its character set, but not all do. */
    private static String charset(@Nullable String charset, @Nullable String collation) {
        if (collation == null) {
            return " CHARACTER SET " + charset;
        }
        var isImplied = charset == null || collation.startsWith(charset + "_");
        return (isImplied ? "" : " CHARACTER SET " + charset) + " COLLATE " + collation;
    }

    /**
     * Returns the definitions of a table's parts, in their order.
     *
     * @param inherited what is added to the columns that have the character set of the table
     */
    private static Map<Part, String> parts(TableText table, String inherited) {
        var parts = new LinkedHashMap<Part, String>();
        for (var line : table.columns()) {
            parts.put(part(line), withCharset(line, inherited));
        }
        for (var key : table.keys()) {
            var name = FOREIGN_KEY.matcher(key.definition());
            var part = new Part(Kind.FOREIGN_KEY, name.matches() ? name.group(1) : SqlName.quoted(key.definition()));
            parts.put(part, key.definition());
        }
        return parts;
    }

    /** MySQL shows a column in other words if it was declared in them, though it is the same. */
    private static String withCharset(String line, String inherited) {
        var text = TEXT.matcher(line);
        if (!text.matches()) {
            return line;
        }
        var isInherited = text.group(2) == null && text.group(3) == null;
        return text.group(1) + (isInherited ? inherited : charset(text.group(2), text.group(3))) + text.group(4);
    }

    private static Part part(String line) {
        var column = COLUMN.matcher(line);
        if (column.matches()) {
            return new Part(Kind.COLUMN, column.group(1));
        }
        if (line.startsWith("PRIMARY KEY")) {
            return new Part(Kind.PRIMARY_KEY, "");
        }
        var index = INDEX.matcher(line);
        if (index.matches()) {
            return new Part(Kind.INDEX, index.group(1));
        }
        var check = CHECK.matcher(line);
        if (check.matches()) {
            return new Part(Kind.CHECK, check.group(1));
        }
        return new Part(Kind.OTHER, SqlName.quoted(line));
    }
}
