package dev.rowan;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Table;
import org.jooq.TableField;

public abstract class Repository<R extends dev.rowan.record.KeyedRecord<R>, K> extends ReadRepository<R> {
    protected Repository(Database database, Table<R> table, Supplier<R> newRecord, TableField<R, K> key) { super(database, table, newRecord); }
    protected Repository(Session session, Table<R> table, Supplier<R> newRecord, TableField<R, K> key) { super(session, table, newRecord); }
    protected Repository(Database database, Table<R> table, Supplier<R> newRecord, Function<K, Object[]> key) { super(database, table, newRecord); }
    protected Repository(Session session, Table<R> table, Supplier<R> newRecord, Function<K, Object[]> key) { super(session, table, newRecord); }
}
