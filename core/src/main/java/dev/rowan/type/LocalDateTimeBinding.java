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
 * Carries a {@link LocalDateTime} to and from {@code DATETIME} and {@code TIMESTAMP} as it stands, whatever the zone of
 * the JVM. By itself jOOQ makes it a {@link java.sql.Timestamp} of that zone, in which the hour that is skipped in
 * spring does not exist. Generated code names it. Thread-safe.
 */
public final class LocalDateTimeBinding extends AbstractBinding<LocalDateTime, LocalDateTime> {

    /** Makes a binding; all are alike. */
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
