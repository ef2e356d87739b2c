package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.ValuesJoin;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * Writes changes of links to one link table: reads the stored links, deletes those that are not wanted, and inserts
 * those that are missing. All other links stay as they are. Not thread-safe.
 */
public final class LinkTableWriter {

    /** The most links of a statement. */
    private static final int MOST_ROWS = 1_000;

    private final RelationPath<?, ?> path;
    private final TableMapping<?> mapping;
    private final Executor executor;
    private final List<TableField<?, ?>> columns;
    private final List<Codec> codecs;
    private final List<TableField<?, ?>> sources;

    /**
     * Writes the links of one path.
     *
     * @param mapping the mapping of the link table
     */
    public LinkTableWriter(RelationPath<?, ?> path, TableMapping<?> mapping, Executor executor) {
        this.path = path;
        this.mapping = mapping;
        this.executor = executor;
        this.columns = path.linkColumns();
        this.codecs =
                columns.stream().map(column -> Codec.of(column.getDataType())).toList();
        this.sources = path.linkSources();
    }

    /**
     * Writes the changes. If there are several for a row, the last one counts.
     *
     * @param unlinked records that have no stored links
     * @throws IllegalArgumentException if a row has no key
     */
    public void write(Collection<LinkChange> changes, Set<? extends KeyedRecord<?>> unlinked) {
        var wanted = new PathKeys(sources, columns);
        var linked = new ArrayList<KeyedRecord<?>>();
        for (var change : lastOfEachRow(changes)) {
            for (var row : change.rows()) {
                wanted.add(link(change.record(), row));
            }
            if (!unlinked.contains(change.record())) {
                linked.add(change.record());
            }
        }
        var missing = new BitSet(wanted.size());
        missing.set(0, wanted.size());
        Map<Object, Object[]> unwanted = new LinkedHashMap<>();
        for (var link : lockLinks(linked)) {
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
        delete(List.copyOf(unwanted.values()));
        insert(subset(wanted, missing));
    }

    private Collection<LinkChange> lastOfEachRow(Collection<LinkChange> changes) {
        var records = new PathKeys(path.near(), path.near());
        Map<Integer, LinkChange> last = new LinkedHashMap<>();
        for (var change : changes) {
            last.put(records.add(keyOf(change.record(), path.near())), change);
        }
        return last.values();
    }

    private Object[] link(KeyedRecord<?> record, KeyedRecord<?> row) {
        var near = keyOf(record, path.near());
        var onward = keyOf(row, path.onwardKey());
        return Stream.concat(Arrays.stream(near), Arrays.stream(onward)).toArray();
    }

    private Object[] keyOf(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        PendingReferences.requireKey(path.name(), row, fields);
        return fields.stream().map(row::get).toArray();
    }

    /**
     * Reads the links of the records, and locks the rows of the records. Another transaction that sets the links of one
     * of them waits for this transaction, even if there are no links to lock yet. STRAIGHT_JOIN keeps the order of the
     * join: the records are locked first, so the links that are read are the latest.
     */
    private List<Object[]> lockLinks(List<KeyedRecord<?>> records) {
        var links = new ArrayList<Object[]>();
        for (int i = 0; i < records.size(); i += MOST_ROWS) {
            var keys = new PathKeys(path.near(), path.near());
            for (var record : records.subList(i, Math.min(i + MOST_ROWS, records.size()))) {
                keys.add(keyOf(record, path.near()));
            }
            var sql = new KeyTableSql(keys);
            var text = mapping.text(List.of(path, KeyTableSql.padded(keys.size())), () -> lockingQuery(sql));
            links.addAll(executor.run(SqlCommand.list(path.source(), text, sql.inListBinds(), row -> link(row, 1))));
        }
        return links;
    }

    private Query lockingQuery(KeyTableSql sql) {
        var on = new ArrayList<Condition>();
        for (int i = 0; i < path.far().size(); i++) {
            on.add(DSL.condition("{0} = {1}", path.far().get(i), path.near().get(i)));
        }
        return mapping.dsl()
                .select(columns)
                .from(path.start().straightJoin(path.source()).on(DSL.and(on)))
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
