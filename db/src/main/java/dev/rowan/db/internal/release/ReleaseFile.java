package dev.rowan.db.internal.release;

import dev.rowan.db.internal.release.ReleasedColumn.Trait;
import dev.rowan.db.internal.release.ReleasedTable.ForeignKey;
import dev.rowan.db.internal.release.ReleasedTable.Kind;
import dev.rowan.db.internal.release.ReleasedTable.UniqueKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file of a released schema: a line for each table, column and key, so that people can read a diff of it. */
final class ReleaseFile {

    private static final List<String> HEAD = List.of(
            "# What the classes of the last release rely on in the schema. mvn rowan:check compares it with the changelog.",
            "# Write it anew at each release: mvn rowan:release");

    /** The last line: a file that was cut off has none. */
    private static final String END = "end";

    private static final String NAME = "([\\w$]+|`(?:[^`]|``)*`)";
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w$]+");
    private static final Pattern ANY_NAME = Pattern.compile(NAME);
    private static final String NAMES = "\\((" + NAME + "(?:, " + NAME + ")*)\\)";

    private static final Pattern SERVER = Pattern.compile("server (\\w+)");
    private static final Pattern TABLE = Pattern.compile(
            Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining("|", "(", ") ")) + NAME);
    private static final Pattern COLUMN = Pattern.compile("  column " + NAME + " (" + ColumnType.SYNTAX + ")(?<traits>"
            + Arrays.stream(Trait.values()).map(Trait::word).collect(Collectors.joining("|", "(?: (?:", "))*)"))
            + "(?: charset (?<charset>\\w+))?(?: compared (?<sensitivity>\\w+))?");
    private static final Pattern UNIQUE = Pattern.compile("  unique " + NAME + " " + NAMES);
    private static final Pattern FOREIGN_KEY = Pattern.compile("  foreign key " + NAME + " (?<columns>" + NAMES
            + ") references (?<target>" + NAME + ") (?<targets>" + NAMES
            + ") on delete (?<delete>\\w+) on update (?<update>\\w+)");
    private static final Pattern CHECK = Pattern.compile("  check " + NAME);

    private ReleaseFile() {}

    static String write(ReleasedSchema schema) {
        var lines = new ArrayList<>(HEAD);
        lines.add("server " + schema.product());
        var tables = schema.tables().values().stream()
                .sorted(Comparator.comparing(ReleasedTable::name))
                .toList();
        for (var table : tables) {
            lines.add("");
            lines.add(escaped(table.kind().word() + " " + name(table.name())));
            table.columns().forEach(column -> lines.add(escaped("  column " + column(column, table.isView()))));
            table.uniqueKeys()
                    .forEach(key -> lines.add(escaped("  unique " + name(key.name()) + " " + names(key.parts()))));
            table.foreignKeys().forEach(key -> lines.add(escaped("  foreign key " + foreignKey(key))));
            table.checks().keySet().forEach(check -> lines.add(escaped("  check " + name(check))));
        }
        lines.add("");
        lines.add(END);
        return String.join("\n", lines) + "\n";
    }

    private static String column(ReleasedColumn column, boolean isOfView) {
        if (isOfView) {
            return name(column.name()) + " " + ColumnType.UNKNOWN; // the products see other types there
        }
        var text = new StringBuilder(name(column.name()) + " " + column.type());
        for (var trait : Trait.values()) {
            text.append(column.is(trait) ? " " + trait.word() : "");
        }
        text.append(column.charset().isEmpty() ? "" : " charset " + column.charset());
        text.append(column.sensitivity().isEmpty() ? "" : " compared " + column.sensitivity());
        return text.toString();
    }

    private static String foreignKey(ForeignKey key) {
        return name(key.name()) + " " + names(key.columns()) + " references " + name(key.target()) + " "
                + names(key.targetColumns()) + " on delete " + key.onDelete() + " on update " + key.onUpdate();
    }

    private static String names(List<String> names) {
        return names.stream().map(ReleaseFile::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    }

    static ReleasedSchema read(String file, String text) {
        ReleasedSchema schema = null;
        ReleasedTable table = null;
        var isWhole = false;
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var words = unescaped(line);
            var next = table(words);
            if (isWhole) {
                throw notWritten("Line " + number + " of " + file).get();
            } else if (words.equals(END)) {
                isWhole = true;
            } else if (schema == null) {
                schema = server(words).orElseThrow(notWritten("Line " + number + " of " + file));
            } else if (next != null) {
                table = next;
                if (schema.tables().put(next.name(), next) != null) { // a bad merge
                    throw notWritten("Line " + number + " of " + file).get();
                }
            } else if (table == null || !addTo(table, words)) {
                throw notWritten("Line " + number + " of " + file).get();
            }
        }
        if (schema == null || !isWhole) {
            throw notWritten("The end of " + file).get();
        }
        return schema;
    }

    private static Supplier<IllegalArgumentException> notWritten(String what) {
        return () ->
                new IllegalArgumentException(what + " is not as mvn rowan:release writes it. Take the file from the"
                        + " commit of the last release, or run mvn rowan:release there.");
    }

    private static Optional<ReleasedSchema> server(String line) {
        return Optional.of(SERVER.matcher(line))
                .filter(Matcher::matches)
                .map(server -> new ReleasedSchema(server.group(1), Comparator.naturalOrder()));
    }

    private static @Nullable ReleasedTable table(String line) {
        var table = TABLE.matcher(line);
        if (!table.matches()) {
            return null;
        }
        var kind = Arrays.stream(Kind.values())
                .filter(value -> value.word().equals(table.group(1)))
                .findFirst()
                .orElseThrow();
        return new ReleasedTable(read(table.group(2)), kind);
    }

    /** Returns whether the line describes a part of the table. */
    private static boolean addTo(ReleasedTable table, String line) {
        var column = COLUMN.matcher(line);
        var unique = UNIQUE.matcher(line);
        var foreignKey = FOREIGN_KEY.matcher(line);
        var check = CHECK.matcher(line);
        if (column.matches()) {
            table.columns().add(column(column));
        } else if (unique.matches()) {
            table.uniqueKeys().add(new UniqueKey(read(unique.group(1)), readAll(unique.group(2))));
        } else if (foreignKey.matches()) {
            table.foreignKeys()
                    .add(new ForeignKey(
                            read(foreignKey.group(1)),
                            readAll(foreignKey.group("columns")),
                            read(foreignKey.group("target")),
                            readAll(foreignKey.group("targets")),
                            foreignKey.group("delete"),
                            foreignKey.group("update")));
        } else if (check.matches()) {
            table.checks().put(read(check.group(1)), "");
        } else {
            return false;
        }
        return true;
    }

    private static ReleasedColumn column(Matcher column) {
        var traits = EnumSet.noneOf(Trait.class);
        var words = List.of(column.group("traits").strip().split(" ", -1));
        for (var trait : Trait.values()) {
            if (words.contains(trait.word())) {
                traits.add(trait);
            }
        }
        return new ReleasedColumn(
                read(column.group(1)),
                ColumnType.of(column.group(2)),
                traits,
                text(column.group("charset")),
                text(column.group("sensitivity")));
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }

    private static String read(String name) {
        return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    }

    private static List<String> readAll(String names) {
        var all = new ArrayList<String>();
        for (var name = ANY_NAME.matcher(names); name.find(); ) {
            all.add(read(name.group(1)));
        }
        return all;
    }

    /** Writes a text in one line. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String line) {
        var text = new StringBuilder();
        for (var i = 0; i < line.length(); i++) {
            var character = line.charAt(i);
            if (character == '\\' && i + 1 < line.length()) {
                i++;
                character = switch (line.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> line.charAt(i);
                };
            }
            text.append(character);
        }
        return text.toString();
    }
}
