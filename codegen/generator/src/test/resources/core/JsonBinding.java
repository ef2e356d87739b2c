package dev.rowan.type;

import org.jooq.Converter;
import org.jooq.JSON;

public final class JsonBinding<T> extends org.jooq.impl.AbstractBinding<JSON, T> {
    private static final long serialVersionUID = 1;
    public JsonBinding(Converter<JSON, T> converter) {}
    @Override public Converter<JSON, T> converter() { return null; }
    @Override public void set(org.jooq.BindingSetStatementContext<T> context) {}
    @Override public void get(org.jooq.BindingGetResultSetContext<T> context) {}
}
