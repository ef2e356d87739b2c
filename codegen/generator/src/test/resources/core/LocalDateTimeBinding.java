package dev.rowan.type;

import java.time.LocalDateTime;

public final class LocalDateTimeBinding extends org.jooq.impl.AbstractBinding<LocalDateTime, LocalDateTime> {
    private static final long serialVersionUID = 1;
    @Override public org.jooq.Converter<LocalDateTime, LocalDateTime> converter() { return null; }
    @Override public void set(org.jooq.BindingSetStatementContext<LocalDateTime> context) {}
    @Override public void get(org.jooq.BindingGetResultSetContext<LocalDateTime> context) {}
}
