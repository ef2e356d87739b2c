package dev.rowan.type;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Locale;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.impl.AbstractBinding;

/**
 * Carries a {@link Duration} to and from {@code TIME}, to the microsecond: MySQL's times go from -838:59:59 to 838:59:59,
 * and those of a day alone are {@link LocalTime}s. Generated code names it. Thread-safe.
 */
public final class DurationBinding extends AbstractBinding<LocalTime, Duration> {

    /** Makes a binding; all are alike. */
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
        context.render().sql("time '" + text(context.value()) + "'");
    }

    /** Returns the duration as MySQL reads it, to the microsecond, as the driver rounds what it binds. */
    public static String text(Duration duration) {
        var rounded = Duration.ofNanos(Math.floorDiv(duration.toNanos() + 500, 1000) * 1000);
        var time = rounded.abs();
        return String.format(
                Locale.ROOT,
                "%s%d:%02d:%02d.%06d",
                rounded.isNegative() ? "-" : "",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toNanosPart() / 1000);
    }
}
