package dev.rowan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.TableRecord;

/** The mapping of each table, made once. Thread-safe; one for each {@link Database}. */
final class Mappings {

    private final DSLContext dsl;
    private final Map<Table<?>, Mapping<?>> read = new ConcurrentHashMap<>();
    private final Map<Table<?>, Mapping<?>> written = new ConcurrentHashMap<>();

    /** @param dsl renders the statements; it has no connection */
    Mappings(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Returns the mapping of a table whose rows are read and written. */
    @SuppressWarnings("unchecked") // each table is kept with the mapping of its own records
    <R extends TableRecord<R>> Mapping<R> of(Table<R> table, Supplier<R> newRecord) {
        var known = (Mapping<R>) read.get(table);
        return known != null
                ? known
                : (Mapping<R>) read.computeIfAbsent(table, t -> new Mapping<>(table, newRecord, dsl));
    }

    /** Returns the mapping of a table whose rows are written: that of its repository, whose reads are faster, if known. */
    @SuppressWarnings("unchecked") // each table is kept with the mapping of its own records
    <R extends TableRecord<R>> Mapping<R> of(Table<R> table) {
        var known = (Mapping<R>) read.get(table);
        return known != null
                ? known
                : (Mapping<R>) written.computeIfAbsent(table, t -> new Mapping<>(table, table::newRecord, dsl));
    }
}
