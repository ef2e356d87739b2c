package dev.rowan.record;

public abstract class KeyedRecord<R extends KeyedRecord<R>> extends org.jooq.impl.UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1;
    protected KeyedRecord(org.jooq.Table<R> table) { super(table); }
}
