package dev.rowan.internal.relation;

import dev.rowan.internal.relation.LinkChange.Mode;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * What the changes of the links between two tables come to. Of each link the last change counts: one that names the
 * link, or one that sets all links of either of its rows. It is made before any row of the flush is written, and runs
 * no statement.
 */
public final class LinkPlan {

    /** The records of a link, compared by identity. */
    record Link(KeyedRecord<?> near, KeyedRecord<?> onward) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Link link && link.near == near && link.onward == onward;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(near) + System.identityHashCode(onward);
        }
    }

    /** Stands for a row that is new, or has no key yet. */
    private record NewRow(KeyedRecord<?> row) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof NewRow same && same.row == row;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(row);
        }
    }

    /** The keys of the rows of a link. */
    private record Ends(Object near, Object onward) {}

    /** The last change that names a link. */
    private record Named(Link link, boolean isWanted, int number) {}

    /** The last change that sets the links of a row. */
    private record LastSet(LinkChange change, int number) {}

    private final RelationPath<?, ?> path;
    private final Set<? extends KeyedRecord<?>> inserted;
    private final Set<? extends KeyedRecord<?>> unlinked;
    private final Map<Object, LastSet> setNear = new LinkedHashMap<>();
    private final Map<Object, LastSet> setOnward = new LinkedHashMap<>();
    private final List<Link> wanted = new ArrayList<>();
    private final Set<Link> unread = new HashSet<>();
    private final List<Link> removed = new ArrayList<>();

    /**
     * Returns the plans of all changes, one for each link table and pair of foreign keys.
     *
     * @param changes in the order of their calls
     * @param inserted the new records that are inserted before
     * @param written the tables of records that are inserted or updated before
     */
    public static List<LinkPlan> of(
            List<LinkChange> changes, Set<? extends KeyedRecord<?>> inserted, Set<Table<?>> written) {
        Map<Object, List<LinkChange>> byColumns = new LinkedHashMap<>();
        for (var change : changes) {
            byColumns
                    .computeIfAbsent(change.path().links(), columns -> new ArrayList<>())
                    .add(change);
        }
        return byColumns.values().stream()
                .map(together -> new LinkPlan(together, inserted, written))
                .toList();
    }

    private LinkPlan(List<LinkChange> changes, Set<? extends KeyedRecord<?>> inserted, Set<Table<?>> written) {
        this.path = changes.getFirst().path();
        this.inserted = inserted;
        // a record of the link table itself may link the new records
        this.unlinked = written.contains(table()) ? Set.of() : inserted;
        Map<Ends, Named> named = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            var change = changes.get(i);
            var isInverse = change.path().isInverseOf(path);
            if (change.mode() == Mode.SET) {
                (isInverse ? setOnward : setNear)
                        .put(key(change.record(), change.path().near()), new LastSet(change, i));
            }
            for (var row : change.rows()) {
                var link = isInverse ? new Link(row, change.record()) : new Link(change.record(), row);
                named.put(ends(link), new Named(link, change.links(), i));
            }
        }
        named.forEach(this::decide);
    }

    private void decide(Ends ends, Named last) {
        var near = setNear.get(ends.near());
        var onward = setOnward.get(ends.onward());
        if (isAfter(near, last) || isAfter(onward, last)) {
            return; // it is not among the links that were set later
        }
        var link = last.link();
        var isKnown = isRead(near) || isRead(onward) || isUnlinked(link.near()) || isUnlinked(link.onward());
        if (last.isWanted()) {
            wanted.add(link);
            if (!isKnown) {
                unread.add(link);
            }
        } else if (!isKnown) {
            removed.add(link);
        }
    }

    private static boolean isAfter(@Nullable LastSet set, Named last) {
        return set != null && set.number() > last.number();
    }

    private boolean isRead(@Nullable LastSet set) {
        return set != null && !isUnlinked(set.change().record());
    }

    private boolean isUnlinked(KeyedRecord<?> record) {
        return unlinked.contains(record);
    }

    private Ends ends(Link link) {
        return new Ends(key(link.near(), path.near()), key(link.onward(), path.onwardKey()));
    }

    private Object key(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        if (inserted.contains(row) || !hasKey(row, fields)) {
            return new NewRow(row); // a stored row may still have the key that it is given
        }
        return fields.stream()
                .map(field -> KeyValues.comparable(Objects.requireNonNull(RecordAccess.stored(row, field))))
                .toList();
    }

    /** Returns whether the row has its key by now. */
    static boolean hasKey(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        return fields.stream().allMatch(field -> RecordAccess.stored(row, field) != null);
    }

    /** Returns the link table. */
    public Table<?> table() {
        return path.source();
    }

    /** Returns whether links may have to be deleted. */
    public boolean unlinks() {
        return !removed.isEmpty() || !readRecords().isEmpty();
    }

    /** Returns whether links may have to be inserted. */
    public boolean links() {
        return !wanted.isEmpty();
    }

    RelationPath<?, ?> path() {
        return path;
    }

    /** Returns the records whose links are set, and that may have stored ones, by their paths. */
    Map<RelationPath<?, ?>, List<KeyedRecord<?>>> readRecords() {
        Map<RelationPath<?, ?>, List<KeyedRecord<?>>> records = new LinkedHashMap<>();
        for (Collection<LastSet> sets : List.of(setNear.values(), setOnward.values())) {
            for (var set : sets) {
                if (isRead(set)) {
                    records.computeIfAbsent(set.change().path(), from -> new ArrayList<>())
                            .add(set.change().record());
                }
            }
        }
        return records;
    }

    /** Returns the links that shall exist. */
    List<Link> wanted() {
        return wanted;
    }

    /** Returns whether a wanted link may exist already, although neither of its records is read. */
    boolean isUnread(Link link) {
        return unread.contains(link);
    }

    /** Returns the links that shall not exist, besides those that are read. */
    List<Link> removed() {
        return removed;
    }
}
