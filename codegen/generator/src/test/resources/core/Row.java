package dev.rowan;

public abstract class Row<R extends Row<R>> extends org.jooq.impl.UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1;
    protected Row(org.jooq.Table<R> table) { super(table); }
}
