package dev.rowan.db.internal.release;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table or a view, as far as generated classes rely on it.
 *
 * @param columns its columns in order
 * @param uniqueKeys its primary key and unique keys
 * @param checks the conditions of its checks by their names; empty ones if it was read from a file
 */
record ReleasedTable(
        String name,
        Kind kind,
        List<ReleasedColumn> columns,
        List<UniqueKey> uniqueKeys,
        List<ForeignKey> foreignKeys,
        Map<String, String> checks) {

    /** What a table is to those who use it. */
    enum Kind {
        TABLE("table"),
        VIEW("view"),
        READ_ONLY_VIEW("read-only view");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A primary or unique key; a part is a column, or a part or an expression of some. */
    record UniqueKey(String name, List<String> parts) {

        /** The length of a part of a column: rows that differ in the part differ in the column. */
        private static final Pattern PREFIX = Pattern.compile("\\(\\d+\\)$");

        /** Returns whether rows that differ in this key differ in the other one too. */
        boolean implies(UniqueKey other) {
            var columns = lower(other.parts);
            return lower(parts).stream()
                    .allMatch(part -> columns.contains(part)
                            || columns.contains(PREFIX.matcher(part).replaceFirst("")));
        }

        @Override
        public String toString() {
            return (name.equals("PRIMARY") ? "primary key" : "unique key " + name) + " (" + String.join(", ", parts)
                    + ")";
        }
    }

    /** A foreign key, and what the server does to its rows when the row changes that they refer to. */
    record ForeignKey(
            String name,
            List<String> columns,
            String target,
            List<String> targetColumns,
            String onDelete,
            String onUpdate) {

        /** Returns the columns that it refers to, by its own columns. */
        Map<String, String> pairs() {
            var pairs = new TreeMap<String, String>();
            for (var i = 0; i < columns.size(); i++) {
                pairs.put(
                        columns.get(i).toLowerCase(Locale.ROOT),
                        targetColumns.get(i).toLowerCase(Locale.ROOT));
            }
            return pairs;
        }
    }

    /** Makes an empty one. */
    ReleasedTable(String name, Kind kind) {
        this(name, kind, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    }

    boolean isView() {
        return kind != Kind.TABLE;
    }

    /** Returns the column of this name, in any case; null if there is none. */
    @Nullable ReleasedColumn column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(columnName))
                .findFirst()
                .orElse(null);
    }

    static Set<String> lower(List<String> names) {
        var lower = new HashSet<String>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
