package dev.rowan.internal.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.TableRecord;

/** The mapping of each table, made once. Thread-safe; one for each {@link dev.rowan.Database}. */
public final class MappingRegistry {

    private final DSLContext dsl;
    private final Map<Table<?>, TableMapping<?>> read = new ConcurrentHashMap<>();
    private final Map<Table<?>, TableMapping<?>> written = new ConcurrentHashMap<>();

    /**
     * Makes an empty registry.
     *
     * @param dsl renders the statements; it has no connection
     */
    public MappingRegistry(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Returns the mapping of a table whose rows are read and written. */
    @SuppressWarnings("unchecked") // each table is kept with the mapping of its own records
    public <R extends TableRecord<R>> TableMapping<R> of(Table<R> table, Supplier<R> newRecord) {
        var known = (TableMapping<R>) read.get(table);
        return known != null
                ? known
                : (TableMapping<R>) read.computeIfAbsent(table, t -> new TableMapping<>(table, newRecord, dsl));
    }

    /** Returns the mapping of a table whose rows are written: that of its repository, whose reads are faster, if known. */
    @SuppressWarnings("unchecked") // each table is kept with the mapping of its own records
    public <R extends TableRecord<R>> TableMapping<R> of(Table<R> table) {
        var known = (TableMapping<R>) read.get(table);
        return known != null
                ? known
                : (TableMapping<R>)
                        written.computeIfAbsent(table, t -> new TableMapping<>(table, table::newRecord, dsl));
    }
}
