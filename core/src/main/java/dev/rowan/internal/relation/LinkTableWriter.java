package dev.rowan.internal.relation;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.MysqlError;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.relation.LinkPlan.Link;
import dev.rowan.internal.statement.SqlCommand;
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

/**
 * Writes what a {@link LinkPlan} says. Where the links of records are set, it reads their stored links, deletes those
 * that are not wanted, and inserts those that are missing. A link that is added or removed by itself is not read: it is
 * inserted unless the database finds it, or deleted by its columns. All other links stay as they are. Not thread-safe.
 */
public final class LinkTableWriter {

    /** The most links of a statement. */
    private static final int MOST_ROWS = 1_000;

    private final LinkPlan plan;
    private final RelationPath<?, ?> path;
    private final TableMapping<?> mapping;
    private final Executor executor;
    private final List<TableField<?, ?>> columns;
    private final List<Codec> codecs;
    private final List<TableField<?, ?>> sources;

    /** The wanted links that are stored: their keys may change before the others are inserted. */
    private final Set<Link> stored = new HashSet<>();

    /** @param mapping the mapping of the link table */
    public LinkTableWriter(LinkPlan plan, TableMapping<?> mapping, Executor executor) {
        this.plan = plan;
        this.path = plan.path();
        this.mapping = mapping;
        this.executor = executor;
        this.columns = path.linkColumns();
        this.codecs =
                columns.stream().map(column -> Codec.of(column.getDataType())).toList();
        this.sources = path.linkSources();
    }

    /** Deletes the links that are not wanted. Rows without a key have no links yet. */
    public void unlink() {
        Map<Object, Object[]> unwanted = new LinkedHashMap<>();
        var read = plan.readRecords();
        if (!read.isEmpty()) {
            read(read, unwanted);
        }
        var binds = new ArrayList<BindValues>();
        for (var link : unwanted.values()) {
            var values = new BindValues();
            for (int i = 0; i < link.length; i++) {
                values.add(codecs.get(i), link[i]);
            }
            binds.add(values);
        }
        var removed = keys(plan.removed().stream().filter(this::hasKeys).toList(), new HashMap<>());
        for (int i = 0; i < removed.size(); i++) {
            binds.add(removed.binds(i, i + 1));
        }
        delete(binds);
    }

    /** Reads the links of the records, and notes which of the wanted links are stored, and which are not wanted. */
    private void read(Map<RelationPath<?, ?>, List<KeyedRecord<?>>> records, Map<Object, Object[]> unwanted) {
        Map<Integer, Link> links = new HashMap<>();
        var wanted = keys(plan.wanted().stream().filter(this::hasKeys).toList(), links);
        var missing = new BitSet(wanted.size());
        missing.set(0, wanted.size());
        records.forEach((from, rows) -> {
            for (var link : lockLinks(from, rows)) {
                var place = wanted.place(link, codecs);
                if (place == PathKeys.NOWHERE) {
                    unwanted.put(PathKeys.comparable(link, codecs), link);
                } else {
                    missing.clear(place);
                }
            }
        });
        if (!wanted.areEqualInJava() && !missing.isEmpty() && !unwanted.isEmpty()) {
            matchInDatabase(wanted, missing, unwanted);
        }
        for (int i = missing.nextClearBit(0); i < wanted.size(); i = missing.nextClearBit(i + 1)) {
            stored.add(Objects.requireNonNull(links.get(i)));
        }
    }

    /**
     * Inserts the links that are missing, after {@link #unlink}.
     *
     * @throws IllegalArgumentException if a row has no key
     */
    public void link() {
        Map<Integer, Link> links = new HashMap<>();
        var wanted = keys(plan.wanted(), links);
        var missing = new BitSet(wanted.size());
        var unread = new ArrayList<KeyedRecord<?>>();
        links.forEach((place, link) -> {
            missing.set(place, !stored.contains(link));
            if (plan.isUnread(link)) {
                unread.add(link.near());
            }
        });
        if (!unread.isEmpty()) {
            if (hasKeyOfLinks() && insertIfMissing(subset(wanted, missing))) {
                return;
            }
            clearStored(unread, wanted, missing);
        }
        insert(subset(wanted, missing));
    }

    /** Reads the links of records, and clears the places of those that are stored. */
    private void clearStored(List<KeyedRecord<?>> records, PathKeys wanted, BitSet missing) {
        for (var link : lockLinks(path, records)) {
            var place = wanted.place(link, codecs);
            if (place != PathKeys.NOWHERE) {
                missing.clear(place);
            }
        }
        if (!wanted.areEqualInJava() && !missing.isEmpty()) {
            matchInDatabase(wanted, missing, new HashMap<>());
        }
    }

    private boolean hasKeys(Link link) {
        return LinkPlan.hasKey(link.near(), path.near()) && LinkPlan.hasKey(link.onward(), path.onwardKey());
    }

    /** Returns the values of the columns of links, and stores the link of each place. */
    private PathKeys keys(List<Link> links, Map<Integer, Link> byPlace) {
        var keys = new PathKeys(sources, columns);
        for (var link : links) {
            var near = keyOf(link.near(), path.near());
            var onward = keyOf(link.onward(), path.onwardKey());
            byPlace.putIfAbsent(
                    keys.add(Stream.concat(Arrays.stream(near), Arrays.stream(onward))
                            .toArray()),
                    link);
        }
        return keys;
    }

    private Object[] keyOf(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        PendingReferences.requireKey(path.name(), row, fields);
        return fields.stream().map(field -> RecordAccess.stored(row, field)).toArray();
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
                if (LinkPlan.hasKey(record, from.near())) {
                    keys.add(keyOf(record, from.near()));
                }
            }
            if (keys.size() == 0) {
                continue;
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

    private void delete(List<BindValues> links) {
        var join = new ValuesJoin(mapping.dsl(), path.source(), List.copyOf(columns), List.of());
        for (int i = 0; i < links.size(); i += MOST_ROWS) {
            var chunk = links.subList(i, Math.min(i + MOST_ROWS, links.size()));
            var binds = new BindValues();
            chunk.forEach(binds::addAll);
            run(StatementKind.DELETE, join.delete(chunk.size()), binds, chunk.size());
        }
    }

    private void run(StatementKind kind, String text, BindValues binds, int rows) {
        var command = SqlCommand.write(kind, path.source(), text, binds);
        executor.run(rows == 1 ? command : command.unpooled());
    }

    private void insert(PathKeys links) {
        if (links.areEqualInJava()) {
            insert(links, "");
        } else {
            insertDistinct(links);
        }
    }

    /** Inserts links with a clause after the rows. */
    private void insert(PathKeys links, String clause) {
        var row = mapping.dsl().render(DSL.row(placeholders()));
        for (int i = 0; i < links.size(); i += MOST_ROWS) {
            var rows = Math.min(MOST_ROWS, links.size() - i);
            var text = into() + "values " + String.join(", ", Collections.nCopies(rows, row)) + clause;
            run(StatementKind.INSERT, text, links.binds(i, i + rows), rows);
        }
    }

    private List<Field<?>> placeholders() {
        return columns.stream()
                .<Field<?>>map(column -> TableMapping.writePlaceholder(column, null))
                .toList();
    }

    /** Returns whether the columns of a link are a key of the link table: then the database finds an existing link. */
    private boolean hasKeyOfLinks() {
        return path.source().getKeys().stream()
                .anyMatch(key -> Set.copyOf(key.getFields()).equals(Set.copyOf(columns)));
    }

    /**
     * Inserts the links that do not exist. Returns false if the database refuses that, because a row has the same
     * values as another link in another unique key of the table: a plain insert fails with an error that names the key.
     */
    private boolean insertIfMissing(PathKeys links) {
        try {
            insert(links, mapping.textOf(List.of("links", columns), this::keepExisting));
            return true;
        } catch (DatabaseException e) {
            if (MysqlError.SUBQUERY_OF_SEVERAL_ROWS.is(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Returns the clause that leaves a link as it is, and makes the statement fail for a row of another key. */
    private String keepExisting() {
        var insert = mapping.dsl().insertInto(path.source()).columns(columns).values(placeholders());
        var plain = mapping.dsl().render(insert);
        var isSame = DSL.and(columns.stream().map(LinkTableWriter::isSame).toList());
        var column = columns.getFirst();
        // compared with 0: the server may optimize an expression away whose branches are the same
        var kept = DSL.field("if(if({0}, 1, (select 1 union select 2)) = 0, {1}, {1})", isSame, column);
        return mapping.dsl()
                .render(insert.onDuplicateKeyUpdate().set(Map.of(column, kept)))
                .substring(plain.length());
    }

    private static <T> Condition isSame(TableField<?, T> column) {
        return column.eq(DSL.excluded(column));
    }

    private String into() {
        return "insert into " + mapping.dsl().render(path.source()) + " (" + names(columns) + ") ";
    }

    /** Inserts one link of those that are equal under the collations: the database removes the duplicates. */
    private void insertDistinct(PathKeys links) {
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
                    StatementKind.INSERT, path.source(), into() + mapping.dsl().render(query), sql.lineBinds(i)));
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
