package dev.rowan.db.internal.release;

import dev.rowan.db.internal.release.ReleasedColumn.Trait;
import dev.rowan.db.internal.release.ReleasedTable.ForeignKey;
import dev.rowan.db.internal.release.ReleasedTable.Kind;
import dev.rowan.db.internal.release.ReleasedTable.UniqueKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what the classes of a release do not work with in a later schema. For a single use. */
final class ReleaseComparison {

    private static final String AFTERWARDS = "in a changeset after that release";

    private final ReleasedSchema release;
    private final ReleasedSchema later;
    private final List<Break> breaks = new ArrayList<>();

    ReleaseComparison(ReleasedSchema release, ReleasedSchema later) {
        this.release = release;
        this.later = later;
    }

    List<Break> breaks() {
        for (var table : release.tables().values()) {
            var now = later.table(table.name());
            if (now == null) {
                loud(
                        "the " + table.kind().word() + " " + table.name() + " is gone",
                        "Each statement of the release on it fails.",
                        "Keep it, or if it was renamed, add a view of its old name that selects from the new one;"
                                + " release classes that do without " + table.name() + "; drop " + table.name() + " "
                                + AFTERWARDS + ".");
            } else {
                compare(table, now);
            }
        }
        breaks.sort(Comparator.comparing(found -> !found.isSilent()));
        return breaks;
    }

    private void compare(ReleasedTable table, ReleasedTable now) {
        if (table.kind() != Kind.READ_ONLY_VIEW && now.kind() == Kind.READ_ONLY_VIEW) {
            loud(
                    table.name() + " is a view that cannot be written to",
                    "Each write of the release to it fails.",
                    "Make it a view of one table, without groups; release classes that do not write to it; change the"
                            + " view " + AFTERWARDS + ".");
        }
        for (var column : table.columns()) {
            var nowColumn = now.column(column.name());
            if (nowColumn == null) {
                missingColumn(table, column);
            } else {
                if (!now.isView() || !column.type().equals(ColumnType.JSON)) { // a view of MariaDB does not tell JSON
                    compareTypes(table, column, nowColumn);
                }
                if (!table.isView() && !now.isView()) {
                    compareTraits(table, column, nowColumn);
                }
            }
        }
        if (!table.isView() && !now.isView()) {
            newColumns(table, now);
            compareUniqueKeys(table, now);
            compareForeignKeys(table, now);
            newChecks(table, now);
        }
    }

    private void missingColumn(ReleasedTable table, ReleasedColumn column) {
        loud(
                "the column " + named(table, column) + " is gone",
                "Each statement of the release that selects or writes it fails, and so does each read of a record.",
                "Keep it, " + (table.isView() ? "" : "nullable or with a default, ")
                        + "and add the new one beside it if it was renamed; release classes that do without "
                        + column.name() + ", by <type>" + table.name() + "." + column.name() + " = none</type>"
                        + (table.isView() ? "; remove it " : "; DROP COLUMN " + column.name() + " ")
                        + AFTERWARDS + ".");
    }

    private void compareTypes(ReleasedTable table, ReleasedColumn column, ReleasedColumn now) {
        var change = column.type().changeTo(now.type());
        if (change != null) {
            report(
                    change.isSilent(),
                    "the column " + named(table, column) + " was " + column.type() + " and is " + now.type(),
                    change.why(),
                    typeSteps(column, now));
        } else if (!column.charset().isEmpty() && !holds(now.charset(), column.charset())) {
            loud(
                    "the column " + named(table, column) + " had the character set " + column.charset() + " and has "
                            + (now.charset().isEmpty() ? "none" : now.charset()),
                    "The server refuses characters that the release writes.",
                    typeSteps(column, now));
        }
        if (!column.sensitivity().isEmpty()
                && !now.sensitivity().isEmpty()
                && !column.sensitivity().equals(now.sensitivity())) {
            silent(
                    "comparisons of the column " + named(table, column) + " " + heed(column.sensitivity())
                            + ", and now " + heed(now.sensitivity()),
                    "Lookups, upserts and unique keys of the release find other rows.",
                    "Leave the collation; add a column with the other one, such as " + column.name()
                            + "_new; release classes that write both and search in it; drop " + column.name() + " "
                            + AFTERWARDS + ".");
        }
    }

    private static String typeSteps(ReleasedColumn column, ReleasedColumn now) {
        if (column.type().base().equals(now.type().base())
                && column.type().base().matches("enum|set")) {
            return "Release classes first that know the members of both, and write only those of both; MODIFY "
                    + column.name() + " " + AFTERWARDS + ".";
        }
        return "Leave it, and add a column of the new type, such as " + column.name() + "_new " + now.type()
                + ", nullable; release classes that write both and read the new one; drop " + column.name() + " "
                + AFTERWARDS + ".";
    }

    private static boolean holds(String charset, String other) {
        return charset.equals(other)
                || charset.matches("utf8mb4|utf16|utf16le|utf32")
                || (other.equals("ascii") && !charset.isEmpty());
    }

    private static String heed(String sensitivity) {
        return switch (sensitivity) {
            case "ai_ci" -> "ignore case and accents";
            case "as_ci" -> "ignore case";
            case "ai_cs" -> "ignore accents";
            case "as_cs" -> "heed case and accents";
            default -> "compare bytes";
        };
    }

    private void compareTraits(ReleasedTable table, ReleasedColumn column, ReleasedColumn now) {
        var name = named(table, column);
        if (!column.is(Trait.GENERATED) && now.is(Trait.GENERATED)) {
            loud(
                    "the column " + name + " is computed by the server",
                    "Each insert and update of the release that sets it fails.",
                    "Leave it, and add a computed column beside it, such as " + column.name()
                            + "_new; release classes that read that one; drop " + column.name() + " " + AFTERWARDS
                            + ".");
            return;
        }
        if (column.is(Trait.GENERATED) && !now.is(Trait.GENERATED)) {
            report(
                    now.isOptional(),
                    "the column " + name + " is no longer computed by the server",
                    now.isOptional()
                            ? "The release does not write it, so that new rows get its default."
                            : "The release does not write it, and it has no default, so that each insert fails.",
                    "Leave it computed, and add a column beside it; release classes that write that one; drop "
                            + column.name() + " " + AFTERWARDS + ".");
            return;
        }
        if (column.is(Trait.NULL) && !now.is(Trait.NULL)) {
            loud(
                    "the column " + name + " is NOT NULL",
                    "Each write of the release that sets it to null fails.",
                    "Release classes that write no null first; then UPDATE the rows that have one, and MODIFY "
                            + column.name() + " NOT NULL " + AFTERWARDS + ".");
        }
        if (column.is(Trait.AUTO_INCREMENT) && !now.is(Trait.AUTO_INCREMENT)) {
            lost(table, column, now, "AUTO_INCREMENT", "Give it an id in the release first");
        } else if (column.is(Trait.DEFAULT) && !now.is(Trait.DEFAULT) && !now.is(Trait.AUTO_INCREMENT)) {
            lost(table, column, now, "its default", "Release classes that always write it");
        }
        if (column.is(Trait.ON_UPDATE) && !now.is(Trait.ON_UPDATE)) {
            silent(
                    "the column " + name + " has lost ON UPDATE CURRENT_TIMESTAMP",
                    "It keeps its old time when the release updates a row.",
                    "Leave it; release classes that write the time themselves; MODIFY " + column.name() + " "
                            + AFTERWARDS + ".");
        }
    }

    private void lost(ReleasedTable table, ReleasedColumn column, ReleasedColumn now, String what, String release) {
        report(
                now.isOptional(),
                "the column " + named(table, column) + " has lost " + what,
                now.isOptional()
                        ? "An insert of the release that leaves it out stores "
                                + (now.is(Trait.DEFAULT) ? "its default" : "null") + " instead."
                        : "Each insert of the release that leaves it out fails.",
                "Leave it as it is. " + release + "; MODIFY " + column.name() + " " + AFTERWARDS + ".");
    }

    private void newColumns(ReleasedTable table, ReleasedTable now) {
        for (var column : now.columns()) {
            if (table.column(column.name()) == null && !column.isOptional()) {
                loud(
                        "the new column " + named(table, column) + " is NOT NULL and has no default",
                        "Each insert of the release fails, as it does not know the column.",
                        "Add it nullable or with a default; release classes that write it; MODIFY " + column.name()
                                + " NOT NULL " + AFTERWARDS + ".");
            }
        }
    }

    private void compareUniqueKeys(ReleasedTable table, ReleasedTable now) {
        for (var key : table.uniqueKeys()) {
            if (hasAll(now, columns(key)) && now.uniqueKeys().stream().noneMatch(other -> other.implies(key))) {
                silent(
                        table.name() + " has lost its " + key,
                        "An upsert of the release inserts a second row where it would update one, and a lookup by the"
                                + " key finds several.",
                        "Keep the key; release classes that need none; "
                                + (key.name().equals("PRIMARY")
                                        ? "DROP PRIMARY KEY "
                                        : "DROP INDEX " + key.name() + " ")
                                + AFTERWARDS + ".");
            }
        }
        for (var key : now.uniqueKeys()) {
            var isNew = table.uniqueKeys().stream().noneMatch(other -> other.implies(key));
            if (isNew && !hasNulls(table, now, columns(key))) {
                loud(
                        table.name() + " has a new " + key,
                        "An insert or update of the release that repeats a value fails, and an upsert may update another"
                                + " row than it means.",
                        "Release classes that keep the values apart first; add the key " + AFTERWARDS + ".");
            }
        }
    }

    private void compareForeignKeys(ReleasedTable table, ReleasedTable now) {
        for (var key : table.foreignKeys()) {
            if (!hasAll(now, key.columns())) {
                continue; // the column is reported
            }
            var other = now.foreignKeys().stream()
                    .filter(candidate -> isSame(key, candidate))
                    .findFirst();
            if (other.isEmpty()) {
                silent(
                        table.name() + " has lost its foreign key " + key.name() + " ("
                                + String.join(", ", key.columns()) + ") to " + target(key),
                        "Rows of it stay behind when the release deletes the row that they refer to, and no write is"
                                + " refused.",
                        "Keep it; release classes that look after the rows themselves; DROP FOREIGN KEY " + key.name()
                                + " " + AFTERWARDS + ".");
                continue;
            }
            compareRules(table, key, "ON DELETE", key.onDelete(), other.get().onDelete());
            compareRules(table, key, "ON UPDATE", key.onUpdate(), other.get().onUpdate());
        }
        for (var key : now.foreignKeys()) {
            if (table.foreignKeys().stream().noneMatch(other -> isSame(other, key))
                    && !hasNulls(table, now, key.columns())) {
                loud(
                        table.name() + " has a new foreign key " + key.name() + " (" + String.join(", ", key.columns())
                                + ") to " + target(key),
                        "A write of the release that refers to no row fails, and so does a delete of a row that is"
                                + " referred to.",
                        "Release classes that keep the reference right first; add the key " + AFTERWARDS + ".");
            }
        }
    }

    private void compareRules(ReleasedTable table, ForeignKey key, String event, String rule, String now) {
        if (!rule.equals(now)) {
            report(
                    !now.equals("restrict"),
                    "the foreign key " + key.name() + " of " + table.name() + " was " + event + " " + shown(rule)
                            + " and is " + event + " " + shown(now),
                    now.equals("restrict")
                            ? "The server refuses what the release deletes or changes while other rows refer to it."
                            : "The server changes or deletes other rows than the release expects, and reports nothing.",
                    "Leave the rule; release classes that are right with both; change " + key.name() + " " + AFTERWARDS
                            + ".");
        }
    }

    private void newChecks(ReleasedTable table, ReleasedTable now) {
        now.checks().forEach((name, condition) -> {
            var isOfRelease = table.columns().stream()
                    .anyMatch(column -> condition
                            .toLowerCase(Locale.ROOT)
                            .contains("`" + column.name().toLowerCase(Locale.ROOT) + "`"));
            if (isOfRelease && !table.checks().containsKey(name) && !isNamedByAnotherProduct(table, name)) {
                loud(
                        table.name() + " has a new check constraint " + name,
                        "A write of the release that does not keep to it fails.",
                        "Release classes that keep to it first; add the constraint " + AFTERWARDS + ".");
            }
        });
    }

    /** Returns whether a check may be an old one, to which each product gives another name. */
    private boolean isNamedByAnotherProduct(ReleasedTable table, String check) {
        return !release.product().equals(later.product())
                && (check.matches(".*_chk_\\d+|CONSTRAINT_\\d+") || table.column(check) != null);
    }

    /** Returns whether rows of those who do not know one of the columns have null there, so that no key holds. */
    private static boolean hasNulls(ReleasedTable table, ReleasedTable now, List<String> columns) {
        return columns.stream().filter(name -> table.column(name) == null).anyMatch(name -> {
            var column = now.column(name);
            return column != null && column.isNullByDefault();
        });
    }

    private static boolean hasAll(ReleasedTable table, List<String> columns) {
        return columns.stream().allMatch(name -> table.column(name) != null || name.startsWith("an expression of "));
    }

    /** Returns the columns of a key, without the lengths of their parts. */
    private static List<String> columns(UniqueKey key) {
        return key.parts().stream()
                .map(part -> part.replaceFirst("\\(\\d+\\)$", ""))
                .toList();
    }

    /** Returns whether a key of the release is this one; a table that was renamed may be a view now. */
    private boolean isSame(ForeignKey released, ForeignKey now) {
        var target = later.table(released.target());
        return released.pairs().equals(now.pairs())
                && (target == null || target.isView() || released.target().equalsIgnoreCase(now.target()));
    }

    private static String target(ForeignKey key) {
        return key.target() + " (" + String.join(", ", key.targetColumns()) + ")";
    }

    private static String shown(String rule) {
        return rule.toUpperCase(Locale.ROOT).replace('_', ' ');
    }

    private static String named(ReleasedTable table, ReleasedColumn column) {
        return table.name() + "." + column.name();
    }

    private void loud(String what, String why, String steps) {
        report(false, what, why, steps);
    }

    private void silent(String what, String why, String steps) {
        report(true, what, why, steps);
    }

    private void report(boolean isSilent, String what, String why, String steps) {
        breaks.add(new Break(isSilent, what, why, steps));
    }
}
