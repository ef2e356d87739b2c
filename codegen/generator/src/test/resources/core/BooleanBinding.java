package dev.rowan.type;

public final class BooleanBinding extends org.jooq.impl.AbstractBinding<Boolean, Boolean> {
    private static final long serialVersionUID = 1;
    @Override public org.jooq.Converter<Boolean, Boolean> converter() { return null; }
    @Override public void set(org.jooq.BindingSetStatementContext<Boolean> context) {}
    @Override public void get(org.jooq.BindingGetResultSetContext<Boolean> context) {}
}
