package dev.rowan.type;

import org.jooq.types.ULong;

public final class BitsBinding extends org.jooq.impl.AbstractBinding<ULong, ULong> {
    private static final long serialVersionUID = 1;
    @Override public org.jooq.Converter<ULong, ULong> converter() { return null; }
    @Override public void set(org.jooq.BindingSetStatementContext<ULong> context) {}
    @Override public void get(org.jooq.BindingGetResultSetContext<ULong> context) {}
}
