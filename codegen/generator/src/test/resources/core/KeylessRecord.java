package dev.rowan.record;

public abstract class KeylessRecord<R extends KeylessRecord<R>> extends org.jooq.impl.TableRecordImpl<R> {
    private static final long serialVersionUID = 1;
    protected KeylessRecord(org.jooq.Table<R> table) { super(table); }
}
