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
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Writes which rows records are linked to by one way: reads the links that are there, deletes those that are not wanted
 * and inserts those that are missing. All others stay as they are. Not thread-safe.
 */
public final class LinkTableWriter {

    private static final int MOST_ROWS = 1_000;

    private final RelationPath<?, ?> path;
    private final TableMapping<?> mapping;
    private final Executor executor;
    private final List<TableField<?, ?>> columns;
    private final List<Codec> codecs;
    private final List<TableField<?, ?>> sources;

    /**
     * Writes links of one path.
     *
     * @param mapping of the link table
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
     * Writes the sets, of which the last for a row counts.
     *
     * @param unlinked records that have no links
     * @throws IllegalArgumentException if a row has no key
     */
    public void write(Collection<LinkChange> sets, Set<? extends KeyedRecord<?>> unlinked) {
        var wanted = new PathKeys(sources, columns);
        var linked = new ArrayList<KeyedRecord<?>>();
        for (var set : lastOfEachRow(sets)) {
            for (var row : set.rows()) {
                wanted.add(link(set.record(), row));
            }
            if (!unlinked.contains(set.record())) {
                linked.add(set.record());
            }
        }
        var missing = new BitSet(wanted.size());
        missing.set(0, wanted.size());
        Map<Object, Object[]> unwanted = new LinkedHashMap<>();
        for (var link : linksOf(linked)) {
            var place = wanted.place(link, codecs);
            if (place == PathKeys.NOWHERE) {
                unwanted.put(PathKeys.onWire(link, codecs), link);
            } else {
                missing.clear(place);
            }
        }
        if (!wanted.areEqualInJava() && !missing.isEmpty() && !unwanted.isEmpty()) {
            match(wanted, missing, unwanted);
        }
        delete(List.copyOf(unwanted.values()));
        insert(part(wanted, missing));
    }

    private Collection<LinkChange> lastOfEachRow(Collection<LinkChange> sets) {
        var records = new PathKeys(path.near(), path.near());
        Map<Integer, LinkChange> last = new LinkedHashMap<>();
        for (var set : sets) {
            last.put(records.add(values(set.record(), path.near())), set);
        }
        return last.values();
    }

    private Object[] link(KeyedRecord<?> record, KeyedRecord<?> row) {
        var here = values(record, path.near());
        var there = values(row, path.onwardKey());
        return IntStream.range(0, sources.size())
                .mapToObj(i -> i < here.length ? here[i] : there[i - here.length])
                .toArray();
    }

    private Object[] values(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        PendingReferences.requireKey(path.name(), row, fields);
        return fields.stream().map(row::get).toArray();
    }

    /**
     * Returns the links of the records. Their own rows are locked: whoever links the same records, be it to insert where
     * there was nothing to lock, waits until this transaction is over. A join in this order alone, so that they are
     * locked first and the links read are the latest.
     */
    private List<Object[]> linksOf(List<KeyedRecord<?>> records) {
        var links = new ArrayList<Object[]>();
        for (int i = 0; i < records.size(); i += MOST_ROWS) {
            var keys = new PathKeys(path.near(), path.near());
            for (var record : records.subList(i, Math.min(i + MOST_ROWS, records.size()))) {
                keys.add(values(record, path.near()));
            }
            var text = mapping.text(List.of(path, PathKeys.padded(keys.size())), () -> links(keys));
            links.addAll(executor.run(SqlCommand.list(path.source(), text, keys.binds(), row -> link(row, 1))));
        }
        return links;
    }

    private Query links(PathKeys keys) {
        var on = new ArrayList<Condition>();
        for (int i = 0; i < path.far().size(); i++) {
            on.add(DSL.condition("{0} = {1}", path.far().get(i), path.near().get(i)));
        }
        return mapping.dsl()
                .select(columns)
                .from(path.start().straightJoin(path.source()).on(DSL.and(on)))
                .where(keys.among())
                .forUpdate();
    }

    private Object[] link(ResultSet rows, int from) throws SQLException {
        var link = new Object[columns.size()];
        for (int i = 0; i < link.length; i++) {
            link[i] = codecs.get(i).read(columns.get(i), rows, from + i);
        }
        return link;
    }

    /** Has the database say which of the missing links are there all the same, and takes them off both. */
    private void match(PathKeys wanted, BitSet missing, Map<Object, Object[]> unwanted) {
        var asked = part(wanted, missing);
        var places = missing.stream().toArray();
        for (int from = 0; from < asked.size(); from += PathKeys.MOST_LINES) {
            var first = from;
            var query = mapping.dsl()
                    .select(DSL.field(DSL.name(PathKeys.NAME, PathKeys.NAME)))
                    .select(columns)
                    .from(lines(asked, from).straightJoin(path.source()).on(asked.joined()));
            executor.run(SqlCommand.forEach(path.source(), mapping.dsl().render(query), asked.lineBinds(from), row -> {
                missing.clear(places[first + row.getInt(1) - 1]);
                unwanted.remove(PathKeys.onWire(link(row, 2), codecs));
            }));
        }
    }

    private Table<?> lines(PathKeys links, int from) {
        return links.inLines(from, path.source(), mapping.dsl().dialect());
    }

    private PathKeys part(PathKeys links, BitSet places) {
        var part = new PathKeys(sources, columns);
        places.stream().forEach(place -> part.add(links.key(place)));
        return part;
    }

    private void delete(List<Object[]> links) {
        var derived = new ValuesJoin(mapping.dsl(), path.source(), List.copyOf(columns), List.of());
        for (int i = 0; i < links.size(); i += MOST_ROWS) {
            var chunk = links.subList(i, Math.min(i + MOST_ROWS, links.size()));
            var binds = new BindValues();
            for (var link : chunk) {
                for (int j = 0; j < link.length; j++) {
                    binds.add(codecs.get(j), link[j]);
                }
            }
            executor.run(SqlCommand.write(StatementKind.DELETE, path.source(), derived.delete(chunk.size()), binds)
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
                                .<Field<?>>map(column -> TableMapping.written(column, null))
                                .toList()));
                var text = into + "values " + String.join(", ", Collections.nCopies(rows, row));
                executor.run(SqlCommand.write(StatementKind.INSERT, path.source(), text, links.binds(i, rows))
                        .unpooled());
            }
        }
    }

    /** Of links that the collation alone equates, the database takes one. */
    private void insertDistinct(String into, PathKeys links) {
        for (int i = 0; i < links.size(); i += PathKeys.MOST_LINES) {
            var names = IntStream.range(0, columns.size())
                    .mapToObj(place -> DSL.field(DSL.name(PathKeys.NAME, PathKeys.NAME + place)))
                    .toList();
            var query = mapping.dsl()
                    .selectDistinct(names)
                    .from(lines(links, i))
                    .where(names.getFirst().isNotNull());
            executor.run(SqlCommand.write(
                    StatementKind.INSERT, path.source(), into + mapping.dsl().render(query), links.lineBinds(i)));
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
