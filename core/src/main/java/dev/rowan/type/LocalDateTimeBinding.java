package dev.rowan.type;

import dev.rowan.internal.util.TimeLiterals;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.impl.AbstractBinding;

/**
 * Binds {@code DATETIME} and {@code TIMESTAMP} as a {@link LocalDateTime} without conversion, whatever the JVM's time
 * zone. jOOQ's own binding uses {@link java.sql.Timestamp} in that zone, which lacks the hour that daylight saving time
 * skips. Generated code uses it. Thread-safe.
 */
public final class LocalDateTimeBinding extends AbstractBinding<LocalDateTime, LocalDateTime> {

    /** Creates a binding. */
    public LocalDateTimeBinding() {}

    @Override
    public Converter<LocalDateTime, LocalDateTime> converter() {
        return Converters.identity(LocalDateTime.class);
    }

    @Override
    public void set(BindingSetStatementContext<LocalDateTime> context) throws SQLException {
        context.statement().setObject(context.index(), context.value());
    }

    @Override
    public void get(BindingGetResultSetContext<LocalDateTime> context) throws SQLException {
        context.value(context.resultSet().getObject(context.index(), LocalDateTime.class));
    }

    @Override
    protected void sqlInline(BindingSQLContext<LocalDateTime> context) {
        context.render().sql("timestamp '" + TimeLiterals.of(context.value()) + "'");
    }
}
