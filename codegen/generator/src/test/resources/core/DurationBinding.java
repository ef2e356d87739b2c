package dev.rowan.type;

import java.time.Duration;
import java.time.LocalTime;

public final class DurationBinding extends org.jooq.impl.AbstractBinding<LocalTime, Duration> {
    private static final long serialVersionUID = 1;
    @Override public org.jooq.Converter<LocalTime, Duration> converter() { return null; }
    @Override public void set(org.jooq.BindingSetStatementContext<Duration> context) {}
    @Override public void get(org.jooq.BindingGetResultSetContext<Duration> context) {}
}
