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
 * Carries a {@link LocalDate} to and from {@code DATE} as it stands. By itself jOOQ makes it a {@link java.sql.Date},
 * which does not have the days that the calendars of 1582 skip, nor those that the JVM's zone does. Generated code names
 * it. Thread-safe.
 */
public final class LocalDateBinding extends AbstractBinding<LocalDate, LocalDate> {

    /** Makes a binding; all are alike. */
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
