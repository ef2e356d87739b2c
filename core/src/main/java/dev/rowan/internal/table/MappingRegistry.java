package dev.rowan.internal.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.TableRecord;

/**
 * The {@link TableMapping} of each table, created at first use. Thread-safe; one for each {@link dev.rowan.Database}.
 */
public final class MappingRegistry {

    private final DSLContext dsl;
    private final Map<Table<?>, TableMapping<?>> read = new ConcurrentHashMap<>();
    private final Map<Table<?>, TableMapping<?>> written = new ConcurrentHashMap<>();

    /**
     * Creates an empty registry.
     *
     * @param dsl renders the statements; it needs no connection
     */
    public MappingRegistry(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Returns how many texts of SQL were rendered: those that were not cached. */
    public long renderedTexts() {
        return all().mapToLong(TableMapping::renderedTexts).sum();
    }

    /** Returns how many texts of SQL are cached. */
    public int cachedTexts() {
        return all().mapToInt(TableMapping::cachedTexts).sum();
    }

    private Stream<TableMapping<?>> all() {
        return Stream.concat(read.values().stream(), written.values().stream());
    }

    /** Returns the mapping of a table whose rows are read and written. Its records are created by the supplier. */
    @SuppressWarnings("unchecked") // each table is the key of the mapping of its own records
    public <R extends TableRecord<R>> TableMapping<R> of(Table<R> table, Supplier<R> newRecord) {
        var known = (TableMapping<R>) read.get(table);
        return known != null
                ? known
                : (TableMapping<R>) read.computeIfAbsent(table, t -> new TableMapping<>(table, newRecord, dsl));
    }

    /**
     * Returns the mapping of a table whose rows are written: that of its repository if there is one, as it reads
     * faster.
     */
    @SuppressWarnings("unchecked") // each table is the key of the mapping of its own records
    public <R extends TableRecord<R>> TableMapping<R> of(Table<R> table) {
        var known = (TableMapping<R>) read.get(table);
        return known != null
                ? known
                : (TableMapping<R>)
                        written.computeIfAbsent(table, t -> new TableMapping<>(table, table::newRecord, dsl));
    }
}
