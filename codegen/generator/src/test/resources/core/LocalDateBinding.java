package dev.rowan.type;

import java.time.LocalDate;

public final class LocalDateBinding extends org.jooq.impl.AbstractBinding<LocalDate, LocalDate> {
    private static final long serialVersionUID = 1;
    @Override public org.jooq.Converter<LocalDate, LocalDate> converter() { return null; }
    @Override public void set(org.jooq.BindingSetStatementContext<LocalDate> context) {}
    @Override public void get(org.jooq.BindingGetResultSetContext<LocalDate> context) {}
}
