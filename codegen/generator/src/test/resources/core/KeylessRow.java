package dev.rowan;

public abstract class KeylessRow<R extends KeylessRow<R>> extends org.jooq.impl.TableRecordImpl<R> {
    private static final long serialVersionUID = 1;
    protected KeylessRow(org.jooq.Table<R> table) { super(table); }
}
