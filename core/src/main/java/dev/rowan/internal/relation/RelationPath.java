package dev.rowan.internal.relation;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.ColumnScope;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RowFilter;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.ForeignKey;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A path along foreign keys: from records to the rows whose columns equal columns of the records, maybe through a link
 * table. Immutable; paths are compared by identity.
 */
public final class RelationPath<R extends TableRecord<R>, T extends TableRecord<T>> {

    private final String name;
    private final List<TableField<R, ?>> near;
    private final List<? extends TableField<?, ?>> far;
    private final Table<T> table;
    private final Supplier<T> newRecord;
    private final @Nullable ForeignKey<T, R> reference;
    private final @Nullable ForeignKey<?, T> onward;

    /**
     * @param name of the relation's constant, for messages
     * @param near the columns of the records
     * @param far the columns that equal them: of the table, or of a link table
     * @param table the table at the end of the path
     * @param newRecord creates a blank record of the table
     * @param reference the foreign key of the rows at the end that refer to the records; null if none does
     * @param onward the foreign key from the link table to the table; null without a link table
     */
    private RelationPath(
            String name,
            List<TableField<R, ?>> near,
            List<? extends TableField<?, ?>> far,
            Table<T> table,
            Supplier<T> newRecord,
            @Nullable ForeignKey<T, R> reference,
            @Nullable ForeignKey<?, T> onward) {
        this.name = name;
        this.near = near;
        this.far = far;
        this.table = table;
        this.newRecord = newRecord;
        this.reference = reference;
        this.onward = onward;
    }

    /** Creates a path from the records to the rows that they refer to. */
    public static <R extends TableRecord<R>, T extends TableRecord<T>> RelationPath<R, T> toReferenced(
            String name, ForeignKey<R, T> key, Supplier<T> newRecord) {
        var table = key.getKey().getTable();
        return new RelationPath<>(name, key.getFields(), key.getKeyFields(), table, newRecord, null, null);
    }

    /** Creates a path from the records to the rows that refer to them. */
    public static <R extends TableRecord<R>, T extends TableRecord<T>> RelationPath<R, T> toReferring(
            String name, ForeignKey<T, R> key, Supplier<T> newRecord) {
        return new RelationPath<>(name, key.getKeyFields(), key.getFields(), key.getTable(), newRecord, key, null);
    }

    /** Creates a path through a link table, with its foreign keys to the records and to the table at the end. */
    public static <R extends TableRecord<R>, L extends TableRecord<L>, T extends TableRecord<T>>
            RelationPath<R, T> throughLinks(
                    String name, ForeignKey<L, R> here, ForeignKey<L, T> there, Supplier<T> newRecord) {
        var table = there.getKey().getTable();
        return new RelationPath<>(name, here.getKeyFields(), here.getFields(), table, newRecord, null, there);
    }

    /** Returns the name of the relation's constant. */
    public String name() {
        return name;
    }

    /** Returns the columns of the records. */
    List<TableField<R, ?>> near() {
        return near;
    }

    /** Returns the columns that equal them. */
    List<? extends TableField<?, ?>> far() {
        return far;
    }

    /**
     * Returns whether the row refers to the record, as they are now, and so will after a flush.
     *
     * @param isLoaded whether the row was loaded along this path: whether it refers to the record in the database
     */
    public boolean isReferring(T row, R record, boolean isLoaded) {
        var child = RecordAccess.keyed(row);
        var key = Objects.requireNonNull(reference);
        return PendingReferences.isGiven(child, key)
                ? PendingReferences.refersTo(child, key, RecordAccess.keyed(record))
                : isLoaded;
    }

    /** Returns the values of a record that the path is followed by, comparable in Java; a value may be null. */
    public List<Object> key(R record) {
        var values = new ArrayList<>();
        for (var field : near) {
            var value = value(record, field);
            values.add(value == null ? Optional.empty() : KeyValues.comparable(value));
        }
        return values;
    }

    /**
     * Returns a value of a record that the path is followed by. Rows refer to the key that the record's row has, until
     * a flush gives it another; but where the record itself refers to a row, what it holds counts.
     */
    private @Nullable Object value(R record, TableField<R, ?> field) {
        return isByKey() ? RecordAccess.stored(record, field) : record.get(field);
    }

    /** Returns whether the path is followed by a key of the records, and not by a reference of theirs. */
    private boolean isByKey() {
        return reference != null || onward != null;
    }

    /** Returns whether the path goes through a link table. */
    public boolean isLinked() {
        return onward != null;
    }

    /** Returns the table of the far columns: the link table, or the table at the end. */
    public Table<?> source() {
        return onward == null ? table : onward.getTable();
    }

    /** Returns the table of the records, at the start of the path. */
    public Table<R> start() {
        return Objects.requireNonNull(near.getFirst().getTable());
    }

    /** Returns the table at the end of the path. */
    public Table<T> end() {
        return table;
    }

    /** Returns what is the same for a path through a link table and its inverse: the columns of the links. */
    public Object links() {
        return Set.copyOf(linkColumns());
    }

    /** Returns whether this path leads through the same links from the other side. */
    boolean isInverseOf(RelationPath<?, ?> other) {
        return isLinked() && links().equals(other.links()) && !far.equals(other.far);
    }

    /** Returns the columns of the link table: those that refer to the records, then those that refer to the end. */
    List<TableField<?, ?>> linkColumns() {
        return Stream.<TableField<?, ?>>concat(far.stream(), link().getFields().stream())
                .toList();
    }

    /** Returns the columns that the columns of the link table refer to. */
    List<TableField<?, ?>> linkSources() {
        return Stream.<TableField<?, ?>>concat(near.stream(), onwardKey().stream())
                .toList();
    }

    /** Returns the columns of the table at the end that the link table refers to. */
    List<TableField<T, ?>> onwardKey() {
        return link().getKeyFields();
    }

    private ForeignKey<?, T> link() {
        return Objects.requireNonNull(onward);
    }

    /** Returns the FROM: a table with the far columns, joined with the table at the end if that is another. */
    Table<?> from(Table<?> source) {
        if (onward == null) {
            return source;
        }
        var on = new ArrayList<Condition>();
        for (int i = 0; i < onward.getFields().size(); i++) {
            on.add(DSL.condition(
                    "{0} = {1}",
                    onward.getKeyFields().get(i), onward.getFields().get(i)));
        }
        return source.join(table).on(DSL.and(on));
    }

    /** Checks a filter. @throws IllegalArgumentException if it uses a column of a table that is not on the path */
    public void requireInScope(RowFilter filter) {
        if (!filter.shape(table, "all").isOpen()) {
            return;
        }
        var dsl = DSL.using(SQLDialect.MYSQL);
        var rows = dsl.selectOne().from(from(source())).where(filter.conditionOrTrue());
        ColumnScope.requireInScope(rows.orderBy(filter.order()), table, dsl.configuration());
    }

    /** Loads the rows at the end of the path, and returns those of each record, in the order of the records. */
    public List<List<T>> load(List<R> records, RowFilter filter, Executor executor) {
        executor.tracker().beforeRead();
        var keys = new PathKeys(near, far);
        var read = isByKey() ? records : UnreadReferences.read(records, near, executor);
        var places = read.stream().mapToInt(record -> place(record, keys)).toArray();
        if (keys.size() == 0) {
            return records.stream().map(record -> List.<T>of()).toList();
        }
        var mapping = executor.mappings().of(table, newRecord);
        Function<Executor, List<List<T>>> query =
                session -> new RelationLoader<>(this, mapping, filter, keys).run(session);
        var rows = new KeyTableSql(keys).isOneStatement() ? query.apply(executor) : executor.consistently(query);
        return Arrays.stream(places)
                .mapToObj(place -> place == PathKeys.NOWHERE ? List.<T>of() : rows.get(place))
                .toList();
    }

    private int place(R record, PathKeys keys) {
        var key = new Object[near.size()];
        for (int i = 0; i < key.length; i++) {
            var value = value(record, near.get(i));
            if (value == null) {
                requireRead(record, near.get(i));
                return PathKeys.NOWHERE;
            }
            key[i] = value;
        }
        return keys.add(key);
    }

    /** @throws IllegalArgumentException if a record was read without a column, as far as a NULL tells that */
    private void requireRead(R record, TableField<R, ?> field) {
        if (record instanceof KeyedRecord<?> keyed
                && !RecordAccess.isNew(keyed)
                && (!field.getDataType().nullable() || (isByKey() && RecordAccess.isUnread(keyed, field)))) {
            PendingReferences.requireKey(name, keyed, List.of(field));
        }
    }
}
