package dev.rowan.type;

import dev.rowan.internal.util.TimeLiterals;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.impl.AbstractBinding;

/**
 * Binds {@code TIME} as a {@link Duration}, to the microsecond: MySQL's times range from -838:59:59 to 838:59:59, which
 * {@link LocalTime} does not cover. Generated code uses it. Thread-safe.
 */
public final class DurationBinding extends AbstractBinding<LocalTime, Duration> {

    /** Creates a binding. */
    public DurationBinding() {}

    @Override
    public Converter<LocalTime, Duration> converter() {
        return Converter.ofNullable(
                LocalTime.class,
                Duration.class,
                time -> Duration.between(LocalTime.MIN, time),
                duration -> LocalTime.ofNanoOfDay(duration.toNanos()));
    }

    @Override
    public void set(BindingSetStatementContext<Duration> context) throws SQLException {
        context.statement().setObject(context.index(), context.value());
    }

    @Override
    public void get(BindingGetResultSetContext<Duration> context) throws SQLException {
        context.value(context.resultSet().getObject(context.index(), Duration.class));
    }

    @Override
    protected void sqlInline(BindingSQLContext<Duration> context) {
        context.render().sql("time '" + TimeLiterals.of(context.value()) + "'");
    }
}
