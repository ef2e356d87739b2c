package dev.rowan.type;

import java.sql.SQLException;
import java.time.LocalDate;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.impl.AbstractBinding;

/**
 * Binds {@code DATE} as a {@link LocalDate} without conversion. jOOQ's own binding uses {@link java.sql.Date}, which
 * lacks the days that were skipped in 1582, and those that the JVM's time zone skips. Generated code uses it.
 * Thread-safe.
 */
public final class LocalDateBinding extends AbstractBinding<LocalDate, LocalDate> {

    /** Creates a binding. */
    public LocalDateBinding() {}

    @Override
    public Converter<LocalDate, LocalDate> converter() {
        return Converters.identity(LocalDate.class);
    }

    @Override
    public void set(BindingSetStatementContext<LocalDate> context) throws SQLException {
        context.statement().setObject(context.index(), context.value());
    }

    @Override
    public void get(BindingGetResultSetContext<LocalDate> context) throws SQLException {
        context.value(context.resultSet().getObject(context.index(), LocalDate.class));
    }

    @Override
    protected void sqlInline(BindingSQLContext<LocalDate> context) {
        context.render().sql("date '" + context.value() + "'");
    }
}
