package dev.rowan;

public abstract class ReadRepository<R extends org.jooq.TableRecord<R>> {
    protected ReadRepository(Database database, org.jooq.Table<R> table, java.util.function.Supplier<R> newRecord) {}
    protected ReadRepository(Session session, org.jooq.Table<R> table, java.util.function.Supplier<R> newRecord) {}
    protected final java.util.Optional<R> findBy(org.jooq.UniqueKey<R> key, Object... values) { return java.util.Optional.empty(); }
}
