package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.ValuesJoin;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes of the links between two tables: reads the stored links of the records, deletes those that are not
 * wanted, and inserts those that are missing. Both tables may have set them: of each link, the last change of either of
 * its rows decides. All other links stay as they are. Not thread-safe.
 */
public final class LinkTableWriter {

    /** The most links of a statement. */
    private static final int MOST_ROWS = 1_000;

    /** Stands for a row that has no key yet. */
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

    /** The records of a link, compared by identity. */
    private record Link(KeyedRecord<?> near, KeyedRecord<?> onward) {

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

    /** The last change of the links of one row. */
    private record Last(LinkChange change, int number) {

        boolean isBefore(@Nullable Last other) {
            return other != null && number < other.number;
        }
    }

    private final List<LinkChange> changes;
    private final Set<? extends KeyedRecord<?>> unlinked;
    private final RelationPath<?, ?> path;
    private final TableMapping<?> mapping;
    private final Executor executor;
    private final List<TableField<?, ?>> columns;
    private final List<Codec> codecs;
    private final List<TableField<?, ?>> sources;

    /** The links that are wanted, by their place among them. */
    private final Map<Integer, Link> links = new HashMap<>();

    /** The wanted links that are stored: their keys may change before the others are inserted. */
    private final Set<Link> stored = new HashSet<>();

    /**
     * Writes the links of a path and its inverse.
     *
     * @param changes the changes in the order of their calls; all are of the same columns of the link table
     * @param unlinked records that have no stored links
     * @param mapping the mapping of the link table
     */
    public LinkTableWriter(
            List<LinkChange> changes,
            Set<? extends KeyedRecord<?>> unlinked,
            TableMapping<?> mapping,
            Executor executor) {
        this.changes = changes;
        this.unlinked = unlinked;
        this.path = changes.getFirst().path();
        this.mapping = mapping;
        this.executor = executor;
        this.columns = path.linkColumns();
        this.codecs =
                columns.stream().map(column -> Codec.of(column.getDataType())).toList();
        this.sources = path.linkSources();
    }

    /** Reads the links of the records, and deletes those that are not wanted. Rows without a key have no links yet. */
    public void unlink() {
        var wanted = wanted(false);
        var missing = new BitSet(wanted.size());
        missing.set(0, wanted.size());
        Map<Object, Object[]> unwanted = new LinkedHashMap<>();
        for (var link : lockLinks()) {
            var place = wanted.place(link, codecs);
            if (place == PathKeys.NOWHERE) {
                unwanted.put(PathKeys.comparable(link, codecs), link);
            } else {
                missing.clear(place);
            }
        }
        if (!wanted.areEqualInJava() && !missing.isEmpty() && !unwanted.isEmpty()) {
            matchInDatabase(wanted, missing, unwanted);
        }
        for (int i = missing.nextClearBit(0); i < wanted.size(); i = missing.nextClearBit(i + 1)) {
            stored.add(Objects.requireNonNull(links.get(i)));
        }
        delete(List.copyOf(unwanted.values()));
    }

    /**
     * Inserts the links that are missing, after {@link #unlink}.
     *
     * @throws IllegalArgumentException if a row has no key
     */
    public void link() {
        var wanted = wanted(true);
        var missing = new BitSet(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            missing.set(i, !stored.contains(links.get(i)));
        }
        insert(subset(wanted, missing));
    }

    /**
     * Returns the links that the records shall have.
     *
     * @param all whether to refuse rows without a key, instead of leaving their links out
     */
    private PathKeys wanted(boolean all) {
        var near = last(false);
        var onward = last(true);
        var wanted = new PathKeys(sources, columns);
        links.clear();
        near.forEach((key, last) -> {
            for (var row : last.change().rows()) {
                var other = onward.get(key(row, path.onwardKey()));
                if (!last.isBefore(other) || contains(other, key, path.near())) {
                    add(wanted, last.change().record(), row, all);
                }
            }
        });
        onward.forEach((key, last) -> {
            for (var row : last.change().rows()) {
                if (!last.isBefore(near.get(key(row, path.near())))) {
                    add(wanted, row, last.change().record(), all);
                }
            }
        });
        return wanted;
    }

    private boolean contains(@Nullable Last last, Object key, List<? extends TableField<?, ?>> fields) {
        return last != null
                && last.change().rows().stream()
                        .anyMatch(row -> key(row, fields).equals(key));
    }

    private void add(PathKeys wanted, KeyedRecord<?> near, KeyedRecord<?> onward, boolean all) {
        if (all || (hasKey(near, path.near()) && hasKey(onward, path.onwardKey()))) {
            links.putIfAbsent(wanted.add(link(near, onward)), new Link(near, onward));
        }
    }

    /**
     * Returns the last change of each row.
     *
     * @param inverse whether to return the changes of the rows at the path's end, or of those at its beginning
     */
    private Map<Object, Last> last(boolean inverse) {
        Map<Object, Last> last = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            var change = changes.get(i);
            if (isInverse(change) == inverse) {
                last.put(key(change.record(), inverse ? path.onwardKey() : path.near()), new Last(change, i));
            }
        }
        return last;
    }

    private boolean isInverse(LinkChange change) {
        return !change.path().far().equals(path.far());
    }

    private static Object key(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<>();
        for (var field : fields) {
            var value = value(row, field);
            if (value == null) {
                return new NewRow(row);
            }
            values.add(KeyValues.comparable(value));
        }
        return values;
    }

    private static boolean hasKey(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        return fields.stream().allMatch(field -> value(row, field) != null);
    }

    /** Returns what the row holds: a record that is deleted may have changes that are never written. */
    private static @Nullable Object value(KeyedRecord<?> row, TableField<?, ?> field) {
        return RecordAccess.isNew(row) ? row.get(field) : row.original(field);
    }

    private Object[] link(KeyedRecord<?> record, KeyedRecord<?> row) {
        var near = keyOf(record, path.near());
        var onward = keyOf(row, path.onwardKey());
        return Stream.concat(Arrays.stream(near), Arrays.stream(onward)).toArray();
    }

    private Object[] keyOf(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        PendingReferences.requireKey(path.name(), row, fields);
        return fields.stream().map(field -> value(row, field)).toArray();
    }

    /** Reads and locks the links of the records that may have some. */
    private List<Object[]> lockLinks() {
        var links = new ArrayList<Object[]>();
        for (var inverse : new boolean[] {false, true}) {
            Map<RelationPath<?, ?>, List<KeyedRecord<?>>> records = new LinkedHashMap<>();
            for (var last : last(inverse).values()) {
                var change = last.change();
                if (!unlinked.contains(change.record())
                        && hasKey(change.record(), change.path().near())) {
                    records.computeIfAbsent(change.path(), p -> new ArrayList<>())
                            .add(change.record());
                }
            }
            records.forEach((from, rows) -> links.addAll(lockLinks(from, rows)));
        }
        return links;
    }

    /**
     * Reads the links of the records, and locks the rows of the records. Another transaction that sets the links of one
     * of them waits for this transaction, even if there are no links to lock yet. STRAIGHT_JOIN keeps the order of the
     * join: the records are locked first, so the links that are read are the latest.
     */
    private List<Object[]> lockLinks(RelationPath<?, ?> from, List<KeyedRecord<?>> records) {
        var links = new ArrayList<Object[]>();
        for (int i = 0; i < records.size(); i += MOST_ROWS) {
            var keys = new PathKeys(from.near(), from.near());
            for (var record : records.subList(i, Math.min(i + MOST_ROWS, records.size()))) {
                keys.add(keyOf(record, from.near()));
            }
            var sql = new KeyTableSql(keys);
            var text = mapping.text(
                    List.of(from, columns, KeyTableSql.padded(keys.size())), () -> lockingQuery(from, sql));
            links.addAll(executor.run(SqlCommand.list(from.source(), text, sql.inListBinds(), row -> link(row, 1))));
        }
        return links;
    }

    private Query lockingQuery(RelationPath<?, ?> from, KeyTableSql sql) {
        var on = new ArrayList<Condition>();
        for (int i = 0; i < from.far().size(); i++) {
            on.add(DSL.condition("{0} = {1}", from.far().get(i), from.near().get(i)));
        }
        return mapping.dsl()
                .select(columns)
                .from(from.start().straightJoin(from.source()).on(DSL.and(on)))
                .where(sql.inList())
                .forUpdate();
    }

    private Object[] link(ResultSet row, int first) throws SQLException {
        var link = new Object[columns.size()];
        for (int i = 0; i < link.length; i++) {
            link[i] = codecs.get(i).read(columns.get(i), row, first + i);
        }
        return link;
    }

    /**
     * Compares the missing links with the stored ones in the database, under the collations of their columns. A link
     * that is found there is neither missing nor unwanted.
     */
    private void matchInDatabase(PathKeys wanted, BitSet missing, Map<Object, Object[]> unwanted) {
        var candidates = subset(wanted, missing);
        var places = missing.stream().toArray();
        var sql = new KeyTableSql(candidates);
        for (int from = 0; from < candidates.size(); from += KeyTableSql.MOST_LINES) {
            var first = from;
            var query = mapping.dsl()
                    .select(DSL.field(DSL.name(KeyTableSql.NAME, KeyTableSql.NAME)))
                    .select(columns)
                    .from(lineTable(sql, from).straightJoin(path.source()).on(sql.matches()));
            executor.run(SqlCommand.forEach(path.source(), mapping.dsl().render(query), sql.lineBinds(from), row -> {
                missing.clear(places[first + row.getInt(1) - 1]);
                unwanted.remove(PathKeys.comparable(link(row, 2), codecs));
            }));
        }
    }

    private Table<?> lineTable(KeyTableSql sql, int from) {
        return sql.lineTable(from, path.source(), mapping.dsl().dialect());
    }

    private PathKeys subset(PathKeys links, BitSet places) {
        var subset = new PathKeys(sources, columns);
        places.stream().forEach(place -> subset.add(links.key(place)));
        return subset;
    }

    private void delete(List<Object[]> links) {
        var join = new ValuesJoin(mapping.dsl(), path.source(), List.copyOf(columns), List.of());
        for (int i = 0; i < links.size(); i += MOST_ROWS) {
            var chunk = links.subList(i, Math.min(i + MOST_ROWS, links.size()));
            var binds = new BindValues();
            for (var link : chunk) {
                for (int j = 0; j < link.length; j++) {
                    binds.add(codecs.get(j), link[j]);
                }
            }
            executor.run(SqlCommand.write(StatementKind.DELETE, path.source(), join.delete(chunk.size()), binds)
                    .unpooled());
        }
    }

    private void insert(PathKeys links) {
        var into = "insert into " + mapping.dsl().render(path.source()) + " (" + names(columns) + ") ";
        if (!links.areEqualInJava()) {
            insertDistinct(into, links);
        } else {
            for (int i = 0; i < links.size(); i += MOST_ROWS) {
                var rows = Math.min(MOST_ROWS, links.size() - i);
                var row = mapping.dsl()
                        .render(DSL.row(columns.stream()
                                .<Field<?>>map(column -> TableMapping.writePlaceholder(column, null))
                                .toList()));
                var text = into + "values " + String.join(", ", Collections.nCopies(rows, row));
                executor.run(SqlCommand.write(StatementKind.INSERT, path.source(), text, links.binds(i, i + rows))
                        .unpooled());
            }
        }
    }

    /** Inserts one link of those that are equal under the collations: the database removes the duplicates. */
    private void insertDistinct(String into, PathKeys links) {
        var sql = new KeyTableSql(links);
        for (int i = 0; i < links.size(); i += KeyTableSql.MOST_LINES) {
            var names = IntStream.range(0, columns.size())
                    .mapToObj(place -> DSL.field(DSL.name(KeyTableSql.NAME, KeyTableSql.NAME + place)))
                    .toList();
            var query = mapping.dsl()
                    .selectDistinct(names)
                    .from(lineTable(sql, i))
                    .where(names.getFirst().isNotNull());
            executor.run(SqlCommand.write(
                    StatementKind.INSERT, path.source(), into + mapping.dsl().render(query), sql.lineBinds(i)));
        }
    }

    private String names(List<TableField<?, ?>> fields) {
        var names = new StringJoiner(", ");
        for (var field : fields) {
            names.add(mapping.dsl().render(field.getUnqualifiedName()));
        }
        return names.toString();
    }
}
